namespace RetentionFuncs.Queues;

/// <summary>A message that failed its last try, or could not be read, and waits for a person.</summary>
/// <param name="Queue">One of <see cref="WorkQueues"/>, or the home's only queue.</param>
/// <param name="Id">Names it within its queue.</param>
/// <param name="Body">What was queued, word for word; it may be unreadable.</param>
/// <param name="Message">The body read, or null when it cannot be.</param>
/// <param name="Attempts">Deliveries before it was put aside.</param>
public sealed record DeadLetter(
    string Queue,
    string Id,
    string Body,
    QueueMessage? Message,
    string Reason,
    DateTimeOffset ParkedAt,
    int Attempts
);

/// <summary>The messages that wait for a person, whichever queue they came from.</summary>
public interface IDeadLetters
{
    /// <summary>Up to <paramref name="limit"/> (1 to 1,000) of them, oldest first within a queue.</summary>
    /// <exception cref="QueueUnavailableException">The queue did not answer.</exception>
    ValueTask<IReadOnlyList<DeadLetter>> ListAsync(int limit = 100);

    /// <summary>The one of this id, or null.</summary>
    /// <exception cref="QueueUnavailableException">The queue did not answer.</exception>
    ValueTask<DeadLetter?> FindAsync(string id);

    /// <summary>Queues the message again, due at once and with its attempts forgotten; false when no readable message of this id waits.</summary>
    /// <exception cref="QueueUnavailableException">Not known to be queued.</exception>
    ValueTask<bool> ReplayAsync(string id);

    /// <summary>Forgets the message; false when none of this id waits.</summary>
    /// <exception cref="QueueUnavailableException">Not known to be dropped.</exception>
    ValueTask<bool> DropAsync(string id);
}
