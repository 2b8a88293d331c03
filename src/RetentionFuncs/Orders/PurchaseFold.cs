using RetentionFuncs.Clocks;

namespace RetentionFuncs.Orders;

/// <summary>Folds orders into the summary. Adding new orders to a summary equals folding all of them at once, in any order.</summary>
public static class PurchaseFold
{
    /// <summary>The summary of exactly these orders.</summary>
    public static PurchaseSummary Of(IEnumerable<Order> orders, BusinessCalendar calendar) => Add(PurchaseSummary.Empty, orders, calendar);

    /// <summary>The summary with orders added that it did not hold before.</summary>
    /// <exception cref="OverflowException">A total passes what a decimal holds.</exception>
    public static PurchaseSummary Add(PurchaseSummary summary, IEnumerable<Order> orders, BusinessCalendar calendar)
    {
        var days = new SortedSet<DateOnly>(summary.PurchaseDays);
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
                days.Add(calendar.DayOf(order.OccurredAt));
                count++;
            }
        }

        return new PurchaseSummary([.. days], count, [.. spend.Select(s => new Money(s.Value, s.Key))]);
    }
}
