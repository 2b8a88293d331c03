using System.Globalization;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Imports;

/// <summary>Joins the lines of one order, from wherever in the file they stand.</summary>
internal static class OrderLines
{
    /// <summary>
    /// One order of its lines: the earliest moment; the order total if the file has one, else the sum of the amounts above zero; what
    /// is below zero is given back; an order of nothing but negative lines is a refund.
    /// </summary>
    /// <returns>Null with a problem when the lines contradict each other.</returns>
    public static Order? Join(IReadOnlyList<OrderRow> rows, out RowRefusal? problem)
    {
        var heads = rows.Where(r => r.IsHead).ToList();
        problem = Contradiction(rows, heads);
        if (problem is not null)
        {
            return null;
        }

        try
        {
            return Sum(rows, heads);
        }
        catch (OverflowException)
        {
            problem = new RowRefusal(
                "amount",
                "",
                new("adds up with the other lines of its order to more than can be held", "与同一订单其他行相加后超出范围")
            );
            return null;
        }
    }

    /// <summary>Whether two lines of the order say exactly the same.</summary>
    public static bool Repeats(IReadOnlyList<OrderRow> rows) =>
        rows.Count > 1 && rows.Select(r => (r.At, r.Amount, r.Line)).Distinct().Count() < rows.Count;

    private static RowRefusal? Contradiction(IReadOnlyList<OrderRow> rows, List<OrderRow> heads)
    {
        var order = rows[0].OrderId;
        if (heads.Count == 0)
        {
            return new RowRefusal(
                "",
                order,
                new("belongs to an order whose first row is missing or was refused", "所属订单的首行缺失或已被拒绝")
            );
        }

        var totals = heads.Where(h => h.OrderTotal is not null).Select(h => h.OrderTotal!.Value).Distinct().ToList();
        var currencies = heads.Select(h => h.Currency).Distinct().ToList();
        return totals.Count > 1
                ? new RowRefusal(
                    "order_total",
                    Both(totals[0], totals[1]),
                    new($"order {order} has two different totals", $"订单 {order} 有两个不同的总额")
                )
            : currencies.Count > 1
                ? new RowRefusal(
                    "currency",
                    $"{currencies[0]}, {currencies[1]}",
                    new($"order {order} is in two currencies", $"订单 {order} 有两种币种")
                )
            : null;
    }

    private static Order Sum(IReadOnlyList<OrderRow> rows, List<OrderRow> heads)
    {
        // Of an order with some lines called off, the others are the order.
        if (heads.Exists(h => h.IsByLine && h.Status == OrderStatus.Cancelled) && heads.Exists(h => h.Status != OrderStatus.Cancelled))
        {
            rows = [.. rows.Where(r => !r.IsHead || r.Status != OrderStatus.Cancelled)];
            heads = [.. heads.Where(h => h.Status != OrderStatus.Cancelled)];
        }

        var currency = heads[0].Currency!;
        var amounts = heads.Where(h => h.OrderTotal is not null).Take(1).Select(h => h.OrderTotal!.Value).ToList();
        var hasTotal = amounts.Count > 0;
        amounts = hasTotal ? amounts : [.. heads.Select(h => h.Amount ?? 0)];
        var total = amounts.Where(a => a > 0).Sum();
        var givenBack = amounts.Where(a => a < 0).Sum(a => -a);
        var refunds = heads.Where(h => h.Refunded is not null).Select(h => Math.Abs(h.Refunded!.Value)).ToList();
        var refunded =
            givenBack
            + (
                refunds.Count == 0 ? 0
                : hasTotal && !heads.Exists(h => h.IsByLine) ? refunds.Max()
                : refunds.Sum()
            );
        var status =
            heads.Any(h => h.Status == OrderStatus.Cancelled) ? OrderStatus.Cancelled
            : amounts.All(a => a < 0) ? OrderStatus.Refund
            : OrderStatus.Placed;
        return new Order(
            rows[0].OrderId,
            heads.Min(h => h.At!.Value),
            default,
            status,
            new Money(total, currency),
            refunded == 0 && heads.Any(h => h.IsGivenBack) ? total : refunded,
            [.. rows.Where(r => r.Line is not null).Select(r => r.Line!)],
            [.. CouponsOf(heads)]
        )
        {
            ToldAt = heads.Max(h => h.ToldAt),
        };
    }

    private static IEnumerable<string> CouponsOf(List<OrderRow> heads) =>
        heads
            .Where(h => h.Coupons is not null)
            .SelectMany(h => h.Coupons!.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.Ordinal);

    private static string Both(decimal first, decimal second) => string.Create(CultureInfo.InvariantCulture, $"{first}, {second}");
}
