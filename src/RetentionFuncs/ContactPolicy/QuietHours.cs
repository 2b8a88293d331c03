namespace RetentionFuncs.ContactPolicy;

/// <summary>Local hours in which messages are held; <paramref name="From"/> included, <paramref name="To"/> excluded, over midnight allowed.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    public static QuietHours Default { get; } = new(new TimeOnly(20, 0), new TimeOnly(9, 0));

    /// <summary>Equal ends mean there are none.</summary>
    public bool Contains(TimeOnly time) => From <= To ? time >= From && time < To : time >= From || time < To;
}
