using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliverability;

/// <summary>What the canary batch of a campaign says about those silent for long.</summary>
public abstract record CanaryWord
{
    private CanaryWord() { }

    /// <summary>This one is in the batch.</summary>
    public sealed record InBatch : CanaryWord;

    /// <summary>The batch is out; look again then.</summary>
    public sealed record Wait(DateTimeOffset Until) : CanaryWord;

    /// <summary>Few came back: the rest may follow.</summary>
    public sealed record Released : CanaryWord;

    /// <summary>Too many came back: the rest stays unwritten.</summary>
    /// <param name="Share">Of the batch, 0 to 1.</param>
    public sealed record Stopped(double Share) : CanaryWord;
}

/// <summary>
/// The small batch that goes before all others who were silent for long. Each place is one row under the touch, so asking twice takes
/// one; when the batch is full a day is waited, then the fate of its messages is read once and kept.
/// </summary>
internal sealed class CanaryBatch(IRowStore store)
{
    /// <summary>More than this share of the batch bounced or refused stops the rest.</summary>
    public const double MostBounced = 0.03;

    /// <summary>What bounces mostly does so within a day.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private const string HeadRow = "head";
    private const string PlacePrefix = "place|";

    private readonly Dictionary<string, CanaryWord> _final = new(StringComparer.Ordinal);

    public async ValueTask<CanaryWord> AskAsync(string campaign, TouchRef touch, int size, DateTimeOffset now)
    {
        lock (_final)
        {
            if (_final.TryGetValue(campaign, out var known))
            {
                return known;
            }
        }

        var word = await ContendedCommit.UntilAppliedAsync(() => TryAsync(campaign, touch, size, now));
        if (word is CanaryWord.Released or CanaryWord.Stopped)
        {
            lock (_final)
            {
                _final[campaign] = word;
            }
        }

        return word;
    }

    private static PartitionId PartitionOf(string campaign) => new(StoreTable.Control, "canary|" + campaign);

    private async ValueTask<CanaryWord?> TryAsync(string campaign, TouchRef touch, int size, DateTimeOffset now)
    {
        var partition = PartitionOf(campaign);
        var head = await store.ReadRowAsync(partition, HeadRow);
        if (head?.Properties.TextOrNull("verdict") is { } verdict)
        {
            return verdict == "released" ? new CanaryWord.Released() : new CanaryWord.Stopped(head.Properties.Number("share"));
        }

        if (await store.ReadRowAsync(partition, PlacePrefix + touch) is not null)
        {
            return new CanaryWord.InBatch();
        }

        var taken = head?.Properties.IntegerOr("taken", 0) ?? 0;
        if (taken < size)
        {
            var bag = new PropertyBag().Set("taken", taken + 1).Set("lastAt", now);
            RowWrite[] writes =
            [
                new(HeadRow, head is null ? Expectation.Absent : Expectation.At(head.Version), bag),
                new(PlacePrefix + touch, Expectation.Absent, new PropertyBag().Set("at", now)),
            ];
            return await store.CommitAsync(partition, writes) is CommitResult.Applied ? new CanaryWord.InBatch() : null;
        }

        var ripe = head!.Properties.Instant("lastAt") + Patience;
        return now < ripe ? new CanaryWord.Wait(ripe) : await JudgeAsync(partition, head);
    }

    private async ValueTask<CanaryWord?> JudgeAsync(PartitionId partition, StoredRow head)
    {
        var (sent, bounced) = (0, 0);
        await foreach (var row in store.ReadAllAsync(partition, RowRange.Prefix(PlacePrefix)))
        {
            if (!TouchRef.TryParse(row.Key[PlacePrefix.Length..], out var reference))
            {
                continue;
            }

            var touch = (await CustomerPartition.LoadAsync(store, reference.Customer)).TouchpointBy(reference.Touch);
            var isBack = touch is { State: TouchpointState.Refused } or { BouncedAt: not null } or { DroppedAt: not null };
            sent += isBack || touch is { State: TouchpointState.Sent } ? 1 : 0;
            bounced += isBack ? 1 : 0;
        }

        var share = sent == 0 ? 0 : (double)bounced / sent;
        var isStopped = share > MostBounced;
        var bag = head.Properties.Copy().Set("verdict", isStopped ? "stopped" : "released").Set("share", share);
        return await store.CommitAsync(partition, [new RowWrite(HeadRow, Expectation.At(head.Version), bag)]) is CommitResult.Applied
            ? isStopped
                ? new CanaryWord.Stopped(share)
                : new CanaryWord.Released()
            : null;
    }

    /// <summary>A share as people read it: <c>4.2</c> percent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture);
}
