using RetentionFuncs.Clocks;

namespace RetentionFuncs.Orders;

/// <summary>Folds orders into the summary. Adding new orders to a summary equals folding all of them at once, in any order.</summary>
public static class PurchaseFold
{
    /// <summary>The summary of exactly these orders.</summary>
    /// <param name="currency">Of the business: day amounts are kept in it.</param>
    public static PurchaseSummary Of(IEnumerable<Order> orders, BusinessCalendar calendar, string currency) =>
        Add(PurchaseSummary.Empty, orders, calendar, currency);

    /// <summary>The summary with orders added that it did not hold before.</summary>
    /// <exception cref="OverflowException">A total passes what a decimal holds.</exception>
    public static PurchaseSummary Add(PurchaseSummary summary, IEnumerable<Order> orders, BusinessCalendar calendar, string currency)
    {
        var days = new SortedDictionary<DateOnly, decimal>();
        for (var i = 0; i < summary.PurchaseDays.Count; i++)
        {
            days[summary.PurchaseDays[i]] = i < summary.DayAmounts.Count ? summary.DayAmounts[i] : 0;
        }

        var spend = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var money in summary.Spend)
        {
            spend[money.Currency] = money.Amount;
        }

        var count = summary.Orders;
        foreach (var order in orders.Where(o => o.Status != OrderStatus.Cancelled))
        {
            spend[order.Total.Currency] = spend.GetValueOrDefault(order.Total.Currency) + order.Net.Amount;
            if (order.IsPurchase)
            {
                var day = calendar.DayOf(order.OccurredAt);
                days[day] = days.GetValueOrDefault(day) + (order.Total.Currency == currency ? order.Net.Amount : 0);
                count++;
            }
        }

        // A summary without amounts or traits is an older program's: half of them would mislead, so there are none until it is folded anew.
        var known = summary.DayAmounts.Count == summary.PurchaseDays.Count;
        var traits = summary.Traits ?? (summary.HasPurchases || summary.Spend.Count > 0 ? null : BuyingTraits.None);
        return new PurchaseSummary([.. days.Keys], count, [.. spend.Select(s => new Money(s.Value, s.Key))])
        {
            DayAmounts = known ? [.. days.Values] : [],
            Market = summary.Market,
            Traits = known ? traits?.Add(orders, calendar, currency) : null,
        };
    }
}
