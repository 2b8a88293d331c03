using RetentionFuncs.Clocks;

namespace RetentionFuncs.Orders;

/// <summary>
/// What all orders of a customer tell beyond days and spend, folded like the summary: adding orders one by one equals folding them at
/// once, in any order, and its size is bounded. Amounts are of orders in the business's currency; families and goods are of all.
/// </summary>
public sealed record BuyingTraits
{
    /// <summary>Families kept apart. Of more, those with the smallest hash of their name are kept, which no order of arrival can change.</summary>
    public const int MostFamilies = 32;

    /// <summary>Different goods counted.</summary>
    public const int MostSkus = 64;

    public static BuyingTraits None { get; } = new();

    /// <summary>Product family of the first purchase day where lines tell; of several orders that day, the first by name.</summary>
    public string? FirstFamily { get; init; }

    public DateOnly? FirstFamilyOn { get; init; }

    /// <summary>Purchases in the business's currency.</summary>
    public int Purchases { get; init; }

    /// <summary>Of those, the ones with a discount on a line or a coupon.</summary>
    public int DiscountedPurchases { get; init; }

    /// <summary>Given off on lines.</summary>
    public decimal Discount { get; init; }

    /// <summary>Total of the purchases before discount and refunds.</summary>
    public decimal Gross { get; init; }

    /// <summary>Given back since, whether or not it named its order.</summary>
    public decimal Refunded { get; init; }

    /// <summary>Orders with money given back; a refund that names no order counts as one.</summary>
    public int RefundedOrders { get; init; }

    /// <summary>Net of the largest single purchase, after refunds; zero without purchases.</summary>
    public decimal LargestOrder { get; init; }

    /// <summary>Its day; the earliest of equals.</summary>
    public DateOnly? LargestOrderOn { get; init; }

    /// <summary>Pieces on all lines.</summary>
    public decimal Quantity { get; init; }

    public int Lines { get; init; }

    public int LinesWithoutCost { get; init; }

    /// <summary>Net of the lines whose cost is known.</summary>
    public decimal CostedNet { get; init; }

    /// <summary><see cref="CostedNet"/> less the cost of those lines.</summary>
    public decimal Profit { get; init; }

    /// <summary>By name.</summary>
    public IReadOnlyList<FamilyTraits> Families { get; init; } = [];

    /// <summary>Net of lines in families beyond <see cref="MostFamilies"/>.</summary>
    public decimal OtherFamiliesNet { get; init; }

    internal IReadOnlyList<uint> SkuHashes { get; init; } = [];

    /// <summary>Different goods bought; <see cref="MostSkus"/> stands for that many or more.</summary>
    public int Skus => SkuHashes.Count;

    /// <summary>Profit per unit of net over the lines with known cost; null when there is none.</summary>
    public decimal? ProfitRate => CostedNet > 0 ? Profit / CostedNet : null;

    /// <summary>Share of purchases with a discount or coupon, 0 to 1; zero without purchases.</summary>
    public decimal DiscountedShare => Purchases == 0 ? 0 : (decimal)DiscountedPurchases / Purchases;

    /// <summary>Discount per unit of what was asked before it, 0 to 1; zero without purchases.</summary>
    public decimal DiscountRate => Gross > 0 ? Discount / Gross : 0;

    /// <summary>Share of what was paid that was given back, 0 to 1; zero without purchases.</summary>
    public decimal RefundRate => Gross - Discount > 0 ? Math.Min(1, Refunded / (Gross - Discount)) : 0;

    /// <param name="orders">Not folded in before.</param>
    /// <exception cref="OverflowException">A total passes what a decimal holds.</exception>
    public BuyingTraits Add(IEnumerable<Order> orders, BusinessCalendar calendar, string currency)
    {
        var fold = new TraitFold(this, currency);
        foreach (var order in orders)
        {
            fold.Add(order, calendar.DayOf(order.OccurredAt));
        }

        return fold.Result();
    }

    internal string Write() => TraitText.Write(this);

    internal static BuyingTraits? Read(string? json) => json is null ? null : TraitText.Read(json);
}
