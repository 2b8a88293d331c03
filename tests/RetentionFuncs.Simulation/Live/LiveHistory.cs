using RetentionFuncs.Simulation.Histories;

namespace RetentionFuncs.Simulation.Live;

/// <summary>What happened, in the order in which it was told; safe to use from several threads.</summary>
public sealed class LiveHistory(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<HistoryEvent> _events = [];

    public IReadOnlyList<HistoryEvent> Events => _events;

    public void Add(Func<DateTimeOffset, HistoryEvent> make)
    {
        lock (_gate)
        {
            _events.Add(make(clock.GetUtcNow()));
        }
    }
}
