namespace RetentionFuncs.Embedded.Demo;

/// <param name="Day">In the business's zone.</param>
/// <param name="Refunded">Given back since, part or all of the total.</param>
/// <param name="Coupon">The code used, or null.</param>
public sealed record DemoOrder(
    string Id,
    string CustomerId,
    DateOnly Day,
    DateTimeOffset At,
    bool Cancelled,
    decimal Refunded,
    IReadOnlyList<DemoOrderLine> Lines,
    string? Coupon
)
{
    /// <summary>What the customer paid for goods, after discounts and before refunds, in euros.</summary>
    public decimal Total => Lines.Sum(l => l.Net);

    public decimal Discount => Lines.Sum(l => l.Discount);
}

/// <param name="Net">Paid for the line, after its discount.</param>
public sealed record DemoOrderLine(DemoProduct Product, int Quantity, decimal Net, decimal Discount);
