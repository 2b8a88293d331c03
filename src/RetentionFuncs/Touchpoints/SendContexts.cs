using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Orders;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Touchpoints;

/// <param name="Address">Null for a contact without one.</param>
internal sealed record SendLook(DecisionContext Context, SeenStanding? Address);

/// <summary>What the gates and the renderer look at when a planned touchpoint is about to be sent.</summary>
internal sealed class SendContexts(
    IRowStore store,
    CampaignBook book,
    BusinessSettings settings,
    BusinessCalendar calendar,
    InstanceSecret secret
)
{
    private readonly Suppress _addresses = new(store);
    private readonly UnsubscribeLinks _links = new(secret);

    /// <summary>Null when there is nobody to write to any more.</summary>
    public async ValueTask<SendLook?> FindAsync(CustomerPartition partition, Touchpoint touch, DateTimeOffset now)
    {
        var version = await book.VersionAsync(touch.Campaign, touch.Version);
        if (
            partition.IsErasedContact(touch.Contact)
            || await book.FindAsync(touch.Campaign) is not { } live
            || partition.Profile() is not { } customer
            || partition.ContactBy(touch.Contact) is not { } contact
            || version.Campaign.StepById(touch.Step) is not JourneyStep.Message step
        )
        {
            return null;
        }

        var gate = CustomerGate.Of(partition);
        SeenStanding? seen = secret.AddressKeyOf(contact, step.Channel) is { } key ? await _addresses.SeeAsync(key) : null;
        var context = new DecisionContext(
            now,
            settings,
            calendar,
            live.Head,
            version.Campaign,
            step,
            touch.Id,
            touch.ExpiresAt,
            calendar.DayOf(touch.PlannedAt),
            true,
            Experiments.TestArm.Treatment,
            new PersonKey(customer.Key.Value),
            customer,
            contact,
            partition.Summary(),
            null,
            null,
            seen?.Standing ?? AddressStanding.Unknown,
            gate.Slots,
            gate.ComplaintSince is not null,
            null,
            true,
            await book.IsKilledAsync()
        )
        {
            FirstMarketing = MarketingBefore.Of(partition, contact, step.Channel, calendar),
        };
        return new SendLook(context, seen);
    }

    public static bool HasComeBack(CustomerPartition partition, DecisionContext context) =>
        context.Campaign.ExitOnOrder
        && partition.TouchpointBy(context.Touch) is { } touch
        && JourneyEntry.Find(partition, context.Campaign.Key, touch.Occasion) is { } entry
        && partition.Summary().Orders > entry.OrdersAtEntry;

    public RenderRequest RequestFor(
        Touchpoint touch,
        CampaignVersion version,
        DecisionContext context,
        string attemptId,
        DateTimeOffset now
    ) =>
        new(
            version,
            context.Step,
            context.Contact!,
            settings,
            context.Summary,
            calendar.DayOf(now),
            touch.Coupon,
            touch.Reference,
            attemptId,
            secret.InstanceId,
            now,
            LinksOf(touch, version)
        );

    private MessageLinks LinksOf(Touchpoint touch, CampaignVersion version)
    {
        var links = _links.For(touch.Reference, settings.PublicUrl, settings.ShopUrl);
        return version.Campaign.Trigger is CampaignTrigger.ConsentRequested
            ? _links.WithConfirm(links, touch.Reference, settings.PublicUrl)
            : links;
    }
}
