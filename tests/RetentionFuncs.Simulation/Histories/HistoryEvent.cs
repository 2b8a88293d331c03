using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Histories;

/// <summary>Something that happened in a world, in the order in which it happened.</summary>
/// <param name="At">True virtual time.</param>
public abstract record HistoryEvent(DateTimeOffset At)
{
    /// <summary>A commit took effect.</summary>
    public sealed record Committed(DateTimeOffset At, PartitionId Partition, IReadOnlyList<RowWrite> Writes) : HistoryEvent(At);

    /// <summary>A process handed a message to the provider.</summary>
    /// <param name="Clock">The moment by the process's own clock.</param>
    /// <param name="TakenUpAt">When the process took up the queue message, true time.</param>
    /// <param name="ClockIsSteady">Whether the process's clock was left alone of late.</param>
    public sealed record Called(
        DateTimeOffset At,
        OutboundMessage Message,
        DateTimeOffset Clock,
        DateTimeOffset TakenUpAt,
        bool ClockIsSteady
    ) : HistoryEvent(At);

    /// <summary>The provider took a message: one mail is on its way.</summary>
    public sealed record Accepted(DateTimeOffset At, Submission Submission) : HistoryEvent(At);

    /// <summary>A delivery event about a submission was put on file.</summary>
    public sealed record Heard(DateTimeOffset At, string Reference, ProviderEventKind Kind) : HistoryEvent(At);

    /// <summary>A person was told that what they asked for is done.</summary>
    /// <param name="Reference">The message they answered.</param>
    /// <param name="AskedAt">When they asked, true time.</param>
    public sealed record Promised(DateTimeOffset At, string Reference, Promise What, DateTimeOffset AskedAt) : HistoryEvent(At);

    /// <summary>Code let out an exception that no host expects.</summary>
    public sealed record Threw(DateTimeOffset At, string Process, Exception Exception) : HistoryEvent(At);
}

/// <summary>What a person may ask for by answering a message.</summary>
public enum Promise
{
    /// <summary>Nothing but service any more.</summary>
    NoMail,
    NoOffers,

    /// <summary>Nothing for a while.</summary>
    Break,

    /// <summary>Consent taken back at the shop.</summary>
    NoConsent,
}

/// <summary>A rule of the protocol that a history broke.</summary>
/// <param name="Subject">The touch, address or process it is about.</param>
public sealed record Violation(Rule Rule, string Subject, DateTimeOffset At, string What)
{
    public override string ToString() => $"{Rule} {Subject} at {At:yyyy-MM-dd HH:mm:ss.fff}: {What}";
}

/// <summary>What the protocol promises, as an outsider can check it.</summary>
public enum Rule
{
    /// <summary>At most one submission per touch is accepted.</summary>
    AcceptedOnce,

    /// <summary>When a submission is accepted, the row already says Sending under this very attempt, or what follows from it.</summary>
    RecordedBeforeAccepted,

    /// <summary>No row says Sent of what was never accepted, and none says otherwise of what was.</summary>
    RecordedTruly,

    /// <summary>States move only along the arcs of the protocol, and a record is never deleted.</summary>
    LegalTransition,

    /// <summary>The same intent has one record.</summary>
    PlannedOnce,

    /// <summary>No call without a claim of one's own in both partitions.</summary>
    ClaimedBeforeCalled,

    /// <summary>No call after a no was committed before the claim's deciding write.</summary>
    NoIsNo,

    /// <summary>Not before due, not at or after expiry, not at night.</summary>
    WithinValidity,

    /// <summary>Nothing taken up more than five seconds after a stop was committed is called.</summary>
    StoppedMeansStopped,

    /// <summary>No address and no customer gets more than the cap allows in a window.</summary>
    CapKept,

    /// <summary>A slot of a touch that was never sent does not stay taken.</summary>
    SlotFreed,

    /// <summary>In the end nothing is planned or sending, and planned = the sum of end states.</summary>
    NothingLost,

    /// <summary>Evidence that came in turned the record into Sent.</summary>
    EvidenceCounts,

    /// <summary>Every unknown outcome is listed as open work.</summary>
    UnknownIsListed,

    /// <summary>No exception but those a host expects.</summary>
    NoSurprise,
}
