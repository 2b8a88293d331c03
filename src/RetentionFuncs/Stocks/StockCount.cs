namespace RetentionFuncs.Stocks;

/// <summary>What a dealer had of one product at the end of a day, and sold on of it before.</summary>
/// <param name="Stock">Pieces, zero or more.</param>
/// <param name="Sold">Pieces sold on in (<paramref name="Since"/>, <paramref name="On"/>]; null when not told.</param>
/// <param name="Since">Null: since the count before this one.</param>
public sealed record StockCount(string Sku, DateOnly On, decimal Stock, decimal? Sold, DateOnly? Since)
{
    /// <summary>Pieces a day; null when not known.</summary>
    public decimal? PerDay => Sold is { } sold && Since is { } from && from < On ? sold / (On.DayNumber - from.DayNumber) : null;

    /// <summary>The last whole day that the stock lasts for when it sells on as before; null when that is not known, or more than ten years off.</summary>
    public DateOnly? LastsUntil =>
        PerDay is > 0 and var pace && Stock / pace is < 3653 and var days ? On.AddDays((int)Math.Floor(days)) : null;
}
