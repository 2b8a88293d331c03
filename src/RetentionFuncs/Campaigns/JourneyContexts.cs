using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Campaigns;

/// <summary>What a journey may look at besides the customer's partition, read before it runs.</summary>
/// <param name="Addresses">The standing of each address of the customer's contacts.</param>
/// <param name="BudgetLeft">By campaign key.</param>
public sealed record JourneySurroundings(
    BusinessSettings Settings,
    BusinessCalendar Calendar,
    InstanceSecret Secret,
    DateTimeOffset Now,
    bool Killed,
    IReadOnlyDictionary<AddressKey, AddressStanding> Addresses,
    IReadOnlyDictionary<string, bool> BudgetLeft,
    AudienceFacts? Facts
);

/// <summary>Whom a step writes to, and what the gates look at for each of them.</summary>
internal sealed class JourneyContexts(
    JourneySurroundings around,
    LiveCampaign live,
    CampaignVersion version,
    AudienceExpression? audience,
    CustomerPartition partition,
    string? stronger
)
{
    private Campaign Campaign => version.Campaign;

    /// <summary>One null when there is nobody.</summary>
    public IEnumerable<Contact?> Targets(JourneyEntry entry, JourneyStep.Message step)
    {
        var contacts = partition.Contacts();
        var named = entry.Contact is { } key && step.To == Customers.Contact.Primary ? contacts.Where(c => c.Key.Value == key) : [];
        var found = named.Concat(contacts.Where(c => c.Is(step.To))).DistinctBy(c => c.Key).ToArray();
        if (found.Length == 0)
        {
            return [null];
        }

        return step.To == Customers.Contact.Primary ? found.Take(1) : found;
    }

    public DecisionContext Of(JourneyEntry entry, JourneyStep.Message step, Contact? contact)
    {
        var gate = CustomerGate.Of(partition);
        var touch = TouchIds.Of(partition.Key, contact?.Key ?? new ContactKey(""), Campaign.Key, step.Id, entry.Occasion);
        var address =
            contact is not null && around.Secret.AddressKeyOf(contact, step.Channel) is { } key
                ? around.Addresses.GetValueOrDefault(key)
                : null;
        return new DecisionContext(
            around.Now,
            around.Settings,
            around.Calendar,
            live.Head,
            Campaign,
            step,
            touch,
            ExpiryOf(entry, step, contact),
            entry.TriggerDay,
            entry.Admitted,
            entry.Arm,
            Person(),
            partition.Profile()!,
            contact,
            partition.Summary(),
            around.Facts,
            audience,
            address ?? AddressStanding.Unknown,
            gate.Slots,
            gate.ComplaintSince is not null,
            stronger,
            around.BudgetLeft.GetValueOrDefault(Campaign.Key, true),
            around.Killed
        )
        {
            FirstMarketing = contact is null ? null : MarketingBefore.Of(partition, contact, step.Channel, around.Calendar),
        };
    }

    /// <summary>One draw for the whole customer: an account's own key, else the person behind the primary contact's address.</summary>
    private PersonKey Person()
    {
        var own = new PersonKey(partition.Key.Value);
        var primary = partition.Contacts().FirstOrDefault(c => c.Is(Customers.Contact.Primary));
        return partition.Profile()!.Kind == CustomerKind.Account || primary is null ? own : partition.PersonOf(primary.Key) ?? own;
    }

    private DateTimeOffset ExpiryOf(JourneyEntry entry, JourneyStep.Message step, Contact? contact) =>
        Campaign.Trigger is CampaignTrigger.BirthdayCame && step.ValidForDays is null
            ? around.Calendar.EndOf(
                around.Calendar.LocalOf(around.Calendar.StartOf(entry.StepDueOn).AddHours(23), contact?.Zone).Date,
                contact?.Zone
            )
            : around.Calendar.StartOf(entry.StepDueOn.AddDays(step.ValidForDays ?? 3));
}
