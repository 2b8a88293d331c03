using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Backtests;

/// <summary>Knows what came after the decision dates, and holds a rule's alarms against it.</summary>
internal sealed class BacktestJudge
{
    private readonly Backtest _frame;
    private readonly BuyingHistory[] _histories;
    private readonly HashSet<(int Customer, int LastDay)> _left = [];

    public BacktestJudge(Backtest frame, BuyingHistory[] histories)
    {
        (_frame, _histories) = (frame, histories);
        var (after, upTo) = (frame.Dates[0].DayNumber - frame.StepDays, frame.Dates[^1].DayNumber - frame.SilentDays);
        for (var i = 0; i < histories.Length; i++)
        {
            foreach (var day in histories[i].Days.Where(d => d > after && d <= upTo))
            {
                if (!Ordered(i, day, frame.SilentDays + frame.HorizonDays))
                {
                    _left.Add((i, day));
                }
            }
        }
    }

    public int Leavers => _left.Count;

    public BacktestRow Judge(RuleAlarms rule)
    {
        var alarms = rule.All;
        var found = alarms.Where(a => _left.Contains((a.Silence.Customer, a.Silence.LastDay))).Select(a => a.Silence.Days).Order().ToList();
        var stayed = alarms.Where(a => Ordered(a.Silence.Customer, a.Day, _frame.HorizonDays)).ToHashSet();
        var gone = alarms.Where(a => !stayed.Contains(a)).Sum(a => a.Silence.Value);
        var expected = alarms.Sum(a => a.Silence.Value * (decimal)(1 - a.Silence.Chance ?? 0));
        return new BacktestRow(
            rule.Rule,
            alarms.Count,
            found.Count,
            found.Count(d => d < _frame.SilentDays),
            found.Count == 0 ? null : _frame.SilentDays - ((found[(found.Count - 1) / 2] + found[found.Count / 2]) / 2.0),
            stayed.Count,
            alarms.Count == 0 || alarms.Any(a => a.Silence.Chance is null) ? null : 100 * expected / alarms.Count,
            alarms.Count == 0 ? 0 : 100 * gone / alarms.Count,
            FoundBySilence(found)
        );
    }

    private List<int> FoundBySilence(List<int> found) =>
        [
            .. Enumerable
                .Range(0, ((_frame.SilentDays + (2 * _frame.StepDays)) / Backtest.SilenceStep) + 1)
                .Select(k => found.Count(d => d <= k * Backtest.SilenceStep)),
        ];

    /// <summary>Whether an order came in the days after, last one included.</summary>
    private bool Ordered(int customer, int day, int days) =>
        _histories[customer].CountUpTo(day + days) > _histories[customer].CountUpTo(day);
}
