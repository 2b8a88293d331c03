using RetentionFuncs.Customers;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>Faults of those who tidy up.</summary>
internal static class SweepPlants
{
    public static IReadOnlyList<Plant> All { get; } =
    [
        new BentSweep(
            "sent-back-by-sweep",
            Rule.LegalTransition,
            "an unknown outcome is planned again",
            (t, _) => From(t, TouchpointState.Unknown, TouchpointState.Planned)
        ),
        new BentSweep(
            "lease-retaken",
            Rule.RecordedTruly,
            "a claim that is a minute old is taken for dead and planned again",
            (t, now) => t.ClaimedAt + TimeSpan.FromMinutes(1) < now ? From(t, TouchpointState.Sending, TouchpointState.Planned) : null
        ),
        new BentSweep(
            "resent-when-silent",
            Rule.LegalTransition,
            "what the provider says nothing about for an hour is sent again",
            (t, now) => t.ClaimedAt + TimeSpan.FromHours(1) < now ? From(t, TouchpointState.Unknown, TouchpointState.Planned) : null
        ),
        new BentSweep(
            "dead-means-refused",
            Rule.RecordedTruly,
            "a claim that never came back counts as refused",
            (t, _) => From(t, TouchpointState.Sending, TouchpointState.Refused)
        ),
        new BentSweep(
            "unknown-is-skipped",
            Rule.LegalTransition,
            "unknown outcomes are closed as skipped",
            (t, _) => From(t, TouchpointState.Unknown, TouchpointState.Skipped)
        ),
        new BentSweep(
            "unknown-assumed-sent",
            Rule.RecordedTruly,
            "unknown outcomes are closed as sent",
            (t, _) => From(t, TouchpointState.Unknown, TouchpointState.Sent)
        ),
        new BentSweep(
            "unsent-when-silent",
            Rule.LegalTransition,
            "what was sent and not confirmed goes back to unknown",
            (t, _) => From(t, TouchpointState.Sent, TouchpointState.Unknown)
        ),
        new BentSweep(
            "expired-early",
            Rule.LegalTransition,
            "what waits for its moment is closed as expired",
            (t, now) =>
                t is { State: TouchpointState.Planned } && t.DueAt < now
                    ? t with
                    {
                        State = TouchpointState.Expired,
                        SettledAt = now,
                    }
                    : null
        )
        {
            FoundBy = FoundBy.Second,
        },
        new PlannedAnew(),
        new Tidied(),
        new StaleRewrite(),
        new NoSweep(),
    ];

    private static Touchpoint? From(Touchpoint touch, TouchpointState from, TouchpointState to) =>
        touch.State == from ? touch with { State = to } : null;

    /// <summary>What is unknown is planned once more, under an id of its own.</summary>
    private sealed record PlannedAnew()
        : Plant("unknown-planned-anew", Rule.PlannedOnce, "what is unknown is planned once more under an id of its own")
    {
        public override ValueTask AfterSweepAsync(IRowStore store, TimeProvider clock) =>
            BentSweep.EachAsync(
                store,
                clock,
                async (partition, touch) =>
                {
                    if (touch.State == TouchpointState.Unknown && touch.Id.Value[^1] != '2')
                    {
                        partition.PutTouchpoint(
                            touch with
                            {
                                Id = new TouchId(touch.Id.Value[..^1] + "2"),
                                State = TouchpointState.Planned,
                                AttemptId = null,
                                Address = null,
                            }
                        );
                        await partition.CommitAsync();
                    }
                }
            );
    }

    /// <summary>Records of what ended are deleted.</summary>
    private sealed record Tidied() : Plant("tidied-up", Rule.LegalTransition, "records of what ended are deleted")
    {
        public override ValueTask AfterSweepAsync(IRowStore store, TimeProvider clock) =>
            BentSweep.EachAsync(
                store,
                clock,
                async (partition, touch) =>
                {
                    if (touch.State == TouchpointState.Sent)
                    {
                        partition.Delete(TouchpointRows.RowKey(touch.Id));
                        await partition.CommitAsync();
                    }
                }
            );
    }

    /// <summary>What was planned is written back as it was read twenty minutes before.</summary>
    private sealed record StaleRewrite()
        : Plant("stale-rewrite", Rule.LegalTransition, "planned rows are written back as they were read minutes before")
    {
        public override async ValueTask AfterSweepAsync(IRowStore store, TimeProvider clock)
        {
            var read = new List<(CustomerKey Customer, Touchpoint Touch)>();
            await BentSweep.EachAsync(
                store,
                clock,
                (partition, touch) =>
                {
                    read.Add((partition.Key, touch));
                    return Task.CompletedTask;
                }
            );
            await Task.Delay(TimeSpan.FromMinutes(20), clock);
            foreach (var (customer, touch) in read.Where(r => r.Touch.State == TouchpointState.Planned))
            {
                var partition = await CustomerPartition.LoadAsync(store, customer);
                partition.PutTouchpoint(touch);
                await partition.CommitAsync();
            }
        }
    }

    private sealed record NoSweep : Plant
    {
        public NoSweep()
            : base("no-sweep", Rule.NothingLost, "nobody looks for lost messages") => Sweeps = false;
    }
}

/// <summary>A sweep that changes what it finds.</summary>
internal sealed record BentSweep(string Name, Rule Breaks, string What, Func<Touchpoint, DateTimeOffset, Touchpoint?> Change)
    : Plant(Name, Breaks, What)
{
    public override ValueTask AfterSweepAsync(IRowStore store, TimeProvider clock) =>
        EachAsync(
            store,
            clock,
            async (partition, touch) =>
            {
                if (Change(touch, clock.GetUtcNow()) is { } changed)
                {
                    partition.PutTouchpoint(changed);
                    await partition.CommitAsync();
                }
            }
        );

    /// <summary>Every unfinished touchpoint of the last three days.</summary>
    public static async ValueTask EachAsync(IRowStore store, TimeProvider clock, Func<CustomerPartition, Touchpoint, Task> act)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        for (var day = today.AddDays(-2); day <= today; day = day.AddDays(1))
        {
            foreach (var shard in Shards.All)
            {
                await foreach (var reference in new OpenWork(store).ReadAsync(day, shard))
                {
                    var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
                    if (partition.TouchpointBy(reference.Touch) is { } touch)
                    {
                        await act(partition, touch);
                    }
                }
            }
        }
    }
}
