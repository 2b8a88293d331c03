namespace RetentionFuncs.Embedded.Demo;

/// <summary>
/// The generated customers during the run. Asked day by day, in order; whether a customer buys hangs on their hidden traits and on the
/// messages they were sent, and the day's luck is the same with and without those messages.
/// </summary>
public sealed class DemoBehaviour
{
    private readonly DemoShop _shop;
    private readonly DemoDraws _draws;
    private readonly bool[] _away;
    private readonly List<(DateOnly From, bool Away)>[] _states;
    private DateOnly _next;

    internal DemoBehaviour(DemoShop shop, DemoDraws draws)
    {
        (_shop, _draws) = (shop, draws);
        _away = [.. shop.AwayAtEnd];
        _states = [.. _away.Select(away => new List<(DateOnly, bool)> { (DateOnly.MinValue, away) })];
        _next = shop.HistoryEnd.AddDays(1);
    }

    /// <summary>The orders of one day, by time.</summary>
    /// <param name="contactsOf">What a customer (external id) has been sent so far, up to and including that day; empty for control.</param>
    /// <exception cref="InvalidOperationException">Not the day after the one asked for last.</exception>
    public IReadOnlyList<DemoOrder> OrdersOn(DateOnly day, Func<string, IReadOnlyList<DemoContact>> contactsOf)
    {
        if (day != _next)
        {
            throw new InvalidOperationException($"The next day to ask for is {_next:yyyy-MM-dd}, not {day:yyyy-MM-dd}.");
        }

        _next = day.AddDays(1);
        var orders = new List<DemoOrder>();
        foreach (var customer in _shop.People)
        {
            var contacts = contactsOf(customer.ExternalId);
            var chance = DemoLift.Chance(customer, DemoCourse.BaseChance(customer, day, _away[customer.Index]), contacts, day);
            if (_draws.Uniform(customer.Index, day.DayNumber, DemoDraw.Buys) < chance)
            {
                orders.Add(Order(customer, day, contacts));
                _away[customer.Index] = DemoCourse.DropsOut(customer, _draws, day);
                _states[customer.Index].Add((day.AddDays(1), _away[customer.Index]));
            }
        }

        return [.. orders.OrderBy(o => o.At).ThenBy(o => o.Id, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The true effect of a campaign on exactly these entries: the mean of each one's chance to order within the window when treated less
    /// that chance when left alone, whatever arm was drawn. Computed from the daily chances, not from what happened.
    /// </summary>
    /// <returns>−1 to 1; zero without entries.</returns>
    public double TruthFor(IEnumerable<DemoEntry> entries)
    {
        var (sum, count) = (0.0, 0);
        foreach (var entry in entries)
        {
            sum += ChanceWithin(entry, entry.WhenTreated) - ChanceWithin(entry, []);
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>The chance of at least one order from the entry's day to the end of its window. Exact: until the first order nothing changes the state.</summary>
    /// <param name="contacts">What the campaign sends, beside what the customer gets either way.</param>
    internal double ChanceWithin(DemoEntry entry, IReadOnlyList<DemoContact> contacts)
    {
        var customer = _shop.ById[entry.CustomerId];
        var all = contacts.Count == 0 ? entry.EitherWay : [.. contacts, .. entry.EitherWay];
        var away = StateAt(customer, entry.EnteredOn);
        var none = 1.0;
        for (var i = 0; i < entry.WindowDays; i++)
        {
            var day = entry.EnteredOn.AddDays(i);
            none *= 1 - DemoLift.Chance(customer, DemoCourse.BaseChance(customer, day, away), all, day);
        }

        return 1 - none;
    }

    private bool StateAt(DemoCustomer customer, DateOnly day) => _states[customer.Index].FindLast(s => s.From <= day).Away;

    private DemoOrder Order(DemoCustomer customer, DateOnly day, IReadOnlyList<DemoContact> contacts)
    {
        var coupon = contacts.Select(c => c.Coupon).OfType<DemoCoupon>().Where(c => c.EndsOn >= day).MaxBy(c => c.Percent);
        var uses = coupon is not null && _draws.Uniform(customer.Index, day.DayNumber, DemoDraw.UsesCoupon) < 0.8;
        return uses ? _shop.Baskets.Order(customer, day, coupon!.Code, coupon.Percent) : _shop.Baskets.Order(customer, day);
    }
}
