using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring.Defections;

/// <summary>
/// Families that stopped while others went on. Long by the calendar is not enough: somebody who puts a family into every third basket
/// leaves it out five times running now and then. So the silence must also be improbable for the customer's own habit.
/// </summary>
internal static class FamilyDrops
{
    private const int LeastDays = 3;
    private const int LeastOtherDays = 3;
    private const double Gaps = 3;

    /// <summary>How improbable the silence must be, over all families of a customer together.</summary>
    private const double Surprise = 0.03;

    public static IEnumerable<Defection> In(PurchaseSummary summary, DateOnly day)
    {
        var families = (summary.Traits?.Families ?? [])
            .Select(f => new Family(f.Name, [.. f.Days.Where(d => d <= day)]))
            .Where(f => f.Days.Length > 0)
            .ToList();
        var candidates = families.Where(f => f.Days.Length >= LeastDays).ToList();
        return candidates
            .Select(f => Look(f, families, summary, day, Surprise / candidates.Count))
            .OfType<Defection.FamilyDropped>()
            .OrderByDescending(f => f.SilentDays)
            .ThenBy(f => f.Family, StringComparer.Ordinal);
    }

    private sealed record Family(string Name, DateOnly[] Days)
    {
        public DateOnly Last => Days[^1];

        public int Repeats => Days.Length - 1;

        public int Span => Last.DayNumber - Days[0].DayNumber;

        public int LongestGap => Enumerable.Range(1, Repeats).Max(i => Days[i].DayNumber - Days[i - 1].DayNumber);
    }

    private static Defection.FamilyDropped? Look(Family family, List<Family> all, PurchaseSummary summary, DateOnly day, double surprise)
    {
        var silence = day.DayNumber - family.Last.DayNumber;
        var others = all.Where(f => f != family).SelectMany(f => f.Days).Where(d => d > family.Last).Distinct().Count();
        if (
            others < LeastOtherDays
            || silence <= Gaps * ShrunkGap(family, all)
            || silence <= family.LongestGap
            || ChanceOfMissing(family, summary, others) > surprise
        )
        {
            return null;
        }

        var usual = (int)Math.Round((double)family.Span / family.Repeats, MidpointRounding.AwayFromZero);
        return new Defection.FamilyDropped(family.Name, silence, Math.Max(1, usual), others);
    }

    /// <summary>The family's mean gap, drawn by one gap's weight towards the mean gap of all the customer's families.</summary>
    private static double ShrunkGap(Family family, List<Family> all)
    {
        var pooled = (double)all.Sum(f => f.Span) / Math.Max(1, all.Sum(f => f.Repeats));
        return (family.Span + pooled) / (family.Repeats + 1);
    }

    /// <summary>
    /// The chance that so many baskets in a row leave the family out if nothing has changed: beta-binomial with an even prior on the
    /// share of baskets that held it, from its first kept day to its last.
    /// </summary>
    private static double ChanceOfMissing(Family family, PurchaseSummary summary, int missed)
    {
        var baskets = summary.PurchaseDays.Count(d => d > family.Days[0] && d <= family.Last);
        var without = Math.Max(0, baskets - family.Repeats);
        var chance = 1.0;
        for (var i = 0; i < missed; i++)
        {
            chance *= (1.0 + without + i) / (2.0 + Math.Max(baskets, family.Repeats) + i);
        }

        return chance;
    }
}
