using Azure.Messaging.ServiceBus;

namespace RetentionFuncs.AzureAdapters.ServiceBus;

/// <summary>What becomes of a message after one delivery.</summary>
public abstract record WorkEnding
{
    private WorkEnding() { }

    /// <summary>The work is done.</summary>
    public sealed record Complete : WorkEnding;

    /// <summary>The work is to be tried again: the copy is scheduled first, then the original completed.</summary>
    /// <param name="Why">The failure, or null when the handler itself asked for it.</param>
    public sealed record CopyThenComplete(ServiceBusMessage Copy, DateTimeOffset At, string? Why) : WorkEnding;

    /// <summary>The message waits for a person, in the queue's dead letters.</summary>
    /// <param name="Reason">One of <see cref="PutAsideReasons"/>.</param>
    /// <param name="Description">What a person needs to know, at most 1,000 characters.</param>
    /// <param name="Attempts">Deliveries so far.</param>
    public sealed record PutAside(string Reason, string Description, DateTimeOffset At, int Attempts) : WorkEnding;

    /// <summary>
    /// A step of the settlement was not confirmed. The message stays locked and comes again when the lock runs out, which is the only
    /// pause that Service Bus knows; after the queue's largest delivery count the broker itself puts it aside.
    /// </summary>
    public sealed record LeftLocked(Exception Cause) : WorkEnding;
}

/// <summary>Why a message was put aside; the broker has reasons of its own beside these.</summary>
public static class PutAsideReasons
{
    public const string Unreadable = "Unreadable";
    public const string Parked = "Parked";
    public const string Failed = "Failed";

    internal static bool AreOurs(string? reason) => reason is Unreadable or Parked or Failed;
}

/// <summary>How the home that received a message settles it; no token stops either.</summary>
/// <param name="DeadLetter">Message, properties to write on it, reason, description.</param>
public sealed record WorkSettlement(
    Func<ServiceBusReceivedMessage, Task> Complete,
    Func<ServiceBusReceivedMessage, Dictionary<string, object>, string, string, Task> DeadLetter
);
