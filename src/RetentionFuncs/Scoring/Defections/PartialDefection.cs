using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring.Defections;

/// <summary>
/// Partial defection: the customer still orders, and has dropped a product family or fallen far below the spend of their own past.
/// Whoever is past Cooling is leaving as a whole, which the stage says already. Of simulated steady
/// buyers 1.2 % are flagged at a moment; of dropped families more than 95 % are found after eight of their gaps, of falls to a third of
/// the spend as many after ten baskets.
/// </summary>
public static class PartialDefection
{
    /// <summary>What is seen at the end of a day; families by how long they are silent, the longest first, then spend.</summary>
    /// <param name="summary">Of what was known by that day.</param>
    /// <param name="stage">At that day; null before the first purchase.</param>
    /// <param name="currency">Of the business; day amounts are in it.</param>
    public static IReadOnlyList<Defection> Of(PurchaseSummary summary, LapseStage? stage, DateOnly day, string currency)
    {
        if (stage is not { } at || at.IsLaterThan(LapseStage.Cooling))
        {
            return [];
        }

        var known = summary.DaysUpTo(day);
        var found = new List<Defection>(FamilyDrops.In(known, day));
        if (SpendFalls.In(known, currency) is { } fallen)
        {
            found.Add(fallen);
        }

        return found;
    }
}
