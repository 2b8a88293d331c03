using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Joining;

/// <summary>A store that goes away for good at one call, before or after it did what was asked.</summary>
internal sealed class CuttingStore : IRowStore
{
    private int _cutAt = int.MaxValue;
    private bool _after;

    public SimRowStore Inner { get; } = SimRowStore.Quiet();

    /// <summary>Reads are neither counted nor cut off: a cut at a read leaves what a cut after the write before it leaves.</summary>
    public bool OnlyWrites { get; init; }

    /// <summary>Since the last <see cref="CutAt"/>.</summary>
    public int Calls { get; set; }

    public void CutAt(int call, bool after) => (_cutAt, _after, Calls) = (call, after, 0);

    public async ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000)
    {
        if (OnlyWrites)
        {
            return await Inner.ReadAsync(partition, range, limit);
        }

        Check(before: true);
        var page = await Inner.ReadAsync(partition, range, limit);
        Check(before: false);
        return page;
    }

    public async ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        Check(before: true);
        var result = await Inner.CommitAsync(partition, writes);
        Check(before: false);
        return result;
    }

    private void Check(bool before)
    {
        if (before ? Calls++ >= _cutAt && !_after : Calls > _cutAt && _after)
        {
            throw new StoreUnavailableException("cut off");
        }
    }
}
