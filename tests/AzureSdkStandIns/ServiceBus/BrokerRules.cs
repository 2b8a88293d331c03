using System.Runtime.CompilerServices;

namespace AzureSdkStandIns.ServiceBus;

/// <summary>How the queues of a namespace are set up.</summary>
/// <param name="DuplicateWindow">How long a message id is remembered; null without duplicate detection.</param>
public sealed record BrokerRules(TimeSpan LockDuration, int MaxDeliveryCount, TimeSpan? DuplicateWindow)
{
    /// <summary>The standard tier's limit on one message.</summary>
    public const int MaxMessageBytes = 256 * 1024;

    /// <summary>What a queue has when nothing is said, with duplicate detection switched on.</summary>
    public static BrokerRules Default { get; } = new(TimeSpan.FromMinutes(1), 10, TimeSpan.FromMinutes(10));
}

/// <summary>What goes wrong; a count goes down with each call that meets it.</summary>
public sealed class BrokerFaults
{
    private readonly Lock _gate = new();

    /// <summary>Nobody can reach the namespace, and nothing is delivered.</summary>
    public bool Unavailable { get; set; }

    /// <summary>Sends that are turned away: nothing is stored.</summary>
    public StrongBox<int> RefusedSends { get; } = new();

    /// <summary>Sends that are stored, and whose answer does not arrive.</summary>
    public StrongBox<int> LostSendAnswers { get; } = new();

    /// <summary>Settlements that find the lock lost.</summary>
    public StrongBox<int> LostLocks { get; } = new();

    internal bool Take(Func<BrokerFaults, StrongBox<int>> fault)
    {
        lock (_gate)
        {
            var count = fault(this);
            return count.Value > 0 && count.Value-- > 0;
        }
    }
}

/// <summary>A client's way to one queue; the namespace is looked for at each call.</summary>
internal sealed record BrokerLink(string Namespace, string Path)
{
    public Task CallAsync(Action<InMemoryBroker> act, CancellationToken cancel) =>
        CallAsync(
            broker =>
            {
                act(broker);
                return true;
            },
            cancel
        );

    public async Task<T> CallAsync<T>(Func<InMemoryBroker, T> act, CancellationToken cancel)
    {
        await Task.Yield();
        cancel.ThrowIfCancellationRequested();
        return act(InMemoryBroker.Reach(Namespace));
    }
}
