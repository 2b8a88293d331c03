namespace RetentionFuncs.Runs;

/// <summary>How a home lets its runs work.</summary>
public sealed record RunOptions
{
    /// <summary>How long one message works on its shard before it goes back to the queue; below half the queue's lock with its renewals.</summary>
    public TimeSpan TimeBox { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>A shard of which nothing was heard for so long is queued again; too early is harmless.</summary>
    public TimeSpan QueueAgainAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A run with a shard that nobody could work on for so long is given up, so that the next one may begin.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long runs stay on file.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The host is going down: work stops between two items and goes back to the queue.</summary>
    public CancellationToken Stopping { get; init; }
}
