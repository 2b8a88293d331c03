namespace RetentionFuncs.Embedded.Home;

/// <summary>
/// The system's clock, or one that stands at a given moment while a command speaks for it. The moment belongs to the command's own flow:
/// timers and other commands of the same program go on by the system's time.
/// </summary>
public sealed class MovableClock(TimeProvider system) : TimeProvider
{
    private readonly AsyncLocal<DateTimeOffset?> _standsAt = new();

    /// <summary>Null: the system's time.</summary>
    public DateTimeOffset? StandsAt
    {
        get => _standsAt.Value;
        set => _standsAt.Value = value;
    }

    public override DateTimeOffset GetUtcNow() => StandsAt?.ToUniversalTime() ?? system.GetUtcNow();
}
