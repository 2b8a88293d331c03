using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries;

/// <param name="Quarantined">Events about a touch or attempt that is not ours: kept aside, nothing changed; a reason to look for a clone.</param>
public sealed record DeliveryReport(int Recorded, int Repeated, int Quarantined)
{
    public DeliveryReport Plus(DeliveryReport other) =>
        new(Recorded + other.Recorded, Repeated + other.Repeated, Quarantined + other.Quarantined);
}

/// <summary>
/// Puts what the provider says on file and merges it into the touchpoint. Works before, during and after settlement; events may come
/// many times and in any order with the same final state. Hard bounces and complaints suppress the address before anything else.
/// </summary>
public sealed class RecordDeliveryEvents(IRowStore store, TimeProvider clock)
{
    private const int PerCommit = 50;

    private sealed record Answer(DeliveryReport Report, Touchpoint? Closed, string Campaign, IReadOnlyList<DeliveryEvent> Fresh)
    {
        public SendingCounts News { get; init; }
    }

    private readonly Suppress _suppress = new(store);
    private readonly OpenWork _open = new(store);
    private readonly SendingRows _counts = new(store);

    /// <param name="events">Any mixture, in any order.</param>
    public async ValueTask<DeliveryReport> RunAsync(IReadOnlyCollection<DeliveryEvent> events)
    {
        var report = new DeliveryReport(0, 0, 0);
        foreach (var part in events.GroupBy(e => e.Touch).SelectMany(touch => touch.Chunk(PerCommit)))
        {
            using var span = ProductTrace.Hear();
            await SuppressAsync(part);
            var answer = await ContendedCommit.UntilAppliedAsync(() => MergeAsync(part[0].Touch, part));
            if (answer.Closed is { } closed)
            {
                await _open.RemoveAsync(closed);
            }

            Tell(answer);
            await CountAsync(answer, part[0].Touch.Customer);
            report = report.Plus(answer.Report);
        }

        return report;
    }

    private static void Tell(Answer answer)
    {
        ProductMeter.Quarantined.Add(answer.Report.Quarantined);
        foreach (var e in answer.Fresh)
        {
            ProductMeter.Heard(answer.Campaign, e);
        }
    }

