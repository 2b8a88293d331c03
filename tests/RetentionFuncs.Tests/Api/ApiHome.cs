using RetentionFuncs.Queues;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Api;

/// <summary>A home that serves the API, for one test.</summary>
public abstract class ApiHome : IAsyncDisposable
{
    /// <summary>To put things on file with.</summary>
    public abstract RetentionProduct Product { get; }

    /// <summary>A client that the home knows as somebody of this role; null: as nobody. Its base address ends before <c>/api/v1</c>.</summary>
    public abstract Task<HttpClient> ClientForAsync(Role? role);

    /// <summary>Queues a message and lets it be put aside.</summary>
    public abstract Task ParkAsync(QueueMessage message, string reason);

    public abstract ValueTask DisposeAsync();
}
