using RetentionFuncs.Customers;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries;

/// <summary>What a provider itself has on record: asked about outcomes that stayed unknown. It can prove that a message was taken, never that it was not.</summary>
public interface IProviderLog
{
    /// <summary>One question at a time; no exception for what the other side does.</summary>
    ValueTask<LogAnswer> FindAsync(LogQuestion question);
}

/// <param name="Address">Where the message went; null when that is no longer on file.</param>
/// <param name="ClaimedAt">By our clock; the message left within a minute of it, or not at all.</param>
public sealed record LogQuestion(TouchRef Touch, string AttemptId, EmailAddress? Address, DateTimeOffset ClaimedAt)
{
    public Channel Channel { get; init; }
}

public abstract record LogAnswer
{
    private LogAnswer() { }

    /// <summary>The log has this very attempt.</summary>
    /// <param name="Events">What it says of it; the first notes where it was found.</param>
    public sealed record Found(IReadOnlyList<DeliveryEvent> Events) : LogAnswer;

    /// <summary>The log has nothing of it, or not yet.</summary>
    public sealed record NotFound : LogAnswer;

    /// <summary>This question cannot be answered, now or later.</summary>
    public sealed record CannotTell(string Why) : LogAnswer;

    /// <summary>Nothing can be asked before that moment.</summary>
    public sealed record Unanswered(DateTimeOffset AskAgainAt, string Why) : LogAnswer;
}
