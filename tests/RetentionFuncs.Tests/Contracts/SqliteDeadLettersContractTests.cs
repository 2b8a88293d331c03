using RetentionFuncs.Embedded.Queue;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Tests.Contracts;

public sealed class SqliteDeadLettersContractTests : DeadLettersContract
{
    private readonly ScratchFolder _folder = new();
    private SqliteDatabase _database = null!;
    private SqliteQueue _queue = null!;

    protected override ValueTask<(IWorkQueue Queue, IDeadLetters Letters)> OpenAsync(TimeProvider clock)
    {
        _database = SqliteDatabase.Open(_folder.Path);
        _queue = new SqliteQueue(_database, clock, new RandomIdSource());
        return ValueTask.FromResult<(IWorkQueue, IDeadLetters)>((_queue, _queue.Parked));
    }

    protected override async ValueTask<int> DeliverDueAsync(IQueueHandler handler) => await _queue.DeliverDueAsync(handler, Clock.Now, 1);

    protected override async ValueTask PutAsync(string body) =>
        _ = await _database.WriteAsync(handle =>
        {
            handle.Prepare("INSERT INTO queue (id, schema, body, not_before) VALUES ('odd', 1, ?1, '2026-01-01')").Bind(1, body).Run();
            return true;
        });

    protected override ValueTask CloseAsync()
    {
        _database.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
