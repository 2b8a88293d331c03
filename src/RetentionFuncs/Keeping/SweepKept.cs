using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Runs;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Keeping;

/// <summary>How much was let go because its time was over.</summary>
public sealed record KeptReport(int Touchpoints, int Decisions, int Evidence, int Orders)
{
    internal static KeptReport Of(RunTally tally) =>
        new((int)tally[nameof(Touchpoints)], (int)tally[nameof(Decisions)], (int)tally[nameof(Evidence)], (int)tally[nameof(Orders)]);
}

/// <summary>
/// The full pass that lets go what was kept long enough, customer by customer. It takes nothing that is not finished, nothing of a
/// journey under way and no suppression; that somebody entered a campaign is remembered, so that nobody enters it a second time.
/// </summary>
public sealed class SweepKept(IRowStore store, KeepSettings keep, TimeProvider clock) : IShardStep
{
    private readonly CustomerIndex _index = new(store);

    public ValueTask<bool> IsWantedAsync() =>
        ValueTask.FromResult((keep.Touchpoints ?? keep.Ledger ?? keep.Evidence ?? keep.Orders) is not null);

    /// <param name="cancel">Honoured between customers.</param>
    public async ValueTask<KeptReport> RunAsync(CancellationToken cancel = default) =>
        await IsWantedAsync() ? KeptReport.Of(await this.RunAsync(clock.GetUtcNow(), null, cancel)) : new KeptReport(0, 0, 0, 0);

    public ValueTask<bool> RunAsync(ShardTurn turn) =>
        turn.ForEachAsync(_index.ReadAsync(turn.Shard, turn.After), key => key.Value, key => LookAsync(key, turn.RunAt, turn.Tally));

    private async ValueTask LookAsync(CustomerKey key, DateTimeOffset now, RunTally tally)
    {
        var over = new List<(string Counted, StoredRow Row)>();
        var ended = new HashSet<string>(StringComparer.Ordinal);
        var going = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(CustomerPartition.IdOf(key), RowRange.All))
        {
            // Entries, ledger and touches come before evidence, in the order of their keys.
            if (row.Key.StartsWith(CustomerPartition.EntryPrefix, StringComparison.Ordinal))
            {
                Follow(JourneyEntry.Read(row.Key, row.Properties), going);
            }
            else if (CountedAs(row, now, going, ended) is { } counted)
            {
                over.Add((counted, row));
            }
        }

        foreach (var part in over.Chunk(RowLimits.CommitRows))
        {
            var writes = part.Select(o => new RowWrite(o.Row.Key, Expectation.At(o.Row.Version), null)).ToArray();
            // Written to meanwhile: the next pass finds it again.
            if (await store.CommitAsync(CustomerPartition.IdOf(key), writes) is CommitResult.Applied)
            {
                foreach (var (counted, _) in part)
                {
                    tally.Count(counted);
                }
            }
        }
    }

    private static void Follow(JourneyEntry entry, HashSet<string> going)
    {
        if (entry.Status is EntryStatus.Held or EntryStatus.Active)
        {
            going.Add(entry.Reference);
        }
    }

    private string? CountedAs(StoredRow row, DateTimeOffset now, HashSet<string> going, HashSet<string> ended) =>
        Kind(row.Key) switch
        {
            "ledger" when IsOver(row.Properties.Instant("at"), keep.Ledger, now) && !IsGoing(row, going) => nameof(KeptReport.Decisions),
            "touch" when IsEnded(row, ended, going) && IsOver(EndOf(row.Properties), keep.Touchpoints, now) => nameof(
                KeptReport.Touchpoints
            ),
            "x-event" when IsOver(row.Properties.Instant("recordedAt"), keep.Evidence, now) && IsOfEnded(row, ended) => nameof(
                KeptReport.Evidence
            ),
            "x-order" when IsOver(row.Properties.Instant("occurredAt"), keep.Orders, now) => nameof(KeptReport.Orders),
            _ => null,
        };

    private static string Kind(string key) => key.IndexOf('|', StringComparison.Ordinal) is > 0 and var bar ? key[..bar] : key;

    private static bool IsOver(DateTimeOffset at, int? days, DateTimeOffset now) => days is { } kept && at.AddDays(kept) <= now;

    private static DateTimeOffset EndOf(PropertyBag touch) => touch.InstantOrNull("settledAt") ?? touch.Instant("expiresAt");

    private static bool IsGoing(StoredRow ledger, HashSet<string> going)
    {
        var parts = ledger.Key.Split('|');
        return going.Contains($"{parts[1]}|{parts[2]}");
    }

    private static bool IsEnded(StoredRow touch, HashSet<string> ended, HashSet<string> going)
    {
        var bag = touch.Properties;
        var settled =
            bag.Choice<TouchpointState>("state") is not (TouchpointState.Planned or TouchpointState.Sending or TouchpointState.Unknown);
        if (settled)
        {
            ended.Add(touch.Key[CustomerPartition.TouchPrefix.Length..]);
        }

        return settled && !going.Contains($"{bag.Text("campaign")}|{bag.Text("occasion")}");
    }

    /// <summary>Evidence about an unfinished message is still needed; about one that is gone it is not.</summary>
    private static bool IsOfEnded(StoredRow evidence, HashSet<string> ended) =>
        ended.Contains(evidence.Key.Split('|')[1]) || ended.Count == 0;
}
