using System.Globalization;
using System.Text;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Reports;

/// <summary>
/// Counts customers by stage for every day of a window, from purchase days alone: as if the rule had always held. A customer adds one
/// and takes one away at each crossing (difference arrays), so the work is customers times crossings however long the window is, and
/// customers may be streamed past.
/// </summary>
/// <param name="from">First day counted.</param>
/// <param name="to">Last day counted; purchases after it are not known yet.</param>
public sealed class StageHistory(DateOnly from, DateOnly to, LapseRule rule)
{
    /// <summary>Begins the name of a tier's counts; no country does.</summary>
    private const string TierMark = "~";

    private static readonly int Stages = Enum.GetValues<LapseStage>().Length;

    private readonly Dictionary<string, int[][]> _steps = new(StringComparer.Ordinal);
    private readonly int _days =
        to >= from
            ? to.DayNumber - from.DayNumber + 1
            : throw new ArgumentOutOfRangeException(nameof(to), to, "The window ends before it begins.");

    /// <param name="country">ISO 3166 alpha-2, or null when not known.</param>
    /// <param name="tier">The value tier on record today, or null when none is.</param>
    public void Add(PurchaseSummary summary, string? country, ValueTier? tier = null)
    {
        var days = summary.PurchaseDays as DateOnly[] ?? [.. summary.PurchaseDays];
        int[][][] groups = tier is { } t ? [StepsOf(country ?? ""), StepsOf(TierMark + t)] : [StepsOf(country ?? "")];
        for (var i = 0; i < days.Length && days[i] <= to; i++)
        {
            var last = i + 1 < days.Length && days[i + 1] <= to ? days[i + 1].DayNumber - 1 : to.DayNumber;
            if (last >= from.DayNumber)
            {
                // The rule may read the rhythm so far, so it is asked with what was known after this purchase.
                var bands = rule.BandsFor(summary with { PurchaseDays = new ArraySegment<DateOnly>(days, 0, i + 1) });
                foreach (var steps in groups)
                {
                    AddSilence(steps, bands, days[i].DayNumber, last, i == 0 ? LapseStage.New : LapseStage.Active);
                }
            }
        }
    }

    /// <summary>What was counted since the last call, as text, or null when that is nothing; any other history of the same window takes it.</summary>
    public string? Take()
    {
        var text = new StringBuilder();
        foreach (var (country, steps) in _steps)
        {
            text.Append(country).Append('=');
            for (var stage = 0; stage < Stages; stage++)
            {
                for (var day = 0; day <= _days; day++)
                {
                    if (steps[stage][day] is not 0 and var step)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{stage}.{day}*{step},");
                    }
                }
            }

            text.Append(';');
        }

        _steps.Clear();
        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>Adds what another history of the same window gave by <see cref="Take"/>.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public void Add(string taken)
    {
        foreach (var part in taken.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var named = part.Split('=');
            var steps = StepsOf(named[0]);
            foreach (var entry in named[1].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var numbers = entry.Split('.', '*');
                steps[Whole(numbers[0])][Whole(numbers[1])] += Whole(numbers[2]);
            }
        }
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The counts so far.</summary>
    public StageSeries ToSeries()
    {
        var tiers = _steps.ToLookup(s => s.Key.StartsWith(TierMark, StringComparison.Ordinal));
        var byCountry = tiers[false].ToDictionary(s => s.Key, s => DaysOf(s.Value), StringComparer.Ordinal);
        var all =
            byCountry.Count == 0
                ? DaysOf(NewSteps())
                : [.. Enumerable.Range(0, _days).Select(d => StageDay.Sum([.. byCountry.Values.Select(v => v[d])]))];
        return new StageSeries(all, byCountry)
        {
            ByTier = tiers[true].ToDictionary(s => Enum.Parse<ValueTier>(s.Key[TierMark.Length..]), s => DaysOf(s.Value)),
        };
    }

    private void AddSilence(int[][] steps, LapseBands bands, int purchase, int last, LapseStage fresh)
    {
        var begin = 0;
        foreach (var stage in (ReadOnlySpan<LapseStage>)[fresh, LapseStage.Cooling, LapseStage.Lapsing, LapseStage.Lapsed, LapseStage.Lost])
        {
            var next = bands.NextAfter(begin);
            var first = Math.Max(purchase + begin, from.DayNumber);
            var end = next is { } n ? Math.Min(purchase + n - 1, last) : last;
            if (first <= end)
            {
                steps[(int)stage][first - from.DayNumber]++;
                steps[(int)stage][end + 1 - from.DayNumber]--;
            }

            begin = next ?? begin;
        }
    }

    private IReadOnlyList<StageDay> DaysOf(int[][] steps)
    {
        var running = new int[Stages];
        var days = new List<StageDay>(_days);
        for (var d = 0; d < _days; d++)
        {
            for (var s = 0; s < Stages; s++)
            {
                running[s] += steps[s][d];
            }

            days.Add(new StageDay(from.AddDays(d), [.. running]));
        }

        return days;
    }

    private int[][] StepsOf(string country) => _steps.TryGetValue(country, out var steps) ? steps : _steps[country] = NewSteps();

    private int[][] NewSteps() => [.. Enumerable.Range(0, Stages).Select(_ => new int[_days + 1])];
}
