using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// This process's leases on campaigns' budgets. The row <c>budget</c> counts what was granted, used or not; each lease stands beside it
/// under its own id until it is used up or given back, and is changed only in one commit with the count. What a crashed process had
/// leased counts as used, since how much of it was is not known; when the rest is gone, leases long expired are written off as lost.
/// One caller at a time.
/// </summary>
internal sealed class BudgetLeases(IRowStore store, IIdSource ids, TimeProvider clock)
{
    /// <summary>Most places a lease has.</summary>
    public const int Most = 20;

    /// <summary>A lease has at most one in so many of what is left, so that few are held elsewhere when a budget comes to its end.</summary>
    private const int ShareOfRest = 64;

    private static readonly TimeSpan LostAfter = TimeSpan.FromHours(24);

    private const string CountRow = "budget";
    private const string LeasePrefix = "lease|";

    private readonly Dictionary<string, Lease> _held = new(StringComparer.Ordinal);

    /// <summary>Not drawn from any more; the store has not confirmed yet that they are closed.</summary>
    private readonly List<(string Campaign, Lease Lease)> _closing = [];

    private readonly Dictionary<string, string> _asked = new(StringComparer.Ordinal);

    private sealed record Lease(string Id, int Left);

    /// <param name="Lease">Null when nothing is left.</param>
    private sealed record Answer(Lease? Lease);

    private sealed record Done;

    public bool Holds(string campaign) => _held.TryGetValue(campaign, out var lease) && lease.Left > 0;

    public async ValueTask<long> SpentAsync(string campaign) =>
        (await store.ReadRowAsync(CampaignBook.VersionsOf(campaign), CountRow))?.Properties.IntegerOr("spent", 0) ?? 0;

    public async ValueTask<bool> TakeAsync(string campaign, int budget)
    {
        if (!Holds(campaign))
        {
            // An id is asked for until it is answered: a grant whose answer was lost is found under it.
            var id = _asked.TryGetValue(campaign, out var before) ? before : _asked[campaign] = ids.NewId();
            var used = _held.GetValueOrDefault(campaign);
            var answer = await ContendedCommit.UntilAppliedAsync(() => TryLeaseAsync(campaign, budget, id, used?.Id));
            _asked.Remove(campaign);
            if (answer.Lease is not { } lease)
            {
                await GiveBackAsync(campaign);
                await WriteOffAsync(campaign);
                return false;
            }

            _held[campaign] = lease;
        }

        _held[campaign] = _held[campaign] with { Left = _held[campaign].Left - 1 };
        return true;
    }

    public async ValueTask PutBackAsync(string campaign)
    {
        if (_held.TryGetValue(campaign, out var lease))
        {
            _held[campaign] = lease with { Left = lease.Left + 1 };
            return;
        }

        // Its lease was closed at the end of another page. A lost answer is let be: giving back twice would let one too many through.
        await ContendedCommit.UntilAppliedAsync(async () =>
            await store.ReadRowAsync(CampaignBook.VersionsOf(campaign), CountRow) is { } row
            && await CountAsync(campaign, row, -1) is CommitResult.Conflict
                ? null
                : new Done()
        );
    }

    public async ValueTask GiveBackAsync()
    {
        foreach (var campaign in _held.Keys.Append("").ToArray())
        {
            await GiveBackAsync(campaign);
        }
    }

    private async ValueTask GiveBackAsync(string campaign)
    {
        // Out of hand first: whatever becomes of the answer, no place of it is drawn any more.
        if (_held.Remove(campaign, out var lease))
        {
            _closing.Add((campaign, lease));
        }

        while (_closing.Count > 0)
        {
            var (of, closed) = _closing[^1];
            await ContendedCommit.UntilAppliedAsync(() => TryCloseAsync(of, closed));
            _closing.RemoveAt(_closing.Count - 1);
        }
    }

    /// <summary>A lost answer is settled by the lease's row: it stands there if the grant was applied.</summary>
    private async ValueTask<Answer?> TryLeaseAsync(string campaign, int budget, string id, string? usedUp)
    {
        var partition = CampaignBook.VersionsOf(campaign);
        if (await store.ReadRowAsync(partition, LeasePrefix + id) is { } mine)
        {
            return new Answer(new Lease(id, (int)mine.Properties.Integer("places")));
        }

        var row = await store.ReadRowAsync(partition, CountRow);
        var spent = row?.Properties.IntegerOr("spent", 0) ?? 0;
        if (spent >= budget)
        {
            return new Answer(null);
        }

        var places = (int)Math.Clamp((budget - spent) / ShareOfRest, 1, Most);
        var count = (row?.Properties.Copy() ?? new PropertyBag()).Set("spent", spent + places);
        var writes = new List<RowWrite>
        {
            new(CountRow, row is null ? Expectation.Absent : Expectation.At(row.Version), count),
            new(LeasePrefix + id, Expectation.Absent, new PropertyBag().Set("places", places).Set("at", clock.GetUtcNow())),
        };
        if (usedUp is not null)
        {
            writes.Add(new RowWrite(LeasePrefix + usedUp, Expectation.Any, null));
        }

        return await store.CommitAsync(partition, writes) is CommitResult.Applied ? new Answer(new Lease(id, places)) : null;
    }

    private async ValueTask<Done?> TryCloseAsync(string campaign, Lease lease)
    {
        var partition = CampaignBook.VersionsOf(campaign);
        if (
            await store.ReadRowAsync(partition, LeasePrefix + lease.Id) is not { } mine
            || await store.ReadRowAsync(partition, CountRow) is not { } row
        )
        {
            return new Done();
        }

        var closing = new RowWrite(LeasePrefix + lease.Id, Expectation.At(mine.Version), null);
        return await CountAsync(campaign, row, -lease.Left, closing) is CommitResult.Applied ? new Done() : null;
    }

    private ValueTask<CommitResult> CountAsync(string campaign, StoredRow row, int by, params RowWrite[] beside)
    {
        var count = row.Properties.Copy().Set("spent", row.Properties.Integer("spent") + by);
        return store.CommitAsync(
            CampaignBook.VersionsOf(campaign),
            [new RowWrite(CountRow, Expectation.At(row.Version), count), .. beside]
        );
    }

    /// <summary>Leases that nobody will close any more go, and are counted for people to see.</summary>
    private async ValueTask WriteOffAsync(string campaign)
    {
        var (partition, now) = (CampaignBook.VersionsOf(campaign), clock.GetUtcNow());
        var old = new List<StoredRow>();
        await foreach (var lease in store.ReadAllAsync(partition, RowRange.Prefix(LeasePrefix)))
        {
            if (now - lease.Properties.Instant("at") >= LostAfter)
            {
                old.Add(lease);
            }
        }

        if (old.Count == 0 || await store.ReadRowAsync(partition, CountRow) is not { } row)
        {
            return;
        }

        // Tried once: what is not written off now is at the next refusal.
        var gone = old.Take(RowLimits.CommitRows - 1).ToArray();
        var lost = row.Properties.IntegerOr("lost", 0) + gone.Sum(l => l.Properties.Integer("places"));
        await store.CommitAsync(
            partition,
            [
                new RowWrite(CountRow, Expectation.At(row.Version), row.Properties.Copy().Set("lost", lost)),
                .. gone.Select(l => new RowWrite(l.Key, Expectation.At(l.Version), null)),
            ]
        );
    }
}
