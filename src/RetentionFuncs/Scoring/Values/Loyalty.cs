using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>The signs of loyalty that orders show (playbook P7); satisfaction is not one.</summary>
/// <param name="EveryDays">Mean of the newest gaps between purchase days, when there are enough to speak of a rhythm.</param>
/// <param name="Families">Product families bought from; null when lines do not tell.</param>
/// <param name="TenureDays">Whole days since the first purchase day.</param>
/// <param name="IsSteady">The gaps are alike, and the silence is still within the rhythm.</param>
/// <param name="IsBroad">Buys across the range.</param>
/// <param name="IsLasting">With the shop for a year or more, and still buying.</param>
public sealed record Loyalty(int? EveryDays, int? Families, int TenureDays, bool IsSteady, bool IsBroad, bool IsLasting)
{
    private const int FewestGaps = 3;
    private const int NewestGaps = 12;
    private const int BroadFamilies = 3;

    /// <summary>Highest standard deviation of steady gaps, as a share of their mean; gaps by pure chance have 1.</summary>
    private const double SteadySpread = 0.6;

    /// <summary>0 to 3.</summary>
    public int Signs => (IsSteady ? 1 : 0) + (IsBroad ? 1 : 0) + (IsLasting ? 1 : 0);

    /// <summary>Two signs or more: one alone may be chance.</summary>
    public bool IsLoyal => Signs >= 2;

    public static Loyalty Of(BuyingHistory history, BuyingYear year, int asOf, ValueSignals signals)
    {
        var last = history.Days[year.DaysEver - 1];
        var gaps = GapsOf(history.Days.AsSpan(0, year.DaysEver));
        var (mean, spread) = MeanAndSpread(gaps);
        var enough = gaps.Length >= FewestGaps;
        return new Loyalty(
            enough ? (int)Math.Round(mean) : null,
            signals.Families,
            asOf - history.Days[0],
            enough && spread <= SteadySpread * mean && asOf - last <= 2 * mean,
            signals.Families >= BroadFamilies,
            year.Days > 0 && year.DaysEver > 1 && asOf - history.Days[0] >= BuyingYear.Length
        );
    }

    public Phrase Sentence()
    {
        var (en, zh) = (new List<string>(), new List<string>());
        if (EveryDays is { } days)
        {
            en.Add(IsSteady ? $"steady every {days} days" : $"irregular, lately every {days} days");
            zh.Add(IsSteady ? $"约每 {days} 天稳定下单" : $"下单不规律，近来平均每 {days} 天一次");
        }

        if (Families is { } families)
        {
            en.Add(families == 1 ? "1 family" : $"{families} families");
            zh.Add($"买过 {families} 个品类");
        }

        en.Add($"customer for {TenureDays} days");
        zh.Add($"首单至今 {TenureDays} 天");
        return new Phrase(string.Join(", ", en), string.Join("，", zh));
    }

    private static int[] GapsOf(ReadOnlySpan<int> days)
    {
        var gaps = new int[Math.Clamp(days.Length - 1, 0, NewestGaps)];
        for (var i = 0; i < gaps.Length; i++)
        {
            gaps[i] = days[^(i + 1)] - days[^(i + 2)];
        }

        return gaps;
    }

    private static (double Mean, double Spread) MeanAndSpread(int[] gaps)
    {
        if (gaps.Length < 2)
        {
            return (0, 0);
        }

        var mean = gaps.Average();
        return (mean, Math.Sqrt(gaps.Sum(g => (g - mean) * (g - mean)) / (gaps.Length - 1)));
    }
}
