namespace RetentionFuncs.AzureAdapters.Tests.Faults;

/// <summary>What happens to one request on its way through a <see cref="FaultProxy"/>.</summary>
public enum ProxyFault
{
    None,

    /// <summary>The connection is cut; the request never arrives.</summary>
    CutBefore,

    /// <summary>It arrives and is answered; the connection is cut before the answer.</summary>
    CutAfter,

    /// <summary>It arrives and is answered; the connection is closed in good order without the answer, as an idle one would be.</summary>
    ClosedAfter,

    /// <summary>It arrives and is answered; the answer comes after <see cref="FaultProxy.Slowness"/>.</summary>
    SlowAnswer,

    /// <summary>500 without having arrived.</summary>
    ErrorBefore,

    /// <summary>It arrives and is applied; the answer is 500 all the same.</summary>
    ErrorAfter,

    /// <summary>503, the server is busy.</summary>
    Busy,
}
