using System.Globalization;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Embedded.Queue;

/// <summary>A message under lease; only the holder of the lease may settle it.</summary>
/// <param name="Attempts">Deliveries, this one included.</param>
internal sealed record LeasedMessage(string Id, string Body, int Attempts, string Lease);

/// <summary>The statements over <c>queue</c> and <c>parked</c>; each method runs inside the group's transaction.</summary>
internal static class QueueTable
{
    /// <summary>Adds the message unless one of its id is there.</summary>
    public static bool Insert(SqliteHandle handle, QueueMessage message, string notBefore)
    {
        handle
            .Prepare("INSERT INTO queue (id, schema, body, not_before) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
            .Bind(1, message.Id)
            .Bind(2, message.Schema)
            .Bind(3, MessageJson.Write(message))
            .Bind(4, notBefore)
            .Run();
        return handle.Changes > 0;
    }

    /// <summary>Takes up to <paramref name="limit"/> messages that are due, oldest first, and counts the attempt. Newer bodies are left alone.</summary>
    public static List<LeasedMessage> Lease(SqliteHandle handle, string now, string until, string lease, int limit)
    {
        var due = handle
            .Prepare(
                """
                SELECT id, body, attempts FROM queue
                WHERE not_before <= ?1 AND (leased_until IS NULL OR leased_until <= ?1) AND schema <= ?2
                ORDER BY not_before LIMIT ?3
                """
            )
            .Bind(1, now)
            .Bind(2, QueueMessage.CurrentSchema)
            .Bind(3, limit);
        var taken = new List<LeasedMessage>();
        while (due.Step())
        {
            taken.Add(new LeasedMessage(due.Text(0), due.Text(1), (int)due.Integer(2) + 1, lease));
        }

        foreach (var message in taken)
        {
            handle
                .Prepare("UPDATE queue SET lease = ?2, leased_until = ?3, attempts = attempts + 1 WHERE id = ?1")
                .Bind(1, message.Id)
                .Bind(2, lease)
                .Bind(3, until)
                .Run();
        }

        return taken;
    }

    /// <summary>Removes the message; false when the lease is no longer ours, so that someone else settles it.</summary>
    public static bool Complete(SqliteHandle handle, LeasedMessage message)
    {
        handle.Prepare("DELETE FROM queue WHERE id = ?1 AND lease = ?2").Bind(1, message.Id).Bind(2, message.Lease).Run();
        return handle.Changes > 0;
    }

    /// <summary>Lets the message be delivered again from <paramref name="notBefore"/> on.</summary>
    public static bool PutBack(SqliteHandle handle, LeasedMessage message, string notBefore)
    {
        handle
            .Prepare("UPDATE queue SET lease = NULL, leased_until = NULL, not_before = ?3 WHERE id = ?1 AND lease = ?2")
            .Bind(1, message.Id)
            .Bind(2, message.Lease)
            .Bind(3, notBefore)
            .Run();
        return handle.Changes > 0;
    }

    /// <summary>Gives back what was leased but never handed to the handler, as if it had not been.</summary>
    public static bool Return(SqliteHandle handle, LeasedMessage message)
    {
        handle
            .Prepare("UPDATE queue SET lease = NULL, leased_until = NULL, attempts = attempts - 1 WHERE id = ?1 AND lease = ?2")
            .Bind(1, message.Id)
            .Bind(2, message.Lease)
            .Run();
        return handle.Changes > 0;
    }

    public static bool Park(SqliteHandle handle, LeasedMessage message, string reason, string now)
    {
        if (!Complete(handle, message))
        {
            return false;
        }

        handle
            .Prepare("REPLACE INTO parked (id, body, reason, parked_at, attempts) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(1, message.Id)
            .Bind(2, message.Body)
            .Bind(3, reason)
            .Bind(4, now)
            .Bind(5, message.Attempts)
            .Run();
        return true;
    }

    /// <summary>UTC with seven decimals, so that text order is time order.</summary>
    public static string Moment(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string moment) => DateTimeOffset.ParseExact(moment, "O", CultureInfo.InvariantCulture);
}
