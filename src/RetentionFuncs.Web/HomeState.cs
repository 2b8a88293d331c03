namespace RetentionFuncs.Web;

/// <summary>How a home is doing, as far as it can tell.</summary>
/// <param name="LastRunAt">The moment the last tick or timer spoke for; null before the first.</param>
/// <param name="StoppedBecause">Why sending has stopped by itself, or null while it goes on.</param>
/// <param name="Queue">Null when the home cannot count its queues.</param>
public sealed record HomeState(DateTimeOffset? LastRunAt, string? StoppedBecause, QueueState? Queue);

/// <param name="Waiting">Queued, due or not.</param>
/// <param name="Running">Handed to a handler.</param>
/// <param name="DeadLetters">Waiting for a person.</param>
public sealed record QueueState(long Waiting, long Running, long DeadLetters);

/// <summary>Asks the home for what only it knows of itself.</summary>
public interface IHomeState
{
    /// <summary><c>embedded</c> or <c>azure</c>.</summary>
    string Kind { get; }

    /// <exception cref="Storage.StoreUnavailableException">Cannot be told at the moment.</exception>
    /// <exception cref="Queues.QueueUnavailableException">Cannot be told at the moment.</exception>
    ValueTask<HomeState> ReadAsync();
}
