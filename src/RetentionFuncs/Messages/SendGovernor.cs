namespace RetentionFuncs.Messages;

public abstract record SendPermit
{
    public sealed record Ready : SendPermit;

    public sealed record WaitUntil(DateTimeOffset At, string Why) : SendPermit;
}

public sealed class SendGovernor
{
    public SendPermit Ask(DateTimeOffset now) => new SendPermit.Ready();

    public void Tell(SendResult result, DateTimeOffset now) { }
}
