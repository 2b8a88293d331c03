using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Deliveries;

/// <summary>What became of one post of events.</summary>
/// <param name="Stored">Put on file and queued to be merged, repeats included.</param>
/// <param name="Foreign">Of another installation that sends by the same account: set aside; a reason to look for a clone.</param>
/// <param name="Odd">Unreadable: set aside, the first hundred of a post.</param>
/// <param name="OtherMail">Of mail that is not ours, ignored.</param>
/// <param name="UnknownKinds">Of kinds that say nothing about a delivery, ignored.</param>
public sealed record EvidenceReport(int Stored, int Foreign, int Odd, int OtherMail, int UnknownKinds);

/// <summary>
/// Takes what a provider says of messages: stores each event first, then queues one reference a customer (design S18). Done means on
/// file and queued; whatever fails in between is told again by the provider, and twice is once.
/// </summary>
public sealed class ReceiveEvidence(IRowStore store, IWorkQueue queue, InstanceSecret secret, IIdSource ids, TimeProvider clock)
{
    private const int Width = 16;
    private const int MostOdd = 100;

    private readonly EvidenceInbox _inbox = new(store);
    private readonly EvidenceQuarantine _quarantine = new(store);

    /// <exception cref="StoreUnavailableException">Not known to be on file: let the provider tell it again.</exception>
    /// <exception cref="QueueUnavailableException">On file, not known to be queued: let the provider tell it again.</exception>
    public async ValueTask<EvidenceReport> RunAsync(EventBatch batch)
    {
        var now = clock.GetUtcNow();
        var foreign = batch.Events.Where(e => e.Instance is { } instance && instance != secret.InstanceId).ToArray();
        var ours = foreign.Length == 0 ? batch.Events : [.. batch.Events.Except(foreign)];
        await _quarantine.PutAsync(foreign, batch.Odd.Take(MostOdd), now);
        await SideBySide.ForEachAsync(
            ours.GroupBy(e => e.Event.Touch.Customer).ToAsyncEnumerable(),
            Width,
            group => TakeAsync(group.Key, group, now)
        );
        return new EvidenceReport(ours.Count, foreign.Length, batch.Odd.Count, batch.OtherMail, batch.UnknownKinds);
    }

    private async ValueTask TakeAsync(CustomerKey customer, IEnumerable<ReceivedEvent> events, DateTimeOffset now)
    {
        await _inbox.PutAsync(customer, events, now);
        await queue.EnqueueAsync(MergeEvidence.MessageFor(customer, ids.NewId()), now);
    }
}
