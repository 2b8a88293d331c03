using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;

namespace RetentionFuncs.ShopEvents;

/// <summary>One thing that happened in the shop, read and found right.</summary>
/// <param name="Id">The shop's own id of it; the hash of its content where it has none.</param>
/// <param name="News">What it says of the customer; only the id, when nothing.</param>
/// <param name="Order">The whole order as it stands after the event, for the events about orders.</param>
/// <param name="Experience">What happened to the customer, for the events about that.</param>
public sealed record ShopEvent(
    string Id,
    ShopEventKind Kind,
    DateTimeOffset OccurredAt,
    CustomerNews News,
    Order? Order,
    ExperienceNews? Experience = null
);

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
    public sealed record NotUnderstood(IReadOnlyList<EventFinding> Findings) : ShopEventReading;
}
