using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Customers.Joining;

/// <summary>
/// Moves everything of one id to the customer it is. Messages, their evidence and the journeys they belong to stay where they were made,
/// since links and delivery events name that place: what is planned ends as skipped, entries end, and the customer that remains knows of
/// each occasion that was answered, so that none is answered twice. Commits hold at most 100 rows.
/// </summary>
public sealed class MergeCustomer(
    IRowStore store,
    InstanceSecret secret,
    RecordCustomer customers,
    MoveOrders orders,
    MoveExperiences experiences
)
{
    private const int PerCommit = 80;

    private static readonly string[] Moved = [CustomerPartition.ProfileRow, CustomerPartition.SummaryRow, CustomerPartition.GateRow];

    private readonly OpenWork _open = new(store);

    private sealed record Done(IReadOnlyList<Touchpoint> Ended, bool HasMore);

    /// <param name="intoId">An external id that leads to <paramref name="into"/>.</param>
    /// <returns>Orders that moved.</returns>
    public async ValueTask<int> RunAsync(CustomerKey from, CustomerKey into, string intoId, DateTimeOffset at, DateTimeOffset now)
    {
        // Whoever remains must be on file before anything leads there.
        await customers.RunAsync(MergedContact.Nothing(intoId), now);
        await EndWorkAsync(from, into, at, now);
        // Before all else what holds messages back: an open complaint, then refusals and cap slots.
        await experiences.RunAsync(from, intoId);
        await MoveContactsAsync(from, into, intoId, now);
        await MoveStandingAsync(from, into);
        var moved = await orders.RunAsync(from, into, intoId, now);
        await EndWorkAsync(from, into, at, now);
        await ForgetAsync(from);
        return moved;
    }

    /// <summary>
    /// The forwarding row, and the end of everything planned, in one commit where it fits: a claim, a review or news that read the customer
    /// before finds its rows changed and looks again.
    /// </summary>
    private async ValueTask EndWorkAsync(CustomerKey from, CustomerKey into, DateTimeOffset at, DateTimeOffset now)
    {
        for (var hasMore = true; hasMore; )
        {
            var done = await ContendedCommit.UntilAppliedAsync(() => TryEndAsync(from, into, at, now));
            foreach (var touch in done.Ended)
            {
                ProductMeter.Ended(touch);
                await ClaimTouchpoint.FreeAddressAsync(store, touch);
                await _open.RemoveAsync(touch);
            }

            hasMore = done.HasMore;
        }
    }

    private async ValueTask<Done?> TryEndAsync(CustomerKey from, CustomerKey into, DateTimeOffset at, DateTimeOffset now)
    {
        var partition = await CustomerPartition.LoadAsync(store, from);
        if (CustomerForward.Of(partition) is null)
        {
            partition.Put(CustomerForward.RowKey, new CustomerForward(into, at, IsDone: false).ToBag());
            foreach (var row in Moved)
            {
                partition.Hold(row);
            }
        }

        var planned = partition.Touchpoints().Where(t => t.State == TouchpointState.Planned).ToArray();
        var going = JourneyEntry.AllOf(partition).Where(e => e.Status is EntryStatus.Held or EntryStatus.Active).ToArray();
        var reason = GateReason.CustomerMerged.ToString();
        var ended = planned
            .Take(PerCommit / 2)
            .Select(t => t with { State = TouchpointState.Skipped, Reason = reason, SettledAt = now })
            .ToArray();
        foreach (var touch in ended)
        {
            partition.PutTouchpoint(touch);
        }

        foreach (var entry in going.Take(PerCommit / 2).Select(e => e with { Status = EntryStatus.Exited, Reason = reason }))
        {
            partition.Put(entry.RowKey, entry.ToBag());
        }

        return await partition.CommitAsync() is CommitResult.Applied
            ? new Done(ended, planned.Length > PerCommit / 2 || going.Length > PerCommit / 2)
            : null;
    }

    private async ValueTask MoveContactsAsync(CustomerKey from, CustomerKey into, string intoId, DateTimeOffset now)
    {
        var old = await CustomerPartition.LoadAsync(store, from);
        if (old.Profile() is not { } customer)
        {
            return;
        }

        foreach (var contact in old.Contacts())
        {
            var partition = await CustomerPartition.LoadAsync(store, into);
            var known = partition.ContactBy(secret.ContactKeyOf(into, contact.ExternalId));
            var news = MergedContact.News(intoId, (partition.Profile(), known), (customer, contact), secret);
            await customers.RunAsync(news, now);
        }
    }

    /// <summary>Cap slots, the ledger, and one ended entry for each occasion that was answered; what is there already stays.</summary>
    private async ValueTask MoveStandingAsync(CustomerKey from, CustomerKey into)
    {
        var old = await CustomerPartition.LoadAsync(store, from);
        var rows = old.WithPrefix(CustomerPartition.LedgerPrefix)
            .Concat(JourneyEntry.AllOf(old).Where(IsAnswered).Select(e => KeyValuePair.Create(e.RowKey, AnsweredElsewhere(e).ToBag())))
            .Append(KeyValuePair.Create(CustomerForward.AbsorbedPrefix + from.Value, new PropertyBag()))
            .ToArray();
        foreach (var part in rows.Chunk(PerCommit))
        {
            await ContendedCommit.UntilAppliedAsync(async () =>
            {
                var partition = await CustomerPartition.LoadAsync(store, into);
                var (gate, gone) = (CustomerGate.Of(partition), CustomerGate.Of(old).Slots.Taken);
                var slots = gate.Slots.Taken.UnionBy(gone, s => (s.Touch, s.Attempt)).ToArray();
                if (slots.Length > gate.Slots.Taken.Count)
                {
                    (gate with { Slots = new CapSlots(slots) }).PutTo(partition);
                }

                foreach (var row in part.Where(r => partition.Find(r.Key) is null))
                {
                    partition.Put(row.Key, row.Value);
                }

                return await partition.CommitAsync() is CommitResult.Applied ? partition : null;
            });
        }
    }

    /// <summary>Drawn or sent to; one that was only held never began, and the customer that remains may begin it.</summary>
    private static bool IsAnswered(JourneyEntry entry) => entry.EnteredAt is not null;

    /// <summary>Without arm and moment, so that reports count the entry once, where it was made.</summary>
    private static JourneyEntry AnsweredElsewhere(JourneyEntry entry) =>
        entry with
        {
            Status = EntryStatus.Exited,
            Reason = GateReason.CustomerMerged.ToString(),
            Arm = null,
            EnteredAt = null,
            Contact = null,
        };

    /// <summary>What has been moved goes; the messages, their evidence and the history of consents stay as evidence.</summary>
    private async ValueTask ForgetAsync(CustomerKey from)
    {
        for (var hasMore = true; hasMore; )
        {
            hasMore = (
                await ContendedCommit.UntilAppliedAsync(async () =>
                {
                    var partition = await CustomerPartition.LoadAsync(store, from);
                    var gone = Moved
                        .Concat([CustomerPartition.ValueRow, Experiences.ExperienceRows.StateRow])
                        .Where(r => partition.Find(r) is not null)
                        .Concat(partition.WithPrefix(CustomerPartition.ContactPrefix).Select(r => r.Key))
                        .Concat(partition.WithPrefix(CustomerPartition.LedgerPrefix).Select(r => r.Key))
                        .ToArray();
                    foreach (var row in gone.Take(PerCommit))
                    {
                        partition.Delete(row);
                    }

                    var forward = CustomerForward.Of(partition)!;
                    partition.Put(CustomerForward.RowKey, (forward with { IsDone = gone.Length <= PerCommit }).ToBag());
                    return await partition.CommitAsync() is CommitResult.Applied ? new Done([], gone.Length > PerCommit) : null;
                })
            ).HasMore;
        }
    }
}
