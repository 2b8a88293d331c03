using RetentionFuncs.Storage;

namespace RetentionFuncs.Deliverability;

/// <summary>What became of a campaign's messages, as far as it was heard.</summary>
/// <param name="Accepted">Taken by the provider.</param>
/// <param name="Refused">Refused for good at once.</param>
/// <param name="Delivered">Messages said to be delivered, each once.</param>
/// <param name="Bounced">Messages that came back or were dropped, each once.</param>
/// <param name="Complained">Messages reported as spam, each once.</param>
public readonly record struct SendingCounts(long Accepted, long Refused, long Delivered, long Bounced, long Complained)
{
    public bool IsNothing => this == default;

    public static SendingCounts operator +(SendingCounts a, SendingCounts b) =>
        new(a.Accepted + b.Accepted, a.Refused + b.Refused, a.Delivered + b.Delivered, a.Bounced + b.Bounced, a.Complained + b.Complained);

    public static SendingCounts Add(SendingCounts left, SendingCounts right) => left + right;

    internal PropertyBag ToBag() =>
        new PropertyBag()
            .Set("accepted", Accepted)
            .Set("refused", Refused)
            .Set("delivered", Delivered)
            .Set("bounced", Bounced)
            .Set("complained", Complained);

    internal static SendingCounts Read(PropertyBag bag) =>
        new(bag.Integer("accepted"), bag.Integer("refused"), bag.Integer("delivered"), bag.Integer("bounced"), bag.Integer("complained"));
}

/// <summary>One day (UTC) of a campaign.</summary>
public sealed record SendingDay(DateOnly Day, SendingCounts Counts);

/// <summary>
/// The counts on file: a partition of each campaign, a row of each day and shard, so that no row is everybody's. They are a warning
/// sign and no ledger: an answer that was lost leaves a count out and never makes it twice.
/// </summary>
internal sealed class SendingRows(IRowStore store)
{
    private sealed record Done;

    public async ValueTask AddAsync(string campaign, DateOnly day, string shard, SendingCounts counts)
    {
        var (partition, key) = (PartitionOf(campaign), Shards.Key(day, shard));
        await ContendedCommit.UntilAppliedAsync(async () =>
        {
            var row = await store.ReadRowAsync(partition, key);
            var sum = counts + (row is null ? default : SendingCounts.Read(row.Properties));
            var expect = row is null ? Expectation.Absent : Expectation.At(row.Version);
            return await store.CommitAsync(partition, [new RowWrite(key, expect, sum.ToBag())]) is CommitResult.Conflict
                ? null
                : new Done();
        });
    }

    /// <param name="from">First day, included.</param>
    public async ValueTask<IReadOnlyList<SendingDay>> ReadAsync(string campaign, DateOnly from)
    {
        var days = new SortedDictionary<DateOnly, SendingCounts>();
        await foreach (var row in store.ReadAllAsync(PartitionOf(campaign), new RowRange(Shards.DayName(from), null)))
        {
            var day = Shards.DayOf(row.Key);
            days[day] = days.GetValueOrDefault(day) + SendingCounts.Read(row.Properties);
        }

        return [.. days.Select(d => new SendingDay(d.Key, d.Value))];
    }

    /// <summary>Begins to count anew: what led to a stop must not lead to the next one.</summary>
    public async ValueTask ForgetAsync(string campaign)
    {
        var keys = new List<string>();
        await foreach (var row in store.ReadAllAsync(PartitionOf(campaign), RowRange.All))
        {
            keys.Add(row.Key);
        }

        foreach (var part in keys.Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(PartitionOf(campaign), [.. part.Select(k => new RowWrite(k, Expectation.Any, null))]);
        }
    }

    private static PartitionId PartitionOf(string campaign) => new(StoreTable.Control, "sending-counts|" + campaign);
}
