using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Where history is cut: as of minus one horizon, minus two and so on, so that no two holdouts overlap.</summary>
/// <param name="Splits">Compared on, newest first; empty when there is too little to compare.</param>
/// <param name="Earlier">
/// Beside each split, the one a horizon earlier, whose outcome is known at the split's calibration end: baselines learn their curve there.
/// Empty when history is too short for it, and then no baseline is compared.
/// </param>
internal sealed record HoldoutPlan(IReadOnlyList<HoldoutSplit> Splits, IReadOnlyList<HoldoutSplit> Earlier)
{
    public HoldoutPlan Newest(int count) => new([.. Splits.Take(count)], [.. Earlier.Take(count)]);

    public static HoldoutPlan Of(IReadOnlyList<BuyingHistory> histories, int asOf, int horizonDays, int most)
    {
        var enough = Enumerable
            .Range(1, most + 1)
            .Select(k => HoldoutSplit.At(histories, asOf - (k * horizonDays), horizonDays))
            .TakeWhile(s => s.Customers.Length > 0 && s.IsEnough)
            .ToList();
        return enough.Count <= 1 ? new HoldoutPlan(enough, []) : new HoldoutPlan([.. enough.Take(enough.Count - 1)], [.. enough.Skip(1)]);
    }
}
