using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;
using static RetentionFuncs.Simulation.Plants.BentStore;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>Faults between the product and what it reads.</summary>
internal static class ReadingPlants
{
    private static readonly TimeSpan Late = TimeSpan.FromDays(10);

    public static IReadOnlyList<Plant> All { get; } =
    [
        new BentReads(
            "refusals-unread",
            Rule.NoIsNo,
            "what an address refuses is not read, and wiped out with the slot",
            (s, p, r) => s.Sends && p.Table == StoreTable.Addresses ? r.Properties.Copy().Set("suppressed", (string?)null) : r.Properties
        ),
        new BentReads(
            "consent-unread",
            Rule.NoIsNo,
            "whoever once said yes is taken to say it still",
            (s, p, r) =>
                s.Sends && IsContact(p, r.Key) && r.Properties.Has("consent")
                    ? r.Properties.Copy().Set("consent", "Granted")
                    : r.Properties,
            (p, w) => IsContact(p, w.Key) ? null : w
        ),
        new BentReads(
            "expiry-unread",
            Rule.WithinValidity,
            "a message is sent after it is of any use",
            (s, p, r) => s.Sends && p.Table == StoreTable.Customers && IsTouch(r.Key) ? Moved(r.Properties, Late) : r.Properties,
            (p, w) =>
                p.Table == StoreTable.Customers && IsTouch(w.Key) && w.Properties is { } row ? w with { Properties = Moved(row, -Late) } : w
        ),
        new BentReads(
            "everything-is-service",
            Rule.ClaimedBeforeCalled,
            "promotion goes by the rules of service: no slot, no night, no cap",
            (s, p, r) => s.Sends && p.Table == StoreTable.Customers && IsTouch(r.Key) ? Purposed(r.Properties, "Service") : r.Properties,
            (p, w) =>
                p.Table == StoreTable.Customers && IsTouch(w.Key) && w.Properties is { } row
                    ? w with
                    {
                        Properties = Purposed(row, null),
                    }
                    : w
        ),
        new BentReads(
            "kill-switch-unread",
            Rule.StoppedMeansStopped,
            "the kill switch is not looked at",
            (s, p, r) =>
                s.Sends && p.Table == StoreTable.Campaigns && r.Key == "~kill-switch" ? r.Properties.Copy().Set("on", false) : r.Properties
        ),
        new BentReads(
            "pause-unread",
            Rule.StoppedMeansStopped,
            "a paused campaign goes on with what is under way",
            (s, p, r) =>
                s.Sends && p.Table == StoreTable.Campaigns && r.Properties.Has("status")
                    ? r.Properties.Copy().Set("status", "Live")
                    : r.Properties
        ),
        new StaleHeads(),
    ];

    private static bool IsContact(PartitionId p, string key) =>
        p.Table == StoreTable.Customers && key.StartsWith("contact|", StringComparison.Ordinal);

    private static PropertyBag Moved(PropertyBag row, TimeSpan by) => row.Copy().Set("expiresAt", row.Instant("expiresAt") + by);

    /// <summary>Keeps the true purpose where nobody looks, to be put back.</summary>
    private static PropertyBag Purposed(PropertyBag row, string? purpose) =>
        purpose is null
            ? TrueIn(row) is { } known
                ? row.Copy().Set("purpose", known).Set("trace", (string?)null)
                : row
            : row.Copy().Set("trace", "is " + row.Text("purpose")).Set("purpose", purpose);

    private static string? TrueIn(PropertyBag row) =>
        row.TextOrNull("trace") is { } trace && trace.StartsWith("is ", StringComparison.Ordinal) ? trace[3..] : null;

    /// <summary>Heads and kill switch are kept for an hour instead of five seconds.</summary>
    private sealed record StaleHeads() : Plant("stale-kill-switch", Rule.StoppedMeansStopped, "heads and kill switch are kept for an hour")
    {
        public override IRowStore Around(IRowStore store, PlantSite site) => new Stale(store, site.Clock);

        private sealed class Stale(IRowStore store, TimeProvider clock) : IRowStore
        {
            private readonly Dictionary<(string, RowRange), (DateTimeOffset At, RowPage Page)> _kept = [];

            public async ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000)
            {
                if (partition is not { Table: StoreTable.Campaigns, Key: "heads" })
                {
                    return await store.ReadAsync(partition, range, limit);
                }

                if (
                    !_kept.TryGetValue((partition.Key, range), out var kept)
                    || (clock.GetUtcNow() - kept.At).Duration() > TimeSpan.FromHours(1)
                )
                {
                    _kept[(partition.Key, range)] = kept = (clock.GetUtcNow(), await store.ReadAsync(partition, range, limit));
                }

                return kept.Page;
            }

            public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
                store.CommitAsync(partition, writes);
        }
    }
}
