using System.Globalization;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>
/// The one-off bulk purchase: most of a year's spend in one day, and far beyond the usual one. For the tier it counts as so many usual
/// ones as make it bulk and no more, for this customer and for the cut points of all.
/// </summary>
internal static class OneOffBulk
{
    /// <param name="usual">Of a purchase day over the whole base.</param>
    /// <returns>The history with that day's amount cut down, or null when there is no such day.</returns>
    public static BuyingHistory? CutDown(BuyingHistory history, BuyingYear year, decimal? usual, FalseKeyThresholds limits)
    {
        if (
            year is not { LargestAt: >= 0 and var at, Volume: > 0 and var volume }
            || usual is not > 0
            || history.Amounts[at] < volume * limits.BulkShare
            || history.Amounts[at] <= usual * limits.BulkTimes
        )
        {
            return null;
        }

        var rest = history with { Amounts = [.. history.Amounts] };
        rest.Amounts[at] = usual.Value * limits.BulkTimes;
        return rest;
    }

    /// <summary>Only asked where there is such a day.</summary>
    public static Phrase Evidence(ValueCase of)
    {
        var amount = of.History.Amounts[of.Year.LargestAt];
        var day = DateOnly.FromDayNumber(of.History.Days[of.Year.LargestAt]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var share = Math.Min(1, amount / of.Year.Volume).ToString("0.#%", CultureInfo.InvariantCulture);
        var times = (amount / of.Cuts.UsualDayAmount!.Value).ToString("0", CultureInfo.InvariantCulture);
        var counts = of.Cuts.Settings.FalseKeys.BulkTimes.ToString("0.#", CultureInfo.InvariantCulture);
        return new(
            $"one purchase on {day} is {share} of the year's spend, {times} times the usual one; it counts as {counts} usual ones",
            $"{day} 的一笔采购占全年消费的 {share}，是平常单次的 {times} 倍；分层时按 {counts} 次平常采购计"
        );
    }
}
