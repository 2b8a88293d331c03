using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>One history in figures: the 365 days up to a day (included), and what of it came in one go.</summary>
/// <param name="Days">Purchase days within the year.</param>
/// <param name="Volume">Their net spend; below zero when more was given back than bought.</param>
/// <param name="DaysEver">Purchase days up to the day.</param>
/// <param name="LargestAt">Index in the history of the year's largest purchase day, or −1.</param>
public readonly record struct BuyingYear(int Days, decimal Volume, int DaysEver, int LargestAt)
{
    public const int Length = 365;

    /// <summary>What is not known counts as no spend; days after <paramref name="asOf"/> do not count.</summary>
    public static BuyingYear Of(BuyingHistory history, int asOf)
    {
        var (from, to) = (history.CountUpTo(asOf - Length), history.CountUpTo(asOf));
        var (volume, largest) = (0m, -1);
        for (var i = from; i < to && i < history.Amounts.Length; i++)
        {
            volume += history.Amounts[i];
            largest = largest < 0 || history.Amounts[i] > history.Amounts[largest] ? i : largest;
        }

        return new BuyingYear(to - from, volume, to, largest);
    }
}
