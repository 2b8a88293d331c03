namespace RetentionFuncs.Queues;

/// <summary>A queue of references to work. At least once, unordered; never in one transaction with the store.</summary>
public interface IWorkQueue
{
    /// <summary>Longest time a message may be delayed; longer holds are due rows.</summary>
    static readonly TimeSpan MaxDelay = TimeSpan.FromHours(24);

    /// <summary>Makes the message visible at <paramref name="notBefore"/> or later; a past moment means at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Further ahead than <see cref="MaxDelay"/>.</exception>
    /// <exception cref="QueueUnavailableException">Not known to be queued; the sweeper will queue it again.</exception>
    ValueTask EnqueueAsync(QueueMessage message, DateTimeOffset notBefore);
}

/// <summary>What travels: a reference and why, no personal data.</summary>
/// <param name="Schema">Version of this body; a host leaves newer ones alone.</param>
/// <param name="Ref">What the work is about, e.g. <c>CustomerKey.TouchId</c>.</param>
/// <param name="Purpose">The verb, e.g. <c>send</c>.</param>
/// <param name="Seq">Told apart copies of the same work; a scheduled copy has a higher one.</param>
public sealed record QueueMessage(int Schema, string Ref, string Purpose, int Seq)
{
    public const int CurrentSchema = 1;

    /// <summary>The message id a broker may use to drop duplicates.</summary>
    public string Id => $"{Ref}:{Purpose}:{Seq}";

    public QueueMessage Again() => this with { Seq = Seq + 1 };
}

/// <summary>Turns one message into an answer; called again for the same message whenever the broker repeats it.</summary>
public interface IQueueHandler
{
    ValueTask<HandlerAnswer> HandleAsync(QueueMessage message);
}

public abstract record HandlerAnswer
{
    private HandlerAnswer() { }

    public static HandlerAnswer Finished { get; } = new Done();

    /// <summary>Complete the message.</summary>
    public sealed record Done : HandlerAnswer;

    /// <summary>Schedule a copy with the next seq, then complete the message.</summary>
    public sealed record RetryAt(DateTimeOffset At) : HandlerAnswer;

    /// <summary>Put the message aside for a person, with the reason.</summary>
    public sealed record Park(string Reason) : HandlerAnswer;
}

/// <summary>The queue did not confirm.</summary>
public sealed class QueueUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
