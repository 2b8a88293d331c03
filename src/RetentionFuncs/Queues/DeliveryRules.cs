namespace RetentionFuncs.Queues;

/// <summary>What happens to a message whose delivery fails, the same in every home.</summary>
public static class DeliveryRules
{
    /// <summary>Deliveries after which a message is parked.</summary>
    public const int MaxAttempts = 5;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
    ];

    /// <summary>Wait after the given failed delivery: 10 s, 1 min, 5 min, 30 min; null after the fifth, when it is parked.</summary>
    /// <param name="attempts">Failed deliveries so far, 1 or more.</param>
    public static TimeSpan? WaitAfter(int attempts) => attempts < MaxAttempts ? Waits[attempts - 1] : null;
}
