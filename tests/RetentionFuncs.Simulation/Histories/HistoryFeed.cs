namespace RetentionFuncs.Simulation.Histories;

/// <summary>Where a world says what happens in it. Nothing is kept here: whoever reads along keeps what it needs, and the rest is forgotten.</summary>
internal sealed class HistoryFeed
{
    /// <summary>Told of each event at the moment it happens, in order.</summary>
    public Action<HistoryEvent>? Told { get; set; }

    public void Add(HistoryEvent happened) => Told?.Invoke(happened);
}
