using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Experiences;

/// <summary>Something that happened to a customer besides orders and messages, and that may weigh on what they do next.</summary>
/// <param name="Id">The hash of the complaint's id, for complaints; else of the id of the event that told it.</param>
/// <param name="OccurredAt">For a complaint, the first moment known of it.</param>
/// <param name="RecordedAt">When we first learnt of it.</param>
public sealed record Experience(ExperienceKind Kind, string Id, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt)
{
    /// <summary>In UTF-16 units.</summary>
    public const int LongestAbout = 60;

    /// <summary>The complaint, order, invoice, owner or contact it is about, cut to <see cref="LongestAbout"/>.</summary>
    public string? About { get; init; }

    /// <summary>Complaints: the latest opening; null while only an answer is known.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Complaints: the first word back to the customer, which need not settle it.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Complaints: the latest answer that settled it.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    public ComplaintTopic? Topic { get; init; }

    /// <summary>Whole days after the day promised or due; above zero.</summary>
    public int? DaysLate { get; init; }

    /// <summary>Share of the pieces that did not come, above 0 up to 1.</summary>
    public decimal? Missing { get; init; }

    /// <summary>Deliveries: the customer had said that it was urgent; null: had not.</summary>
    public bool? Urgent { get; init; }

    /// <summary>Returned or paid late, in the business's currency; null when not told or in another one.</summary>
    public decimal? Amount { get; init; }

    public ReturnCause? Cause { get; init; }

    public Satisfaction? Satisfaction { get; init; }

    /// <summary>The customer's own answer to why they left.</summary>
    public ReasonKind? Reason { get; init; }

    /// <summary>A complaint that was opened after its last answer, or never answered.</summary>
    public bool IsOpen => Kind == ExperienceKind.Complaint && OpenedAt is { } opened && !(ResolvedAt >= opened);

    /// <summary>A complaint nobody waits on, put to rest within a week of the first word of it.</summary>
    public bool WasResolvedQuickly => !IsOpen && ResolvedAt - OccurredAt <= TimeSpan.FromDays(7);
}

public enum ExperienceKind
{
    Complaint,

    /// <summary>Came after the day promised.</summary>
    LateDelivery,

    /// <summary>Fewer pieces came than were ordered.</summary>
    ShortDelivery,
    Return,

    /// <summary>An answer to a question about satisfaction or about leaving.</summary>
    Survey,

    /// <summary>The customer paid after the due day.</summary>
    LatePayment,

    /// <summary>The one of our people who kept the account left us.</summary>
    OwnerLeft,

    /// <summary>The person we knew at the customer is not there any more.</summary>
    ContactMoved,
}

/// <summary>The five answers of a satisfaction survey (playbook P14), best first.</summary>
public enum Satisfaction
{
    /// <summary>高度满意</summary>
    VerySatisfied,

    /// <summary>一般满意</summary>
    Satisfied,

    /// <summary>无意见</summary>
    NoOpinion,

    /// <summary>有些不满意</summary>
    SomewhatDissatisfied,

    /// <summary>极不满意</summary>
    VeryDissatisfied,
}

public enum ComplaintTopic
{
    Quality,
    Delivery,
    Service,
    Price,
    Other,
}

public enum ReturnCause
{
    Quality,
    Damaged,
    WrongItem,

    /// <summary>Nothing was wrong with it.</summary>
    ChangedMind,
    Other,
}
