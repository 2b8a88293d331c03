using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.Customers;
using RetentionFuncs.Customers.Joining;
using RetentionFuncs.Experiences;
using RetentionFuncs.Findings;
using RetentionFuncs.Markets;
using RetentionFuncs.Orders;

namespace RetentionFuncs.ShopEvents;

/// <summary>One thing that happened in the shop, read and found right.</summary>
/// <param name="Id">The shop's own id of it; the hash of its content where it has none.</param>
/// <param name="News">What it says of the customer: only the id, when nothing; null for an event about no customer.</param>
/// <param name="Order">The whole order as it stands after the event, for the events about orders.</param>
/// <param name="Experience">What happened to the customer, for the events about that.</param>
public sealed record ShopEvent(
    string Id,
    ShopEventKind Kind,
    DateTimeOffset OccurredAt,
    CustomerNews? News,
    Order? Order,
    ExperienceNews? Experience = null
)
{
    /// <summary>The wish for marketing mail that <see cref="ShopEventKind.ConsentRequested"/> tells.</summary>
    public ConsentWish? Wish { get; init; }

    /// <summary>That two ids are one customer, or are not.</summary>
    public CustomerJoin? Join { get; init; }

    /// <summary>What holds for everybody: a promotion, a rival's price.</summary>
    public MarketNews? Market { get; init; }
}

public enum ShopEventKind
{
    OrderPlaced,
    OrderCancelled,
    OrderRefunded,
    CustomerChanged,
    ConsentGiven,
    ConsentWithdrawn,
    ComplaintOpened,
    ComplaintResolved,
    OrderDelivered,
    OrderReturned,
    SurveyAnswered,
    InvoicePaid,
    OwnerLeft,
    ContactMoved,
    ConsentRequested,
    ComplaintAnswered,
    InvoiceDue,
    CustomerMerged,
    CustomerSplit,
    PromotionAnnounced,
    RivalPriceSeen,
}

/// <summary>What is wrong in an event, where, and what to do.</summary>
/// <param name="Path">The field, such as <c>order.lines[2].net</c>; empty for the event as a whole.</param>
public sealed record EventFinding(string Path, Phrase Message)
{
    /// <summary><c>order.currency: is missing</c>, on one line.</summary>
    public string Describe(string language) => Path.Length == 0 ? Message.In(language) : $"{Path}: {Message.In(language)}";
}

/// <summary>The event, or the findings that keep it from being one.</summary>
public abstract record ShopEventReading
{
    private ShopEventReading() { }

    public sealed record Understood(ShopEvent Event) : ShopEventReading;

    /// <param name="Findings">At least one.</param>
    public sealed record NotUnderstood(IReadOnlyList<EventFinding> Findings) : ShopEventReading
    {
        private const int Told = 5;

        /// <summary>The first findings in one sentence.</summary>
        public Phrase Reason =>
            new(
                string.Join("; ", Findings.Take(Told).Select(f => f.Describe("en"))),
                string.Join("；", Findings.Take(Told).Select(f => f.Describe("zh")))
            );
    }
}
