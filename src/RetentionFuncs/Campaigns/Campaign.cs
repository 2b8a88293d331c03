using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Campaigns;

/// <summary>A goal, an audience, a trigger and the steps toward it, as one YAML file describes it.</summary>
/// <param name="Key">Lower-case letters, digits and dashes; part of every touchpoint id, so it never changes.</param>
/// <param name="Titles">What people call it, by locale.</param>
/// <param name="Audience">An audience expression; see the Segments room.</param>
/// <param name="ExitOnOrder">Whether an order after the entry ends the journey.</param>
/// <param name="Sender">Key of a sender profile.</param>
/// <param name="AttributionDays">Days after the entry in which an order counts; entry included, end excluded.</param>
/// <param name="ControlShare">0 to 0.5, or null to let the audience's size decide at launch.</param>
/// <param name="Priority">When campaigns compete for one contact, the higher goes first.</param>
/// <param name="Start">First day, or null for the day of launch.</param>
/// <param name="End">First day on which it no longer enters anyone, or null.</param>
/// <param name="MessageBudget">Most messages it may ever send, or null.</param>
/// <param name="BacklogPerDay">How many customers whose stage was crossed before the campaign began enter a day, the most valuable first; 0 = none.</param>
public sealed record Campaign(
    string Key,
    IReadOnlyDictionary<string, string> Titles,
    CampaignJob Job,
    string Audience,
    CampaignTrigger Trigger,
    IReadOnlyList<JourneyStep> Steps,
    bool ExitOnOrder,
    string Sender,
    int AttributionDays,
    decimal? ControlShare,
    int Priority,
    DateOnly? Start,
    DateOnly? End,
    int? MessageBudget,
    int BacklogPerDay
)
{
    /// <summary>Key of the topic its messages are about, which a person may refuse by itself; null: none.</summary>
    public string? Topic { get; init; }

    /// <summary>Tags on links to the shop, instead of the business's; null: the business's.</summary>
    public Messages.UtmTags? Utm { get; init; }

    /// <summary>Whether those who slipped before it began wait in line for places of so many a day.</summary>
    public bool KeepsBacklog => BacklogPerDay > 0 && Trigger is CampaignTrigger.StageEntered;

    public JourneyStep? StepById(string id) => Steps.FirstOrDefault(s => string.Equals(s.Id, id, StringComparison.Ordinal));

    /// <summary>The message steps in order.</summary>
    public IEnumerable<JourneyStep.Message> Messages => Steps.OfType<JourneyStep.Message>();

    /// <summary>Whole days from the entry to the last step.</summary>
    public int JourneyDays => Steps.OfType<JourneyStep.Wait>().Sum(w => w.Days);

    public int IndexOf(JourneyStep step) => Steps.ToList().IndexOf(step);
}

/// <summary>The two jobs of retention (playbook P1); routine care belongs to the first.</summary>
public enum CampaignJob
{
    PreventLoss,
    WinBack,
}

/// <summary>What makes a customer enter.</summary>
public abstract record CampaignTrigger
{
    private CampaignTrigger() { }

    /// <summary>The customer slips into this stage. Occasion: the purchase day that began the silence.</summary>
    public sealed record StageEntered(LapseStage Stage) : CampaignTrigger;

    /// <summary>So many whole days have passed since an order. Occasion: the order.</summary>
    public sealed record DaysAfterOrder(int Days) : CampaignTrigger;

    /// <summary>
    /// So many whole days before what the customer bought last of a product is used up, by its expected life and the quantity.
    /// Occasion: the order and the sku.
    /// </summary>
    public sealed record Replenish(int DaysBefore) : CampaignTrigger;

    /// <summary>A contact's birthday in the contact's zone. Occasion: the local year.</summary>
    public sealed record BirthdayCame : CampaignTrigger;

    /// <summary>The value tier moves, or is about to. Occasion: the day it was recorded, and the tier.</summary>
    /// <param name="To">The tier reached or about to be; null: whichever.</param>
    public sealed record TierMoved(TierDirection Direction, ValueTier? To) : CampaignTrigger;

    /// <summary>A person asked for marketing mail and has to confirm it. Occasion: the request.</summary>
    public sealed record ConsentRequested : CampaignTrigger;

    /// <summary>These calendar days, for everyone in the audience. Occasion: the date.</summary>
    public sealed record DateList(IReadOnlyList<DateOnly> Dates) : CampaignTrigger;
}

/// <param name="Id">Mandatory and lasting: part of the touchpoint id.</param>
public abstract record JourneyStep(string Id)
{
    /// <summary>One planned contact.</summary>
    /// <param name="Template">Key of a message template.</param>
    /// <param name="To"><c>primary</c> or a role; a role means one touchpoint for each contact that has it.</param>
    /// <param name="ValidForDays">Days until it is no use any more; null: the birthday itself, else three days.</param>
    /// <param name="Offer">What is promised, or null for a message that sells nothing.</param>
    public sealed record Message(
        string Id,
        string Template,
        string To,
        MessagePurpose Purpose,
        int? ValidForDays,
        Offers.PercentOffer? Offer
    ) : JourneyStep(Id)
    {
        /// <summary>How the contact is reached.</summary>
        public Customers.Channel Channel { get; init; }
    }

    /// <summary>Whole days until the next step.</summary>
    public sealed record Wait(string Id, int Days) : JourneyStep(Id);
}

/// <summary>What a message is for: the first two need marketing consent, service does not.</summary>
public enum MessagePurpose
{
    Promotion,
    Care,
    Service,
}

/// <summary>Who a message comes from.</summary>
/// <param name="FromNames">Display name by locale.</param>
/// <param name="FromAddress">A real mailbox on the shop's own domain.</param>
/// <param name="PostalAddress">Mandatory for marketing (CAN-SPAM and others).</param>
public sealed record SenderProfile(
    string Key,
    IReadOnlyDictionary<string, string> FromNames,
    string FromAddress,
    string ReplyTo,
    string PostalAddress
);

/// <summary>Subject and body by locale; bodies are Handlebars over a closed list of names.</summary>
public sealed record MessageTemplate(string Key, IReadOnlyDictionary<string, TemplateText> Locales);

/// <param name="Subject">One line.</param>
/// <param name="Text">The plain text part, without the footer.</param>
/// <param name="Html">The inner HTML, without head, layout and footer.</param>
public sealed record TemplateText(string Subject, string Text, string Html)
{
    /// <summary>For text messages and calls: what is sent, or what the caller says. No e-mail can be made of it.</summary>
    public bool IsTextOnly => Subject.Length == 0 && Html.Length == 0;
}

/// <summary>One immutable version: the campaign and everything it refers to (design S10).</summary>
/// <param name="Hash">26 base32 characters over the canonical form of all of it.</param>
public sealed record CampaignVersion(
    string Hash,
    Campaign Campaign,
    SenderProfile Sender,
    IReadOnlyDictionary<string, MessageTemplate> Templates
);

public enum CampaignStatus
{
    /// <summary>Applied, not yet started.</summary>
    Draft,
    Live,

    /// <summary>Enters no one and sends nothing until it is live again; what falls due meanwhile expires by its own clock.</summary>
    Paused,

    /// <summary>For good.</summary>
    Stopped,
}
