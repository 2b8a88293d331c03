namespace RetentionFuncs.Simulation.Model;

/// <summary>
/// A way to send each touch at most once: record, claim in two conditional writes (customer, then address), call, settle. The
/// switches turn it into protocols that are known to be wrong; the model must find each of them wrong, or it proves nothing.
/// </summary>
/// <param name="Name">As it appears in the printed table.</param>
public sealed record Protocol(string Name)
{
    /// <summary>The row says Sending before the first byte leaves.</summary>
    public bool RecordsBeforeCalling { get; init; } = true;

    /// <summary>A claim whose lease ran out may be taken over by another worker.</summary>
    public bool RetakesExpiredClaims { get; init; }

    /// <summary>An unknown outcome of which the provider's (lagging) log shows nothing is planned again.</summary>
    public bool ResendsWhatTheLogLacks { get; init; }

    /// <summary>Suppression is looked up before the claim of the customer's row, and the address partition is not written.</summary>
    public bool ChecksAddressBeforeClaim { get; init; }

    /// <summary>
    /// The address is seen before the claim of the customer's row, and the slot taken in that version; it is read again only when it
    /// moved since. False: it is always read after the claim, as for messages that take no slot.
    /// </summary>
    public bool SeesAddressFirst { get; init; } = true;

    /// <summary>After a lost answer to the claim, only the own attempt id counts as mine.</summary>
    public bool ComparesAttempts { get; init; } = true;

    /// <summary>The claim of the customer's row expects the version that was read.</summary>
    public bool ClaimsConditionally { get; init; } = true;

    /// <summary>The write that takes the cap slot expects the version in which suppression and slots were read.</summary>
    public bool TakesSlotConditionally { get; init; } = true;

    /// <summary>A call without an answer is repeated at once.</summary>
    public bool RepeatsUnansweredCalls { get; init; }

    /// <summary>After a call that was turned down the slot is given back only if this very attempt holds it.</summary>
    public bool ReturnsOnlyItsOwnSlot { get; init; } = true;

    /// <summary>The protocol of the product.</summary>
    public static Protocol RecordBeforeSend { get; } = new("record before send");

    /// <summary>Protocols and slips that must each be found wrong.</summary>
    public static IReadOnlyList<Protocol> KnownWrong { get; } =
    [
        new("send, then record") { RecordsBeforeCalling = false },
        new("lease, expired claim retaken") { RetakesExpiredClaims = true },
        new("unknown and absent from the log: resend") { ResendsWhatTheLogLacks = true },
        new("address checked before the claim") { ChecksAddressBeforeClaim = true, SeesAddressFirst = false },
        new("read-back without the attempt id") { ComparesAttempts = false },
        new("claim without the version") { ClaimsConditionally = false },
        new("slot without the version") { TakesSlotConditionally = false },
        new("unanswered call repeated") { RepeatsUnansweredCalls = true },
        new("slot returned whoever holds it") { ReturnsOnlyItsOwnSlot = false },
    ];
}

/// <summary>How much may happen in one explored world.</summary>
/// <param name="Workers">1 to 3.</param>
/// <param name="Touches">1 or 2; two are of different customers and share one address.</param>
/// <param name="Dequeues">Deliveries of a message to a worker, 0 to 7.</param>
/// <param name="Crashes">0 to 3.</param>
/// <param name="LostAnswers">0 to 3.</param>
/// <param name="Cap">Most messages the address may get.</param>
public sealed record ModelBounds(int Workers, int Touches, int Dequeues, int Crashes, int LostAnswers, int Cap)
{
    public static ModelBounds OneTouch { get; } = new(Workers: 3, Touches: 1, Dequeues: 6, Crashes: 3, LostAnswers: 3, Cap: 1);

    /// <summary>Enough to find every known wrong protocol wrong.</summary>
    public static ModelBounds Control { get; } = new(Workers: 2, Touches: 1, Dequeues: 4, Crashes: 2, LostAnswers: 1, Cap: 1);

    public static ModelBounds SharedAddress { get; } = new(Workers: 2, Touches: 2, Dequeues: 4, Crashes: 2, LostAnswers: 1, Cap: 1);

    /// <summary>Enough to find a cap that is not kept.</summary>
    public static ModelBounds SharedControl { get; } = new(Workers: 2, Touches: 2, Dequeues: 2, Crashes: 1, LostAnswers: 1, Cap: 1);
}
