using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>History cut in time: what was known at the end of one day, and what happened in the horizon after it.</summary>
/// <param name="CalibrationEnd">Day number; purchase days on it are known.</param>
/// <param name="Customers">Position of each case's customer in the list it was cut from, ascending.</param>
/// <param name="Patterns">As known at the calibration end, beside <paramref name="Customers"/>.</param>
/// <param name="Orders">Purchase days within the horizon after it, last day included.</param>
internal sealed record HoldoutSplit(int CalibrationEnd, int HorizonDays, int[] Customers, BuyingPattern[] Patterns, int[] Orders)
{
    public int Returned { get; } = Orders.Count(o => o > 0);

    /// <param name="end">Customers whose first purchase came later are not part of it.</param>
    public static HoldoutSplit At(IReadOnlyList<BuyingHistory> histories, int end, int horizonDays)
    {
        var (customers, patterns, orders) = (new List<int>(), new List<BuyingPattern>(), new List<int>());
        for (var i = 0; i < histories.Count; i++)
        {
            if (histories[i].PatternOn(end) is { } pattern)
            {
                customers.Add(i);
                patterns.Add(pattern);
                orders.Add(histories[i].CountUpTo(end + horizonDays) - histories[i].CountUpTo(end));
            }
        }

        return new HoldoutSplit(end, horizonDays, [.. customers], [.. patterns], [.. orders]);
    }

    /// <summary>Whether enough was known and enough happened to compare by; the shop must be a horizon old at the cut.</summary>
    public bool IsEnough =>
        Customers.Length >= ChoiceOptions.LeastCompared
        && Returned >= ChoiceOptions.LeastReturned
        && Patterns.Max(p => p.Age) >= HorizonDays;
}
