using System.Globalization;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Values;

/// <summary>Why a small customer is worth helping to grow (playbook P8). Nobody without it is refused anything.</summary>
public sealed record Potential(IReadOnlyList<Phrase> Evidence);

/// <summary>Looks for growth in customers below the major tier. Pure.</summary>
internal static class FindPotential
{
    private const int HalfYear = 182;
    private const int NewestBaskets = 3;
    private const decimal Growth = 1.25m;

    /// <returns>Null when the customer is a big one, or nothing speaks for growth.</returns>
    public static Potential? Of(ValueCase of, ValueTier tier, double? chance)
    {
        if (tier >= ValueTier.Major)
        {
            return null;
        }

        var evidence = new[] { MoreOften(of), BiggerBaskets(of), NewFamilies(of), Early(of, chance) }.OfType<Phrase>().ToArray();
        return evidence.Length == 0 ? null : new Potential(evidence);
    }

    private static Phrase? MoreOften(ValueCase of)
    {
        var (now, before) = (of.History.CountUpTo(of.AsOf - HalfYear), of.History.CountUpTo(of.AsOf - (2 * HalfYear)));
        var (recent, earlier) = (of.Year.DaysEver - now, now - before);
        return recent >= 2 && recent > earlier && now > 0
            ? new(
                $"buys more often: {recent} purchase days in the last half year, {earlier} in the one before",
                $"下单变勤：近半年 {recent} 天有购买，前半年 {earlier} 天"
            )
            : null;
    }

    private static Phrase? BiggerBaskets(ValueCase of)
    {
        var (count, each) = (of.Year.DaysEver, Math.Min(NewestBaskets, of.Year.DaysEver / 2));
        if (each < 2 || of.History.Amounts.Length < count || of.AsOf - of.History.Days[count - 1] > HalfYear)
        {
            return null;
        }

        var recent = of.History.Amounts.AsSpan(count - each, each).ToArray().Average();
        var earlier = of.History.Amounts.AsSpan(count - (2 * each), each).ToArray().Average();
        return earlier > 0 && recent >= earlier * Growth
            ? new(
                $"baskets grow: {of.Amount(recent)} a purchase day of late, {of.Amount(earlier)} before",
                $"客单变大：最近每次 {of.Amount(recent)}，之前 {of.Amount(earlier)}"
            )
            : null;
    }

    private static Phrase? NewFamilies(ValueCase of) =>
        of.Signals.NewFamilies switch
        {
            0 => null,
            1 => new("tried a new product family in the last half year", "近半年尝试了 1 个新品类"),
            var many => new($"tried {many} new product families in the last half year", $"近半年尝试了 {many} 个新品类"),
        };

    private static Phrase? Early(ValueCase of, double? chance)
    {
        var tenure = of.AsOf - of.History.Days[0];
        return tenure <= HalfYear && chance is > 0 and { } high && high >= of.Cuts.HighChance
            ? new(
                $"customer for only {tenure} days, and the chance of return is high: {high.ToString("0%", CultureInfo.InvariantCulture)}",
                $"首单至今才 {tenure} 天，回购可能性高：{high.ToString("0%", CultureInfo.InvariantCulture)}"
            )
            : null;
    }
}
