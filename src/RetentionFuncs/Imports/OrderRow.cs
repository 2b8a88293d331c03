using RetentionFuncs.Orders;

namespace RetentionFuncs.Imports;

/// <summary>One line of an order file.</summary>
/// <param name="IsHead">Whether the row speaks for its order; Shopify's follow-on lines do not.</param>
/// <param name="At">Null on a follow-on line.</param>
/// <param name="Amount">What the line came to after its discount; negative = given back.</param>
/// <param name="OrderTotal">The whole order's total, where the file has one.</param>
/// <param name="Refunded">Given back, as a column of its own says.</param>
/// <param name="IsGivenBack">The status word says the whole order was given back.</param>
internal sealed record OrderRow(
    string Customer,
    string OrderId,
    bool IsHead,
    DateTimeOffset? At,
    string? Currency,
    decimal? Amount,
    decimal? OrderTotal,
    decimal? Refunded,
    OrderStatus Status,
    bool IsGivenBack,
    OrderLine? Line,
    string? Coupons,
    ContactUpdate? Contact
)
{
    /// <summary>The order waits for its payment.</summary>
    public bool IsUnpaid { get; init; }

    /// <summary>Status and money given back are the line's own, not the whole order's.</summary>
    public bool IsByLine { get; init; }

    /// <summary>The moment the row speaks for; null when the form does not tell.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}
