namespace RetentionFuncs.Simulation.Model;

/// <summary>What a protocol can get wrong.</summary>
public static class ModelFaults
{
    public const string AcceptedTwice = "accepted twice";
    public const string AcceptedWithoutRecord = "accepted without a record";
    public const string AcceptedWithoutSlot = "accepted without a cap slot";
    public const string CalledAfterNo = "called after a no was committed";
    public const string CapExceeded = "cap exceeded";
    public const string Stuck = "a worker cannot go on";
}
