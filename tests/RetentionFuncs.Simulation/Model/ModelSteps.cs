namespace RetentionFuncs.Simulation.Model;

internal enum WorkerStep : byte
{
    Idle,
    ReadCustomer,
    ClaimCustomer,
    ReadClaimBack,
    ReadAddress,
    TakeSlot,
    Skip,
    Call,
    Settle,
    SettleAgain,
    ReturnSlot,
}

internal enum RowState : byte
{
    Planned,
    Sending,
    Sent,
    Refused,
    Unknown,
    Skipped,
}

internal enum CallAnswer : byte
{
    None,
    Accepted,
    Refused,
    NotSent,
    Unknown,
}

/// <summary>A write whose answer was lost and that may still land, as long as its version holds.</summary>
internal enum LateWrite : byte
{
    None,

    /// <summary>Its worker still wants to know.</summary>
    Awaited,

    /// <summary>Its worker has moved on or died: whoever finds the row will not know the attempt.</summary>
    Orphaned,
}
