using Azure.Core;
using Azure.Core.Pipeline;

namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>Counts what the account bills: every request that goes out, a repeated one again; an entity group transaction is one.</summary>
public sealed class StorageTransactions : HttpPipelineSynchronousPolicy
{
    private long _reads;
    private long _writes;

    public long Reads => Interlocked.Read(ref _reads);

    public long Writes => Interlocked.Read(ref _writes);

    public long Total => Reads + Writes;

    public override void OnSendingRequest(HttpMessage message) =>
        _ = message.Request.Method == RequestMethod.Get ? Interlocked.Increment(ref _reads) : Interlocked.Increment(ref _writes);
}
