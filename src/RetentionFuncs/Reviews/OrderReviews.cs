using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Reviews;

/// <summary>The reviews that "so many days after an order" asks for.</summary>
public static class OrderReviews
{
    /// <summary>How long after its day such a review may still be made up: what is older stays quiet, so that an import mails no one.</summary>
    public const int LateDays = 7;

    public static IEnumerable<DueRow> For(
        CustomerKey key,
        IEnumerable<Order> orders,
        int days,
        BusinessCalendar calendar,
        DateOnly today
    ) =>
        orders
            .Where(o => o.IsPurchase)
            .Select(o => (o.ExternalId, Day: calendar.DayOf(o.OccurredAt).AddDays(days)))
            .Where(o => o.Day.AddDays(LateDays) >= today)
            .Select(o => new DueRow(o.Day > today ? o.Day : today, DueKind.Order, key, $"{days}|{OrderKey.Of(o.ExternalId)}"));
}
