namespace RetentionFuncs.Scoring.Models;

/// <summary>One customer's purchases as fits and back-tests read them: small enough to hold a million at once.</summary>
/// <param name="Days">Distinct purchase days as <see cref="DateOnly.DayNumber"/>, ascending, at least one.</param>
/// <param name="Amounts">Net spend of each of those days in the business's currency; empty when it is not known.</param>
/// <param name="ProfitRate">Profit as a share of net spend, where costs are known; null else.</param>
/// <param name="Market">ISO 3166 alpha-2 country of the primary contact; null when not known.</param>
/// <param name="Family">Product family of the first purchase; null when not known.</param>
/// <param name="DiscountShare">Discounts as a share of prices before discount, 0 to 1; null when lines tell nothing.</param>
public sealed record BuyingHistory(
    int[] Days,
    decimal[] Amounts,
    decimal? ProfitRate = null,
    string? Market = null,
    string? Family = null,
    decimal? DiscountShare = null
)
{
    /// <summary>How many purchase days lie on or before the day.</summary>
    public int CountUpTo(int day)
    {
        var at = Array.BinarySearch(Days, day);
        return at < 0 ? ~at : at + 1;
    }

    /// <summary>As known at the end of the day, or null when the first purchase came later.</summary>
    public BuyingPattern? PatternOn(int day)
    {
        var count = CountUpTo(day);
        return count == 0 ? null : new BuyingPattern(count - 1, Days[count - 1] - Days[0], day - Days[0]);
    }

    /// <summary>The first so many purchase days.</summary>
    internal BuyingHistory Cut(int days) => this with { Days = Days[..days], Amounts = Amounts[..Math.Min(days, Amounts.Length)] };
}
