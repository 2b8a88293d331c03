using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Laws;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Orders;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Campaigns;

/// <summary>Everything one decision may look at, read beforehand: the decision itself asks no store and no clock.</summary>
/// <param name="Head">Today's status of the campaign.</param>
/// <param name="Campaign">In the version the entry keeps.</param>
/// <param name="Touch">The id the touchpoint has or would have.</param>
/// <param name="ExpiresAt">From then on the message is of no use.</param>
/// <param name="TriggerDay">The day the occasion fell on.</param>
/// <param name="Admitted">Its turn in the backlog has come, whatever the trigger day.</param>
/// <param name="Drawn">The arm of an entry already drawn, or null.</param>
/// <param name="Contact">Null when the step's role is filled by nobody.</param>
/// <param name="Facts">Null when there is nothing to profile yet.</param>
/// <param name="StrongerCampaign">Key of a campaign of higher priority that has a message under way or due today, or null.</param>
public sealed record DecisionContext(
    DateTimeOffset Now,
    BusinessSettings Settings,
    BusinessCalendar Calendar,
    CampaignHead Head,
    Campaign Campaign,
    JourneyStep.Message Step,
    TouchId Touch,
    DateTimeOffset ExpiresAt,
    DateOnly TriggerDay,
    bool Admitted,
    TestArm? Drawn,
    PersonKey Person,
    Customer Customer,
    Contact? Contact,
    PurchaseSummary Summary,
    AudienceFacts? Facts,
    AudienceExpression? Audience,
    AddressStanding Address,
    CapSlots CustomerSlots,
    bool ComplaintOpen,
    string? StrongerCampaign,
    bool BudgetLeft,
    bool Killed
)
{
    public DateOnly Today => Calendar.DayOf(Now);

    /// <summary>The day marketing first went to the contact over the step's channel; null when none did, or nobody's law asks.</summary>
    public DateOnly? FirstMarketing { get; init; }

    /// <summary>What the law of the contact's country is asked; there is a contact.</summary>
    public LawQuestion AskedOfLaw()
    {
        var (contact, isBirthday) = (Contact!, Campaign.Trigger is CampaignTrigger.BirthdayCame);
        var answer = contact.ConsentFor(Step.Channel);
        return new LawQuestion(
            contact.Country,
            Step.Channel,
            Step.Purpose,
            answer,
            answer is null ? null : Calendar.DayOf(answer.OccurredAt),
            Summary.HasPurchases ? Summary.LastDay : null,
            FirstMarketing,
            isBirthday ? contact.Birthday : null,
            isBirthday ? Calendar.LocalOf(Now, contact.Zone).Date : Today
        );
    }
}
