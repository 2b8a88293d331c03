using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Embedded.Queue;

/// <summary>The messages that wait for a person.</summary>
public sealed class ParkedMessages : IDeadLetters
{
    /// <summary>This home keeps all work in one queue.</summary>
    public const string OnlyQueue = "queue";

    private const string Columns = "SELECT id, body, reason, parked_at, attempts FROM parked";

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _clock;

    internal ParkedMessages(SqliteDatabase database, TimeProvider clock) => (_database, _clock) = (database, clock);

    public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(int limit = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return _database.ReadAsync<IReadOnlyList<DeadLetter>>(handle =>
        {
            var rows = handle.Prepare($"{Columns} ORDER BY parked_at, id LIMIT ?1").Bind(1, limit);
            var page = new List<DeadLetter>();
            while (rows.Step())
            {
                page.Add(Read(rows));
            }

            return page;
        });
    }

    public ValueTask<DeadLetter?> FindAsync(string id) => _database.ReadAsync(handle => Find(handle, id));

    /// <summary>Queues the message again, due at once and with its attempts forgotten; false when no readable message of this id is parked.</summary>
    /// <exception cref="QueueUnavailableException">Not known to be queued.</exception>
    public ValueTask<bool> ReplayAsync(string id)
    {
        var now = QueueTable.Moment(_clock.GetUtcNow());
        return Write(handle =>
        {
            if (Find(handle, id)?.Message is not { } message)
            {
                return false;
            }

            QueueTable.Insert(handle, message, now);
            return Remove(handle, id);
        });
    }

    /// <summary>Forgets the message; false when none of this id is parked.</summary>
    /// <exception cref="QueueUnavailableException">Not known to be dropped.</exception>
    public ValueTask<bool> DropAsync(string id) => Write(handle => Remove(handle, id));

    private static bool Remove(SqliteHandle handle, string id)
    {
        handle.Prepare("DELETE FROM parked WHERE id = ?1").Bind(1, id).Run();
        return handle.Changes > 0;
    }

    private static DeadLetter? Find(SqliteHandle handle, string id)
    {
        var row = handle.Prepare($"{Columns} WHERE id = ?1").Bind(1, id);
        var found = row.Step() ? Read(row) : null;
        row.Reset();
        return found;
    }

    private static DeadLetter Read(SqliteStatement row) =>
        new(
            OnlyQueue,
            row.Text(0),
            row.Text(1),
            MessageJson.Read(row.Text(1)),
            row.Text(2),
            QueueTable.Instant(row.Text(3)),
            (int)row.Integer(4)
        );

    private async ValueTask<bool> Write(Func<SqliteHandle, bool> apply) =>
        await _database.WriteAsync(apply, reason => new QueueUnavailableException(reason));
}
