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

    /// <summary>What one try leaves to the next.</summary>
    private sealed class Learned
    {
        /// <summary>The touchpoint was not finished yet: another event may have finished it long ago.</summary>
        public bool WasOpen { get; set; }

        /// <summary>Rows of evidence found on file.</summary>
        public HashSet<string> Known { get; } = new(StringComparer.Ordinal);
    }

    private readonly Suppress _suppress = new(store);
    private readonly OpenWork _open = new(store);
    private readonly SendingRows _counts = new(store);

    /// <param name="events">Any mixture, in any order.</param>
    public async ValueTask<DeliveryReport> RunAsync(IReadOnlyCollection<DeliveryEvent> events)
    {
        var (report, news) = (new DeliveryReport(0, 0, 0), new Dictionary<string, SendingCounts>(StringComparer.Ordinal));
        try
        {
            foreach (var part in events.GroupBy(e => e.Touch).SelectMany(touch => touch.Chunk(PerCommit)))
            {
                var answer = await TakeInAsync(part);
                news[answer.Campaign] = news.GetValueOrDefault(answer.Campaign) + answer.News;
                report = report.Plus(answer.Report);
            }

            return report;
        }
        finally
        {
            await CountAsync(news, events);
        }
    }

    private async ValueTask<Answer> TakeInAsync(DeliveryEvent[] part)
    {
        using var span = ProductTrace.Hear();
        await SuppressAsync(part);
        var learned = new Learned();
        var answer = await ContendedCommit.UntilAppliedAsync(() => MergeAsync(part[0].Touch, part, learned));
        if (learned.WasOpen && answer.Closed is { } closed)
        {
            await _open.RemoveAsync(closed);
        }

        Tell(answer);
        return answer;
    }

    private static void Tell(Answer answer)
    {
        ProductMeter.Quarantined.Add(answer.Report.Quarantined);
        foreach (var e in answer.Fresh)
        {
            ProductMeter.Heard(answer.Campaign, e);
        }
    }

    /// <summary>
    /// Once for all that was told together, in one row for each campaign, whichever shards the customers are of. A sign and no ledger:
    /// what the store does not take now is left out, since the events themselves are on file.
    /// </summary>
    private async ValueTask CountAsync(Dictionary<string, SendingCounts> news, IReadOnlyCollection<DeliveryEvent> events)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var (campaign, counts) in news.Where(n => !n.Value.IsNothing))
        {
            try
            {
                await _counts.AddAsync(campaign, today, Shards.Of(events.First().Touch.Customer), counts);
            }
            catch (StoreUnavailableException)
            {
                // The rates are off by a few messages.
            }
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

    private async ValueTask<Answer?> MergeAsync(TouchRef reference, DeliveryEvent[] events, Learned learned)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        var touch = partition.TouchpointBy(reference.Touch);
        var mine = events.Where(e => touch is not null && touch.AttemptId == e.AttemptId).ToArray();
        learned.WasOpen |= touch is { State: not TouchpointState.Sent } or { HasEvidence: false };
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

        var fresh = mine.DistinctBy(DeliveryEventRows.RowKey).ToDictionary(DeliveryEventRows.RowKey, StringComparer.Ordinal);
        foreach (var row in fresh.Keys.Where(learned.Known.Contains).ToArray())
        {
            fresh.Remove(row);
        }

        foreach (var (row, e) in fresh)
        {
            partition.AddFact(row, DeliveryEventRows.ToBag(e, clock.GetUtcNow()));
        }

        var merged = mine.Aggregate(touch, Merge);
        if (merged != touch)
        {
            partition.PutTouchpoint(merged);
        }

        var isAlone = partition.ChangeCount == 1;
        var result = await partition.CommitAsync();
        if (result is CommitResult.Conflict { RowKey: var told } && fresh.ContainsKey(told))
        {
            // Told before. That is found out by the write and not by a read beforehand, since most events come once.
            if (isAlone)
            {
                return AnswerOf([], false);
            }

            await LearnAsync(touch, learned);
            return null;
        }

        return result is CommitResult.Applied ? AnswerOf([.. fresh.Values], merged != touch) : null;

        Answer AnswerOf(IReadOnlyList<DeliveryEvent> recorded, bool moved) =>
            new(
                new DeliveryReport(recorded.Count, mine.Length - recorded.Count, events.Length - mine.Length),
                merged.State == TouchpointState.Sent && merged.HasEvidence ? merged : null,
                touch.Campaign,
                recorded
            )
            {
                News = moved ? NewsOf(touch, merged) : default,
            };
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

    private async ValueTask LearnAsync(Touchpoint touch, Learned learned)
    {
        await foreach (var row in store.ReadAllAsync(CustomerPartition.IdOf(touch.Customer), DeliveryEventRows.RangeOf(touch.Id)))
        {
            learned.Known.Add(row.Key);
        }
    }

    private ValueTask QuarantineAsync(DeliveryEvent e) =>
        store.PutAnyAsync(
            EvidenceQuarantine.Partition,
            $"{e.Touch}|{DeliveryEventRows.HashOf(e)}",
            DeliveryEventRows.ToBag(e, clock.GetUtcNow())
        );
}
