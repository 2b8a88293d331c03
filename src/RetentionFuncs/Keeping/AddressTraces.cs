using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Keeping;

/// <summary>
/// What is known of the person's addresses, under their keyed hashes: the suppression stays or is put there, since it is what keeps the
/// person from being written to again; whom the address belonged to, and which messages took slots, goes.
/// </summary>
internal sealed class AddressTraces(IRowStore store)
{
    private const string Source = "erasure";

    private sealed record Done(bool Suppressed);

    /// <returns>How many addresses get nothing more.</returns>
    public async ValueTask<int> EraseAsync(
        InstanceSecret secret,
        CustomerPartition partition,
        IEnumerable<Contact> contacts,
        bool whole,
        bool suppress,
        DateTimeOffset now
    )
    {
        var suppressed = 0;
        var touches = partition.Touchpoints().ToArray();
        var mine = touches.Select(t => t.Id.Value).ToHashSet(StringComparer.Ordinal);
        var addresses = contacts
            .SelectMany(c => Enum.GetValues<Channel>().Select(channel => secret.AddressKeyOf(c, channel)))
            .Concat(whole ? touches.Select(t => t.Address) : [])
            .OfType<AddressKey>()
            .Distinct();
        foreach (var address in addresses)
        {
            var done = await ContendedCommit.UntilAppliedAsync(() => EraseAsync(address, partition.Key, mine, whole, suppress, now));
            suppressed += done.Suppressed ? 1 : 0;
        }

        return suppressed;
    }

    private async ValueTask<Done?> EraseAsync(
        AddressKey address,
        CustomerKey customer,
        HashSet<string> touches,
        bool whole,
        bool suppress,
        DateTimeOffset now
    )
    {
        var partition = AddressStanding.PartitionOf(address);
        var row = await store.ReadRowAsync(partition, AddressStanding.RowKey);
        var known = AddressStanding.Read(row?.Properties);
        var suppression = suppress
            ? Suppression.Stronger(known.Suppression, new Suppression(SuppressionReason.Unsubscribed, now, Source))
            : known.Suppression;
        var next = known with
        {
            Person = whole && known.Person?.Value == customer.Value ? null : known.Person,
            Slots = whole ? new CapSlots([.. known.Slots.Taken.Where(s => !touches.Contains(s.Touch))]) : known.Slots,
            // Where it came from may be one of the person's messages.
            Suppression = suppression is { } s && whole ? s with { Source = Source } : suppression,
        };
        var bag = next.ToBag();
        if (row is null && bag.Entries.Count == 0)
        {
            return new Done(false);
        }

        var expect = row is null ? Expectation.Absent : Expectation.At(row.Version);
        var write = new RowWrite(AddressStanding.RowKey, expect, bag.Entries.Count == 0 ? null : bag);
        return await store.CommitAsync(partition, [write]) is CommitResult.Applied ? new Done(next.Suppression is not null) : null;
    }
}
