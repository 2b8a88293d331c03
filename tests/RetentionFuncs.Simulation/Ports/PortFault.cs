namespace RetentionFuncs.Simulation.Ports;

/// <summary>What goes wrong with one call to a port.</summary>
public enum PortFault
{
    None,

    /// <summary>Before: the port refuses with its exception and nothing is applied.</summary>
    Unavailable,

    /// <summary>Before: the process dies on the way.</summary>
    CrashBefore,

    /// <summary>Answer lost: nothing was applied, but the caller cannot know.</summary>
    LostNotApplied,

    /// <summary>Answer lost: it was applied, but the caller cannot know.</summary>
    LostApplied,

    /// <summary>Answer lost: it is applied some time after the caller has given up waiting.</summary>
    LostLandsLater,

    /// <summary>After: applied, and the process dies before it can act on the answer.</summary>
    CrashAfter,
}

/// <summary>When in a call a fault strikes: the axis of crash-point coverage.</summary>
public enum FaultMoment
{
    Before,
    AnswerLost,
    After,
}

public static class PortFaults
{
    /// <summary>A read can only fail or die; a lost answer is a failure.</summary>
    public static IReadOnlyList<PortFault> OfReads { get; } =
    [PortFault.Unavailable, PortFault.CrashBefore, PortFault.LostApplied, PortFault.CrashAfter];

    public static IReadOnlyList<PortFault> OfWrites { get; } =
    [
        PortFault.Unavailable,
        PortFault.CrashBefore,
        PortFault.LostNotApplied,
        PortFault.LostApplied,
        PortFault.LostLandsLater,
        PortFault.CrashAfter,
    ];

    /// <summary>A provider has its own ways of losing answers; see <see cref="ProviderConduct"/>.</summary>
    public static IReadOnlyList<PortFault> OfSends { get; } = [PortFault.CrashBefore, PortFault.CrashAfter];

    public static bool IsCrash(this PortFault fault) => fault is PortFault.CrashBefore or PortFault.CrashAfter;

    public static FaultMoment? Moment(this PortFault fault) =>
        fault switch
        {
            PortFault.Unavailable or PortFault.CrashBefore => FaultMoment.Before,
            PortFault.LostNotApplied or PortFault.LostApplied or PortFault.LostLandsLater => FaultMoment.AnswerLost,
            PortFault.CrashAfter => FaultMoment.After,
            _ => null,
        };
}
