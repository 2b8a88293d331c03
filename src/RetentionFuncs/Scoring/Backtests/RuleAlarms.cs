namespace RetentionFuncs.Scoring.Backtests;

/// <summary>One alarm a rule raised.</summary>
internal sealed record Alarm(Silence Silence, int Day);

/// <summary>What one rule raises over the decision dates: one alarm a silence, until the customer orders again.</summary>
internal sealed class RuleAlarms(BacktestRule rule)
{
    private readonly HashSet<(int Customer, int LastDay)> _told = [];
    private readonly List<Alarm> _alarms = [];

    public BacktestRule Rule => rule;

    public IReadOnlyList<Alarm> All => _alarms;

    /// <summary>These are behind everybody before the first decision: no rule is asked about them.</summary>
    public void PassOver(IEnumerable<Silence> silences) => _told.UnionWith(silences.Select(s => (s.Customer, s.LastDay)));

    /// <summary>The most urgent of those not yet told, equals by silence and then by a fixed order.</summary>
    public void Raise(IEnumerable<Silence> silences, int day, int count)
    {
        var picked = silences
            .Where(s => !_told.Contains((s.Customer, s.LastDay)))
            .OrderByDescending(s => s.UrgencyBy(rule))
            .ThenByDescending(s => s.Days)
            .ThenBy(s => s.Customer)
            .Take(count)
            .ToList();
        PassOver(picked);
        _alarms.AddRange(picked.Select(s => new Alarm(s, day)));
    }
}
