using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Reviews;

/// <summary>Reads what the decisions of one review look at besides the customer's partition.</summary>
internal sealed class ReviewSurroundings(
    IRowStore store,
    InstanceSecret secret,
    BusinessSettings settings,
    BusinessCalendar calendar,
    CampaignBook book,
    CampaignBudget budget
)
{
    private readonly Suppress _addresses = new(store);

    /// <param name="spent">Campaigns whose budget turned out to be spent.</param>
    public async ValueTask<JourneySurroundings> OfAsync(
        CustomerPartition partition,
        AudienceFacts? facts,
        DateTimeOffset now,
        HashSet<string> spent
    )
    {
        var addresses = new Dictionary<AddressKey, AddressStanding>();
        foreach (var address in await AddressesAsync(partition))
        {
            addresses[address] = await _addresses.ReadAsync(address);
        }

        var budgets = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var live in await book.LiveAsync())
        {
            budgets[live.Head.Key] = !spent.Contains(live.Head.Key) && await budget.HasLeftAsync(live.Version.Campaign);
        }

        return new JourneySurroundings(settings, calendar, secret, now, await book.IsKilledAsync(), addresses, budgets, facts);
    }

    /// <summary>The strongest campaign that has a message of this customer under way.</summary>
    public async ValueTask<Campaign?> StrongerUnderWayAsync(CustomerPartition partition)
    {
        Campaign? strongest = null;
        foreach (var touch in TouchpointRows.Touchpoints(partition, TouchpointState.Planned, TouchpointState.Sending))
        {
            var campaign = (await book.VersionAsync(touch.Campaign, touch.Version)).Campaign;
            strongest = strongest is null || campaign.Priority > strongest.Priority ? campaign : strongest;
        }

        return strongest;
    }

    /// <summary>Where the contacts can be reached: numbers only while a live campaign calls or texts, since each costs a read.</summary>
    private async ValueTask<IEnumerable<AddressKey>> AddressesAsync(CustomerPartition partition)
    {
        var live = await book.AllAsync();
        Channel[] channels = live.Any(l => l.Version.Campaign.Messages.Any(m => m.Channel != Channel.Email))
            ? [Channel.Email, Channel.Phone]
            : [Channel.Email];
        return partition.Contacts().SelectMany(c => channels.Select(ch => secret.AddressKeyOf(c, ch))).OfType<AddressKey>().Distinct();
    }
}
