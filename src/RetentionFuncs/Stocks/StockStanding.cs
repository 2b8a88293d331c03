namespace RetentionFuncs.Stocks;

/// <summary>Products of a dealer that will run out, the scarcest first.</summary>
/// <param name="LastsUntil">The last day the stock lasts for by its count.</param>
public sealed record ScarceProduct(string Sku, DateOnly CountedOn, decimal Stock, DateOnly LastsUntil)
{
    /// <summary>Whole days of cover left at the end of a day; never negative.</summary>
    public int DaysLeftOn(DateOnly day) => Math.Max(0, LastsUntil.DayNumber - day.DayNumber);
}

/// <summary>What is known of a dealer's stock. What is bought after a count is not in it until the next one.</summary>
public sealed record StockStanding(IReadOnlyList<ScarceProduct> Scarce)
{
    /// <summary>Products kept here.</summary>
    public const int MostKept = 32;

    /// <summary>Days after which a count says nothing any more.</summary>
    public const int FreshDays = 60;

    public static StockStanding Unknown { get; } = new([]);

    public static StockStanding Of(IEnumerable<StockCount> newest) =>
        new([
            .. newest
                .Where(c => c.LastsUntil is not null)
                .Select(c => new ScarceProduct(c.Sku, c.On, c.Stock, c.LastsUntil!.Value))
                .OrderByDescending(p => p.CountedOn > Latest(newest).AddDays(-FreshDays))
                .ThenBy(p => p.LastsUntil)
                .ThenBy(p => p.Sku, StringComparer.Ordinal)
                .Take(MostKept),
        ]);

    /// <summary>The product that runs out first, of those counted in the 60 days before a day; null when none is known.</summary>
    public ScarceProduct? ScarcestOn(DateOnly day) =>
        Scarce
            .Where(p => p.CountedOn <= day && p.CountedOn > day.AddDays(-FreshDays))
            .OrderBy(p => p.LastsUntil)
            .ThenBy(p => p.Sku, StringComparer.Ordinal)
            .FirstOrDefault();

    private static DateOnly Latest(IEnumerable<StockCount> counts) => counts.Max(c => c.On);
}
