using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring;

/// <summary>
/// The lapse rule and the newest refit as they hold now. Read at most once a minute, because a refit comes once a week; a rule of
/// fixed days needs no reading.
/// </summary>
/// <param name="configured">As the settings say it, without what a refit measures.</param>
public sealed class ScoringBook(IRowStore store, LapseRule configured, TimeProvider clock)
{
    public static readonly TimeSpan CacheFor = TimeSpan.FromMinutes(1);

    private readonly RefitRows _rows = new(store);
    private Snapshot? _snapshot;

    private sealed record Snapshot(DateTimeOffset At, Refit? Refit, LapseRule Rule);

    /// <summary>The rule with what the newest refit measured.</summary>
    public async ValueTask<LapseRule> RuleAsync() => configured is LapseRule.FixedDays ? configured : (await FreshAsync()).Rule;

    /// <summary>Null before the first refit.</summary>
    public async ValueTask<Refit?> NewestAsync() => (await FreshAsync()).Refit;

    /// <summary>Look again at once; after a refit of one's own.</summary>
    public void Forget() => _snapshot = null;

    private async ValueTask<Snapshot> FreshAsync()
    {
        var now = clock.GetUtcNow();
        if (_snapshot is { } known && now >= known.At && now - known.At < CacheFor)
        {
            return known;
        }

        var refit = await _rows.NewestAsync();
        return _snapshot = new Snapshot(now, refit, configured.FittedWith(refit));
    }
}
