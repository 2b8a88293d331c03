using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Embedded.Queue;

/// <summary>A message put aside for a person.</summary>
/// <param name="Body">What was queued, word for word; it may be unreadable.</param>
/// <param name="Message">The body read, or null when it cannot be.</param>
/// <param name="Attempts">Deliveries before it was put aside.</param>
public sealed record ParkedMessage(string Id, string Body, QueueMessage? Message, string Reason, DateTimeOffset ParkedAt, int Attempts);

/// <summary>The messages that wait for a person.</summary>
public sealed class ParkedMessages
{
    private readonly SqliteDatabase _database;
    private readonly TimeProvider _clock;

    internal ParkedMessages(SqliteDatabase database, TimeProvider clock) => (_database, _clock) = (database, clock);

    /// <summary>A page in the order of the ids.</summary>
    /// <param name="afterId">The last id of the page before, or empty for the first page.</param>
    /// <param name="limit">1 to 1,000.</param>
    public ValueTask<IReadOnlyList<ParkedMessage>> ListAsync(string afterId = "", int limit = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return _database.ReadAsync<IReadOnlyList<ParkedMessage>>(handle =>
        {
            var rows = handle
                .Prepare("SELECT id, body, reason, parked_at, attempts FROM parked WHERE id > ?1 ORDER BY id LIMIT ?2")
                .Bind(1, afterId)
                .Bind(2, limit);
            var page = new List<ParkedMessage>();
            while (rows.Step())
            {
                page.Add(Read(rows));
            }

            return page;
        });
    }

    /// <summary>Queues the message again, due at once and with its attempts forgotten; false when no readable message of this id is parked.</summary>
    /// <exception cref="QueueUnavailableException">Not known to be queued.</exception>
    public Task<bool> ReplayAsync(string id)
    {
        var now = QueueTable.Moment(_clock.GetUtcNow());
        return Write(handle =>
        {
            var row = handle.Prepare("SELECT id, body, reason, parked_at, attempts FROM parked WHERE id = ?1").Bind(1, id);
            var message = row.Step() ? Read(row).Message : null;
            row.Reset();
            if (message is null)
            {
                return false;
            }

            QueueTable.Insert(handle, message, now);
            return Remove(handle, id);
        });
    }

    /// <summary>Forgets the message; false when none of this id is parked.</summary>
    /// <exception cref="QueueUnavailableException">Not known to be dropped.</exception>
    public Task<bool> DropAsync(string id) => Write(handle => Remove(handle, id));

    private static bool Remove(SqliteHandle handle, string id)
    {
        handle.Prepare("DELETE FROM parked WHERE id = ?1").Bind(1, id).Run();
        return handle.Changes > 0;
    }

    private static ParkedMessage Read(SqliteStatement row) =>
        new(row.Text(0), row.Text(1), MessageJson.Read(row.Text(1)), row.Text(2), QueueTable.Instant(row.Text(3)), (int)row.Integer(4));

    private Task<bool> Write(Func<SqliteHandle, bool> apply) =>
        _database.WriteAsync(apply, reason => new QueueUnavailableException(reason));
}