    /// <summary>A sign and no ledger: what the store does not take now is left out, since the events themselves are on file.</summary>
    private async ValueTask CountAsync(Answer answer, CustomerKey customer)
    {
        if (answer.News.IsNothing)
        {
            return;
        }

        try
        {
            await _counts.AddAsync(answer.Campaign, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), Shards.Of(customer), answer.News);
        }
        catch (StoreUnavailableException)
        {
            // The rates are off by one message.
        }
    }

    /// <summary>Each message counts once for each fact, however often it is told. Text messages and calls say nothing of a mail domain.</summary>
    private static SendingCounts NewsOf(Touchpoint before, Touchpoint after) =>
        after.Channel != Channel.Email
            ? default
            : new(
                0,
                0,
                before.DeliveredAt is null && after.DeliveredAt is not null ? 1 : 0,
                (before.BouncedAt ?? before.DroppedAt) is null && (after.BouncedAt ?? after.DroppedAt) is not null ? 1 : 0,
                before.ComplainedAt is null && after.ComplainedAt is not null ? 1 : 0
            );

    private async ValueTask SuppressAsync(DeliveryEvent[] events)
    {
        foreach (var e in events)
        {
            SuppressionReason? reason = e.Kind switch
            {
                DeliveryEventKind.Bounced or DeliveryEventKind.Dropped when e.Bounce == BounceKind.Hard => SuppressionReason.HardBounce,
                DeliveryEventKind.Complained => SuppressionReason.Complaint,
                DeliveryEventKind.Unsubscribed => SuppressionReason.Unsubscribed,
                _ => null,
            };
            if (reason is { } why && await AddressOfAsync(e) is { } address)
            {
                await _suppress.RunAsync(address, new Suppression(why, e.At, e.Touch.ToString()));
            }
        }
    }

    private async ValueTask<AddressKey?> AddressOfAsync(DeliveryEvent e)
    {
        var partition = await CustomerPartition.LoadAsync(store, e.Touch.Customer);
        return partition.TouchpointBy(e.Touch.Touch) is { } touch && touch.AttemptId == e.AttemptId ? touch.Address : null;
    }

    private async ValueTask<Answer?> MergeAsync(TouchRef reference, DeliveryEvent[] events)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        var touch = partition.TouchpointBy(reference.Touch);
        var mine = events.Where(e => touch is not null && touch.AttemptId == e.AttemptId).ToArray();
        if (partition.HasErasures && (touch is null || partition.IsErasedContact(touch.Contact)))
        {
            return await MergeErasedAsync(partition, touch, mine, events.Length);
        }

        foreach (var foreign in events.Except(mine))
        {
            await QuarantineAsync(foreign);
        }

        if (touch is null || mine.Length == 0)
        {
            return new Answer(new DeliveryReport(0, 0, events.Length), null, "", []);
        }

        ProductTrace.About(touch);

        var known = await KnownAsync(reference);
        var fresh = mine.DistinctBy(DeliveryEventRows.RowKey).Where(e => !known.Contains(DeliveryEventRows.RowKey(e))).ToArray();
        foreach (var e in fresh)
        {
            partition.PutFact(DeliveryEventRows.RowKey(e), DeliveryEventRows.ToBag(e, clock.GetUtcNow()));
        }

        var merged = mine.Aggregate(touch, Merge);
        if (merged != touch)
        {
            partition.PutTouchpoint(merged);
        }

        var report = new DeliveryReport(fresh.Length, mine.Length - fresh.Length, events.Length - mine.Length);
        return await partition.CommitAsync() is CommitResult.Applied
            ? new Answer(report, merged.State == TouchpointState.Sent && merged.HasEvidence ? merged : null, touch.Campaign, fresh)
            {
                News = NewsOf(touch, merged),
            }
            : null;
    }

    /// <summary>Of somebody erased the outcome is settled and nothing is kept: the provider's words may name the person.</summary>
    private static async ValueTask<Answer?> MergeErasedAsync(CustomerPartition partition, Touchpoint? touch, DeliveryEvent[] mine, int told)
    {
        var merged = touch is null ? null : mine.Aggregate(touch, Merge);
        if (merged is not null && merged != touch)
        {
            partition.PutTouchpoint(merged);
        }

        return await partition.CommitAsync() is CommitResult.Applied
            ? new Answer(new DeliveryReport(0, told, 0), merged is { State: TouchpointState.Sent } ? merged : null, "", [])
            : null;
    }

    /// <summary>
    /// The lattice of added facts: any event about our attempt proves it was accepted, whatever state the record was left in; each fact
    /// keeps the earliest moment it was told with.
    /// </summary>
    public static Touchpoint Merge(Touchpoint touch, DeliveryEvent e)
    {
        var accepted = touch.State is TouchpointState.Sending or TouchpointState.Unknown or TouchpointState.Planned
            ? touch with
            {
                State = TouchpointState.Sent,
                SettledAt = touch.SettledAt ?? e.At,
                Reason = null,
            }
            : touch;
        return e.Kind switch
        {
            DeliveryEventKind.Delivered or DeliveryEventKind.Opened or DeliveryEventKind.Clicked => accepted with
            {
                DeliveredAt = Earlier(accepted.DeliveredAt, e.At),
            },
            DeliveryEventKind.Bounced => accepted with { BouncedAt = Earlier(accepted.BouncedAt, e.At) },
            DeliveryEventKind.Dropped => accepted with { DroppedAt = Earlier(accepted.DroppedAt, e.At) },
            DeliveryEventKind.Complained => accepted with { ComplainedAt = Earlier(accepted.ComplainedAt, e.At) },
            _ => accepted,
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset at) => known is { } k && k <= at ? k : at;

    private async ValueTask<HashSet<string>> KnownAsync(TouchRef reference)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach (
            var row in store.ReadAllAsync(CustomerPartition.IdOf(reference.Customer), DeliveryEventRows.RangeOf(reference.Touch))
        )
        {
            keys.Add(row.Key);
        }

        return keys;
    }

    private ValueTask QuarantineAsync(DeliveryEvent e) =>
        store.PutAnyAsync(
            EvidenceQuarantine.Partition,
            $"{e.Touch}|{DeliveryEventRows.HashOf(e)}",
            DeliveryEventRows.ToBag(e, clock.GetUtcNow())
        );
}
