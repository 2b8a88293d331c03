using RetentionFuncs.Embedded.Queue;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Tests.Contracts;

public sealed class SqliteQueueContractTests : WorkQueueContract
{
    private readonly ScratchFolder _folder = new();
    private SqliteDatabase _database = null!;
    private SqliteQueue _queue = null!;

    protected override ValueTask<IWorkQueue> OpenAsync(TimeProvider clock)
    {
        _database = SqliteDatabase.Open(_folder.Path);
        _queue = new SqliteQueue(_database, clock, new RandomIdSource());
        return ValueTask.FromResult<IWorkQueue>(_queue);
    }

    protected override async ValueTask<int> DeliverDueAsync(IQueueHandler handler, DateTimeOffset now) =>
        await _queue.DeliverDueAsync(handler, now, concurrency: 4);

    protected override async ValueTask<IReadOnlyList<(string Id, string Reason)>> ParkedAsync() =>
        [.. (await _queue.Parked.ListAsync()).Select(m => (m.Id, m.Reason))];

    protected override ValueTask CloseAsync()
    {
        _database.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
