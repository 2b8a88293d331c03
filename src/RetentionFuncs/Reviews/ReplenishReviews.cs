using System.Collections.Concurrent;
using System.Globalization;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>The reviews that "so many days before it is used up" asks for, and what such a review finds.</summary>
internal sealed class ReplenishReviews(IRowStore store, BusinessCalendar calendar)
{
    private static readonly TimeSpan CacheFor = TimeSpan.FromMinutes(1);
    private const int MostCached = 10_000;

    private readonly ProductRows _products = new(store);
    private readonly ConcurrentDictionary<string, (Product? Product, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <summary>The rows of all lines whose product has an expected life; those too old to be news are left out, as after an order.</summary>
    public async IAsyncEnumerable<DueRow> ForAsync(
        CustomerKey key,
        IEnumerable<Order> orders,
        int daysBefore,
        DateOnly today,
        DateTimeOffset now
    )
    {
        foreach (var order in orders.Where(o => o.IsPurchase))
        {
            foreach (var sku in SkusOf(order))
            {
                if (await DueOnAsync(order, sku, daysBefore, now) is { } day && day.AddDays(OrderReviews.LateDays) >= today)
                {
                    var text = daysBefore.ToString(CultureInfo.InvariantCulture);
                    var reference = $"{text}|{OrderKey.Of(order.ExternalId)}|{OrderKey.Of(sku)}";
                    yield return new DueRow(day > today ? day : today, DueKind.Replenish, key, reference);
                }
            }
        }
    }

    /// <summary>Only the last purchase of a product counts, and only while it was not called off; a life told anew moves the day.</summary>
    public async ValueTask<Occasion?> OccasionAsync(CustomerKey key, DueRow row, ReviewEffects effects, DateOnly today, DateTimeOffset now)
    {
        var parts = row.Reference.Split('|');
        var (daysBefore, orderKey, skuKey) = (
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            new OrderKey(parts[1]),
            new OrderKey(parts[2])
        );
        Order? last = null;
        await foreach (var order in RecordOrders.ReadAllAsync(store, key))
        {
            last = order.IsPurchase && SkusOf(order).Any(s => OrderKey.Of(s) == skuKey) && IsLater(order, last) ? order : last;
        }

        if (last is null || OrderKey.Of(last.ExternalId) != orderKey)
        {
            return null;
        }

        var sku = SkusOf(last).First(s => OrderKey.Of(s) == skuKey);
        if (await DueOnAsync(last, sku, daysBefore, now) is not { } day)
        {
            return null;
        }

        if (day > today)
        {
            effects.Due.Add(row with { Day = day });
            return null;
        }

        return Occasion.Replenish(daysBefore, orderKey, skuKey, row.Day);
    }

    /// <summary>Of each product the last purchase, as orders with no other lines.</summary>
    public static IEnumerable<Order> LastOfEach(IEnumerable<Order> orders)
    {
        var last = new Dictionary<string, Order>(StringComparer.Ordinal);
        foreach (var order in orders.Where(o => o.IsPurchase))
        {
            foreach (var sku in SkusOf(order).Where(s => IsLater(order, last.GetValueOrDefault(s))))
            {
                last[sku] = order;
            }
        }

        return last.Select(l => l.Value with { Lines = [.. l.Value.Lines.Where(line => line.Sku == l.Key)] });
    }

    private static IEnumerable<string> SkusOf(Order order) =>
        order.Lines.Select(l => l.Sku).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal);

    private static bool IsLater(Order order, Order? than) =>
        than is null
        || order.OccurredAt > than.OccurredAt
        || (order.OccurredAt == than.OccurredAt && string.CompareOrdinal(order.ExternalId, than.ExternalId) > 0);

    private async ValueTask<DateOnly?> DueOnAsync(Order order, string sku, int daysBefore, DateTimeOffset now)
    {
        var quantity = order.Lines.Where(l => l.Sku == sku).Sum(l => l.Quantity);
        var product = await FindAsync(sku, now);
        return product?.UsedUpOn(calendar.DayOf(order.OccurredAt), quantity)?.AddDays(-daysBefore);
    }

    /// <summary>A file of orders asks for the same few products again and again.</summary>
    private async ValueTask<Product?> FindAsync(string sku, DateTimeOffset now)
    {
        if (_known.TryGetValue(sku, out var known) && (now - known.At).Duration() < CacheFor)
        {
            return known.Product;
        }

        var product = await _products.FindAsync(sku);
        if (_known.Count >= MostCached)
        {
            _known.Clear();
        }

        _known[sku] = (product, now);
        return product;
    }
}
