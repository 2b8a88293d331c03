using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Backtests;

/// <summary>
/// Plays past decision dates over the business's own history: on each, "silent for 90 days" raises its alarms, and every other rule may
/// raise as many. Pure; no rule sees a purchase after its decision date.
/// </summary>
public static class RunBacktest
{
    /// <param name="asOf">The end of this day; the last decision lies a horizon before it.</param>
    /// <param name="currency">ISO 4217, of the amounts.</param>
    public static Backtest Run(IReadOnlyList<BuyingHistory> histories, DateOnly asOf, BacktestOptions options, string currency)
    {
        var known = HistoryOrder.Sample(HistoryOrder.Sorted([.. histories.Where(h => h.Days[0] <= asOf.DayNumber)]), options.SampleCap);
        var horizon = options.HorizonDays ?? BuyingCycle.HorizonOf(known);
        var dates = DatesOf(known, asOf, options, horizon);
        var rate = MeanProfitRate(known);
        var empty = new Backtest(
            asOf,
            horizon,
            options.StepDays,
            options.SilentDays,
            dates,
            known.Length,
            0,
            rate is not null,
            currency,
            []
        );
        return dates.Count == 0 ? empty with { Missing = TooShort(options, horizon) } : Played(empty, known, rate);
    }

    private static Backtest Played(Backtest empty, BuyingHistory[] known, decimal? meanRate)
    {
        RuleAlarms[] rules = [.. Enum.GetValues<BacktestRule>().Select(r => new RuleAlarms(r))];
        foreach (var date in empty.Dates)
        {
            var silences = KnownOn.Date(known, date, empty.HorizonDays, h => meanRate is null ? 1 : h.ProfitRate ?? meanRate.Value);
            if (date == empty.Dates[0])
            {
                var behind = silences.Where(s => s.Days >= empty.SilentDays + empty.StepDays).ToList();
                Array.ForEach(rules, r => r.PassOver(behind));
            }

            var silent = rules.Single(r => r.Rule == BacktestRule.SilentDays);
            var before = silent.All.Count;
            silent.Raise(silences.Where(s => s.Days >= empty.SilentDays), date.DayNumber, int.MaxValue);
            var count = silent.All.Count - before;
            foreach (var rule in rules.Where(r => r != silent))
            {
                rule.Raise(silences, date.DayNumber, count);
            }
        }

        var judge = new BacktestJudge(empty, known);
        return empty with { Leavers = judge.Leavers, Rows = [.. rules.Select(judge.Judge)] };
    }

    private static IReadOnlyList<DateOnly> DatesOf(BuyingHistory[] known, DateOnly asOf, BacktestOptions options, int horizon)
    {
        if (known.Length == 0)
        {
            return [];
        }

        var last = asOf.DayNumber - horizon;
        var earliest = options.From?.DayNumber ?? known.Min(h => h.Days[0]) + options.LeastHistoryDays;
        return
        [
            .. Enumerable
                .Range(0, options.MostDates)
                .Select(k => last - (k * options.StepDays))
                .TakeWhile(d => d >= earliest)
                .Reverse()
                .Select(DateOnly.FromDayNumber),
        ];
    }

    /// <summary>Null unless the costs of at least half of the customers are known: then money is told as revenue.</summary>
    private static decimal? MeanProfitRate(BuyingHistory[] known)
    {
        var rates = known.Where(h => h.ProfitRate is not null).Select(h => h.ProfitRate!.Value).ToList();
        return rates.Count > 0 && 2 * rates.Count >= known.Length ? rates.Average() : null;
    }

    private static Phrase TooShort(BacktestOptions options, int horizon) =>
        options.From is { } from
            ? new(
                $"No decision date from {from:yyyy-MM-dd} on has {horizon} days after it to see what came of it.",
                $"从 {from:yyyy-MM-dd} 起，没有哪个决策日之后还有 {horizon} 天的数据可供检验。"
            )
            : new(
                $"The history is too short: it takes {options.LeastHistoryDays} days before the first decision and {horizon} after the last.",
                $"历史数据太短：第一个决策日之前至少要有 {options.LeastHistoryDays} 天，最后一个之后至少要有 {horizon} 天。"
            );
}
