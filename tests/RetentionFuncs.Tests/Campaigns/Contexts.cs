using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Segments;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Campaigns;

/// <summary>A decision that every gate lets pass, to be bent one fact at a time.</summary>
internal static class Contexts
{
    public static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-06-29T12:00:00+02:00", null);

    public static DecisionContext Open(DateTimeOffset? at = null)
    {
        var now = at ?? Noon;
        var calendar = new BusinessCalendar("Europe/Berlin");
        var campaign = CampaignWorks.WinBack();
        var today = calendar.DayOf(now);
        var key = new CustomerKey(new string('a', 26));
        EmailAddress.TryParse("ada@post.linden.shop", out var email, out _).ShouldBeTrue();
        var consent = new Consent(ConsentState.Granted, ConsentBasis.Express, "checkout", now.AddYears(-1), now.AddYears(-1));
        var contact = new Contact(
            new ContactKey(new string('b', 26)),
            "primary",
            ["primary"],
            "Ada",
            email,
            null,
            "DE",
            "en",
            null,
            null,
            consent
        );
        return new DecisionContext(
            now,
            TripWorld.Shop,
            calendar,
            new CampaignHead("win-back", CampaignStatus.Live, "v", now.AddDays(-60), now.AddDays(-60), today.AddDays(-60), 0, 100),
            campaign,
            campaign.Steps.OfType<JourneyStep.Message>().First(),
            new TouchId(new string('c', 26)),
            now.AddDays(3),
            today,
            false,
            null,
            new PersonKey(key.Value),
            new Customer(key, "c1", CustomerKind.Person, "Ada"),
            contact,
            new PurchaseSummary([today.AddDays(-120)], 1, [new Money(50, "EUR")]),
            new AudienceFacts(LapseStage.Lapsing, 120, 1, 1, 50, 120, 0, 0, 0, "DE", "en", CustomerKind.Person, true, true),
            AudienceExpression.Parse("stage >= lapsing"),
            AddressStanding.Unknown,
            CapSlots.None,
            false,
            null,
            true,
            false
        );
    }
}
