namespace RetentionFuncs.Queues;

/// <summary>What a message asks for: the verb that is called with its reference.</summary>
public static class Purposes
{
    /// <summary>Send the touchpoint <c>CustomerKey.TouchId</c>.</summary>
    public const string Send = "send";

    /// <summary>Merge the delivery evidence that waits for a customer.</summary>
    public const string MergeEvidence = "merge-evidence";

    /// <summary>Apply the shop's event that waits in the inbox.</summary>
    public const string ApplyEvent = "apply-event";

    /// <summary>Go on with one shard of a timer's run.</summary>
    public const string RunShard = "run-shard";

    /// <summary>Go on applying an uploaded file.</summary>
    public const string ApplyUpload = "apply-upload";

    public static IReadOnlyList<string> All { get; } = [Send, MergeEvidence, ApplyEvent, RunShard, ApplyUpload];
}

/// <summary>
/// The queues of a home that has several, so that each kind of work scales and waits by itself. A home with one queue keeps all of it
/// there.
/// </summary>
public static class WorkQueues
{
    public const string Touchpoints = "touchpoints";
    public const string CustomerEvents = "customer-events";
    public const string DeliveryEvents = "delivery-events";
    public const string ShardRuns = "shard-runs";

    public static IReadOnlyList<string> All { get; } = [Touchpoints, CustomerEvents, DeliveryEvents, ShardRuns];

    /// <exception cref="ArgumentException">No queue is for that purpose.</exception>
    public static string For(string purpose) =>
        purpose switch
        {
            Purposes.Send => Touchpoints,
            Purposes.ApplyEvent => CustomerEvents,
            Purposes.MergeEvidence => DeliveryEvents,
            Purposes.RunShard or Purposes.ApplyUpload => ShardRuns,
            _ => throw new ArgumentException($"No queue is for the purpose '{purpose}'.", nameof(purpose)),
        };
}
