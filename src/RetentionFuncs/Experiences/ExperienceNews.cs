using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Experiences;

/// <summary>What an event tells of a customer's experience.</summary>
/// <param name="EventId">The same id is the same event, however often it is told.</param>
public abstract record ExperienceNews(string EventId, DateTimeOffset OccurredAt)
{
    public sealed record ComplaintOpened(string EventId, DateTimeOffset OccurredAt, string ComplaintId, ComplaintTopic? Topic)
        : ExperienceNews(EventId, OccurredAt);

    public sealed record ComplaintResolved(string EventId, DateTimeOffset OccurredAt, string ComplaintId)
        : ExperienceNews(EventId, OccurredAt);

    /// <summary>The shop has written or spoken to the customer about it; it stays open until it is resolved.</summary>
    public sealed record ComplaintAnswered(string EventId, DateTimeOffset OccurredAt, string ComplaintId)
        : ExperienceNews(EventId, OccurredAt);

    /// <param name="PromisedOn">Null: no day was promised.</param>
    /// <param name="Ordered">Pieces; null when not told.</param>
    /// <param name="Delivered">Pieces, at most as many as ordered.</param>
    public sealed record Delivery(
        string EventId,
        DateTimeOffset OccurredAt,
        string OrderId,
        DateOnly? PromisedOn,
        DateOnly DeliveredOn,
        decimal? Ordered,
        decimal? Delivered
    ) : ExperienceNews(EventId, OccurredAt)
    {
        /// <summary>The customer had said that it was urgent.</summary>
        public bool IsUrgent { get; init; }
    }

    public sealed record Returned(string EventId, DateTimeOffset OccurredAt, string OrderId, Money? Amount, ReturnCause? Cause)
        : ExperienceNews(EventId, OccurredAt);

    /// <summary>At least one of the two answers.</summary>
    public sealed record Answered(string EventId, DateTimeOffset OccurredAt, Satisfaction? Satisfaction, ReasonKind? Reason)
        : ExperienceNews(EventId, OccurredAt);

    public sealed record InvoicePaid(
        string EventId,
        DateTimeOffset OccurredAt,
        string InvoiceId,
        DateOnly DueOn,
        DateOnly PaidOn,
        Money Amount
    ) : ExperienceNews(EventId, OccurredAt)
    {
        /// <summary>Less came than is owed, and the rest stays open until the payments add up to the invoice.</summary>
        public bool IsPartial { get; init; }
    }

    /// <summary>An invoice that waits for payment. Told again, the telling with the later <c>OccurredAt</c> counts.</summary>
    /// <param name="OccurredAt">When it was issued or changed; where the shop tells neither, the beginning of its due day.</param>
    /// <param name="DueOn">The last day on which a payment is in time.</param>
    /// <param name="Amount">Of the whole invoice, above zero.</param>
    /// <param name="PromisedOn">The day by which the customer has promised to pay; null: no promise.</param>
    public sealed record InvoiceDue(
        string EventId,
        DateTimeOffset OccurredAt,
        string InvoiceId,
        DateOnly DueOn,
        Money Amount,
        DateOnly? PromisedOn = null
    ) : ExperienceNews(EventId, OccurredAt);

    public sealed record OwnerLeft(string EventId, DateTimeOffset OccurredAt, string Owner) : ExperienceNews(EventId, OccurredAt);

    public sealed record ContactMoved(string EventId, DateTimeOffset OccurredAt, string Contact) : ExperienceNews(EventId, OccurredAt);
}
