using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Offers;
using RetentionFuncs.Orders;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Reports;

/// <summary>
/// Follows each entry of one campaign to its end: its messages, and the orders of its attribution window. The window is the entry's
/// day and the days after it, the last excluded; both arms are counted the same way, whatever became of the messages.
/// </summary>
internal sealed class CampaignOutcomes(
    IRowStore store,
    BusinessSettings settings,
    BusinessCalendar calendar,
    Campaign campaign,
    DateOnly asOf,
    TouchTally tally
)
{
    private readonly List<EntryOutcome> _entries = [];
    private readonly Dictionary<TouchpointState, int> _touches = [];
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);
    private readonly Suppress _addresses = new(store);

    public IReadOnlyList<EntryOutcome> Entries => _entries;

    public IReadOnlyDictionary<TouchpointState, int> Touches => _touches;

    /// <summary><c>CustomerKey|occasion</c> of every entry.</summary>
    public IReadOnlySet<string> Entered => _entered;

    public CouponCounts Coupons { get; private set; } = CouponCounts.None;

    public async ValueTask AddAsync(LoggedOccasion line)
    {
        var partition = await CustomerPartition.LoadAsync(store, line.Customer);
        if (JourneyEntry.Find(partition, campaign.Key, line.Occasion) is not { EnteredAt: { } enteredAt, Arm: { } arm })
        {
            return;
        }

        _entered.Add(line.Customer.Value + "|" + line.Occasion);
        var touches = partition.Touchpoints().Where(t => t.Campaign == campaign.Key && t.Occasion == line.Occasion).ToArray();
        foreach (var touch in touches)
        {
            _touches[touch.State] = _touches.GetValueOrDefault(touch.State) + 1;
            tally.Add(touch, await UnsubscribedByAsync(touch));
        }

        var enteredOn = calendar.DayOf(enteredAt);
        // An id that became another customer's keeps its entries; its orders went along.
        var buyer = CustomerForward.Of(partition) is null ? partition : await CustomerForward.LoadAsync(store, line.Customer);
        _entries.Add(Outcome(line.Customer, arm, enteredOn, buyer, await WindowAsync(buyer.Key, enteredOn), touches));
    }

    private async ValueTask<List<Order>> WindowAsync(CustomerKey key, DateOnly enteredOn)
    {
        var inside = new List<Order>();
        await foreach (var order in RecordOrders.ReadAllAsync(store, key))
        {
            var day = calendar.DayOf(order.OccurredAt);
            if (order.IsPurchase && day >= enteredOn && day < enteredOn.AddDays(campaign.AttributionDays) && day <= asOf)
            {
                inside.Add(order);
            }
        }

        return inside;
    }

    private EntryOutcome Outcome(
        CustomerKey key,
        TestArm arm,
        DateOnly enteredOn,
        CustomerPartition partition,
        List<Order> orders,
        Touchpoint[] touches
    )
    {
        var discount = CountCoupons(touches, orders);
        var contacts = partition.Contacts();
        return new EntryOutcome(
            key,
            arm,
            enteredOn,
            contacts.Count > 0 ? contacts[0].Country : null,
            enteredOn.AddDays(campaign.AttributionDays) <= asOf.AddDays(1),
            orders.Count > 0,
            orders.Count,
            orders.Where(o => o.Total.Currency == settings.Currency).Sum(o => o.Net.Amount),
            discount
        );
    }

    /// <returns>What the campaign's own codes took off these orders.</returns>
    private decimal CountCoupons(Touchpoint[] touches, List<Order> orders)
    {
        var issued = touches
            .Where(t => t is { Coupon: not null, State: TouchpointState.Sent })
            .Select(t => Normal(t.Coupon!.Code))
            .ToHashSet();
        var redeemed = orders
            .Where(o => o.Coupons.Concat(o.Lines.Select(l => l.Coupon).OfType<string>()).Any(c => issued.Contains(Normal(c))))
            .ToArray();
        var discount = redeemed.Sum(o => o.Lines.Sum(l => l.Discount));
        Coupons = new CouponCounts(Coupons.Issued + issued.Count, Coupons.Redeemed + redeemed.Length, Coupons.DiscountCost + discount);
        return discount;
    }

    private static string Normal(string code) => CouponCodes.TryNormalize(code, out var normal) ? normal : code;

    private async ValueTask<bool> UnsubscribedByAsync(Touchpoint touch) =>
        touch.Address is { } address
        && (await _addresses.ReadAsync(address)).Suppression is { Reason: SuppressionReason.Unsubscribed } s
        && s.Source == touch.Reference.ToString();
}
