namespace RetentionFuncs.Orders;

/// <summary>Something the shop sells.</summary>
/// <param name="Sku">The shop's own code for it; kept as text.</param>
/// <param name="Family">What it belongs to: products of one family run out alike.</param>
/// <param name="Role">Set by the business, never computed; null while nobody has said.</param>
/// <param name="Cost">What one piece costs the shop, where known.</param>
public sealed record Product(string Sku, string? Name, string? Family, ProductRole? Role, Money? Cost)
{
    /// <summary>Days that one piece is expected to last its buyer, above zero; null while nobody has said.</summary>
    public int? LifeDays { get; init; }

    /// <summary>Days from order to delivery, zero or more; null while nobody has said.</summary>
    public int? LeadDays { get; init; }

    /// <summary>The first day on which what was bought will be used up; null when that is not known, or more than ten years off.</summary>
    /// <param name="quantity">Pieces bought on <paramref name="bought"/>.</param>
    public DateOnly? UsedUpOn(DateOnly bought, decimal quantity) =>
        LifeDays is { } life && quantity is > 0 and < 10_000 && Math.Ceiling(life * quantity) is <= 3653 and var days
            ? bought.AddDays((int)days)
            : null;
}

/// <summary>What a product is for in the range (playbook P12); offers name the roles they may touch.</summary>
public enum ProductRole
{
    /// <summary>引流: made for the whole market, draws people in.</summary>
    Traffic,

    /// <summary>利润: made for the buyers one wants to keep; seldom discounted.</summary>
    Profit,

    /// <summary>边缘: sells little and leads to nothing else.</summary>
    Marginal,

    /// <summary>潜力: may become a traffic or profit product.</summary>
    Potential,
}
