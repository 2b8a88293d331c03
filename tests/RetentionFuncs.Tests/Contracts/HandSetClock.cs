namespace RetentionFuncs.Tests.Contracts;

/// <summary>A clock that shows what it was last set to.</summary>
public sealed class HandSetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
