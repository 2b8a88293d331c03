using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Offers;
using RetentionFuncs.Orders;
using RetentionFuncs.Settings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Messages;

/// <summary>Everything one message is made of; rendering asks nothing else, so the same request always gives the same message.</summary>
/// <param name="Step">The message step of <paramref name="Version"/> that is to be rendered.</param>
/// <param name="Summary">May be empty; then names about the last order have no value.</param>
/// <param name="Day">The business's calendar day of sending: silence is counted to it.</param>
/// <param name="Coupon">Null where the step carries no offer.</param>
/// <param name="Now">Becomes the message's date.</param>
public sealed record RenderRequest(
    CampaignVersion Version,
    JourneyStep.Message Step,
    Contact Contact,
    BusinessSettings Business,
    PurchaseSummary Summary,
    DateOnly Day,
    Coupon? Coupon,
    TouchRef Touch,
    string AttemptId,
    string InstanceId,
    DateTimeOffset Now,
    MessageLinks Links
);

/// <summary>The absolute addresses a message may point at.</summary>
/// <param name="Shop">The shop on the web, or null when the business has none; a template that names it is then refused.</param>
/// <param name="Unsubscribe">The page with the button; also the target of the one-click POST.</param>
/// <param name="Preferences">The page where the contact chooses what to receive.</param>
public sealed record MessageLinks(string? Shop, string Unsubscribe, string Preferences)
{
    /// <summary>The page where a wish for marketing mail is confirmed; null in every message that asks for no confirmation.</summary>
    public string? Confirm { get; init; }

    /// <summary>The same links, telling the public pages the message's language, so that they need not ask anyone for it.</summary>
    public MessageLinks In(string locale)
    {
        var query = "?l=" + MessageLocales.LanguageOf(locale);
        return this with
        {
            Unsubscribe = Unsubscribe + query,
            Preferences = Preferences + query,
            Confirm = Confirm is null ? null : Confirm + query,
        };
    }
}

public abstract record RenderOutcome
{
    private RenderOutcome() { }

    public sealed record Rendered(OutboundMessage Message) : RenderOutcome;

    /// <summary>This message must not be sent as it is; says what is wrong and where.</summary>
    public sealed record Refused(string Reason) : RenderOutcome;
}
