namespace RetentionFuncs.Orders;

/// <summary>One order as the shop last told it.</summary>
/// <param name="ExternalId">As the shop knows it, unique under the shop.</param>
/// <param name="OccurredAt">When it was placed, with its offset.</param>
/// <param name="RecordedAt">When we learnt of this version.</param>
/// <param name="Total">What the customer paid for goods, before refunds; zero is a purchase with spend 0; never negative.</param>
/// <param name="Refunded">What was given back since; zero or more.</param>
/// <param name="Lines">Empty where the file has none.</param>
/// <param name="Coupons">Codes used, as typed.</param>
public sealed record Order(
    string ExternalId,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    OrderStatus Status,
    Money Total,
    decimal Refunded,
    IReadOnlyList<OrderLine> Lines,
    IReadOnlyList<string> Coupons
)
{
    /// <summary>
    /// The moment the shop's telling speaks for, or null when it did not say. A telling never replaces one that speaks for a later moment,
    /// so that events may come in any order.
    /// </summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Whether the order makes its day a purchase day: placed and not cancelled. A refunded order does; its spend is net.</summary>
    public bool IsPurchase => Status == OrderStatus.Placed;

    public Money Net => Total with { Amount = Total.Amount - Refunded };
}

public enum OrderStatus
{
    Placed,

    /// <summary>Called off before it counted: no purchase day, no spend.</summary>
    Cancelled,

    /// <summary>Money given back without naming the order it belongs to: no purchase day, negative spend in <see cref="Order.Refunded"/>.</summary>
    Refund,
}

/// <param name="Net">What was paid for the line, after its discount.</param>
/// <param name="Cost">What the goods cost the shop, where known.</param>
public sealed record OrderLine(string Sku, string? Family, decimal Quantity, decimal Net, decimal Discount, decimal? Cost, string? Coupon);
