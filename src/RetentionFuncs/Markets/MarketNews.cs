using RetentionFuncs.Orders;

namespace RetentionFuncs.Markets;

/// <summary>What holds for every customer: what we offer all of them, and what others ask for the same goods.</summary>
/// <param name="ToldAt">The moment the news speaks for; older news never overwrites newer.</param>
public abstract record MarketNews(DateTimeOffset ToldAt)
{
    /// <summary>A promotion of ours; those who mind prices and those who have lapsed are told first (playbook P4).</summary>
    /// <param name="Sku">The product it is about; null with a null family: everything.</param>
    /// <param name="From">First day.</param>
    /// <param name="Until">Last day, included.</param>
    public sealed record Promotion(
        string Id,
        string? Name,
        string? Sku,
        string? Family,
        DateOnly From,
        DateOnly Until,
        DateTimeOffset ToldAt
    ) : MarketNews(ToldAt)
    {
        public bool RunsOn(DateOnly day) => From <= day && day <= Until;
    }

    /// <summary>What a rival was seen to ask for a product of ours (playbook P22: value not below the rival's).</summary>
    /// <param name="ToldAt">When it was seen.</param>
    public sealed record RivalPrice(string Sku, string Rival, Money Price, DateTimeOffset ToldAt) : MarketNews(ToldAt);
}
