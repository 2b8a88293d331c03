using RetentionFuncs.Storage;

namespace RetentionFuncs.Deliverability;

/// <summary>
/// The messages of each day of a ramp. A process leases a few at a time from the day's row and draws from them in memory; what it does
/// not use is lost to that day, never granted twice. Asks the store nothing when a day is known to be full.
/// </summary>
internal sealed class WarmUpBudget(IRowStore store)
{
    private const int Most = 20;
    private const int ShareOfRest = 16;

    private readonly Turns _turns = new();
    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);

    /// <param name="Full">Nothing more is to be had this day.</param>
    private sealed record Held(DateOnly Day, int Left, bool Full);

    private sealed record Granted(int Places);

    /// <returns>False when the day is full.</returns>
    /// <exception cref="StoreUnavailableException">Not known to be granted.</exception>
    public Task<bool> TakeAsync(WarmUp ramp, string domain, DateOnly day) =>
        _turns.RunAsync(async () =>
        {
            var held = _held.GetValueOrDefault(domain);
            if (held is null || held.Day != day)
            {
                held = new Held(day, 0, false);
            }

            if (held is { Left: 0, Full: false })
            {
                var granted = await ContendedCommit.UntilAppliedAsync(() => TryLeaseAsync(ramp, domain, day));
                held = held with { Left = granted.Places, Full = granted.Places == 0 };
            }

            _held[domain] = held.Left > 0 ? held with { Left = held.Left - 1 } : held;
            return held.Left > 0;
        });

    /// <summary>One that was taken for a message that surely did not leave.</summary>
    public Task PutBackAsync(string domain, DateOnly day) =>
        _turns.RunAsync(() =>
        {
            if (_held.GetValueOrDefault(domain) is { } held && held.Day == day)
            {
                _held[domain] = held with { Left = held.Left + 1 };
            }

            return ValueTask.FromResult(true);
        });

    private static PartitionId PartitionOf(string domain) => new(StoreTable.Control, "warm-up|" + domain);

    /// <summary>A lost answer counts as granted and unused: the day may end below its cap, never above.</summary>
    private async ValueTask<Granted?> TryLeaseAsync(WarmUp ramp, string domain, DateOnly day)
    {
        var (fullest, today) = (0L, (StoredRow?)null);
        var range = new RowRange(Shards.DayName(ramp.Start), Shards.DayName(day.AddDays(1)));
        await foreach (var row in store.ReadAllAsync(PartitionOf(domain), range))
        {
            var isToday = row.Key == Shards.DayName(day);
            today = isToday ? row : today;
            fullest = isToday ? fullest : Math.Max(fullest, row.Properties.Integer("granted"));
        }

        var granted = today?.Properties.Integer("granted") ?? 0;
        var cap = ramp.CapOn(day, fullest);
        if (granted >= cap)
        {
            return new Granted(0);
        }

        var places = (int)Math.Clamp((cap - granted) / ShareOfRest, 1, Most);
        var expect = today is null ? Expectation.Absent : Expectation.At(today.Version);
        var bag = new PropertyBag().Set("granted", granted + places).Set("cap", cap);
        return await store.CommitAsync(PartitionOf(domain), [new RowWrite(Shards.DayName(day), expect, bag)]) is CommitResult.Applied
            ? new Granted(places)
            : null;
    }
}
