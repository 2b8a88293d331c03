using RetentionFuncs.Queues;
using RetentionFuncs.Runs;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>The processes of the product: workers on the queue, timers, the webhook and an operator.</summary>
internal static class Staff
{
    public static void Hire(World world)
    {
        for (var i = 1; i <= 3; i++)
        {
            world.Spawn($"worker-{i}", life => WorkAsync(world, life));
        }

        // Both homes at once: timers that do all the work themselves, and timers that queue it by shard.
        world.Spawn("planner", life => PlanAsync(world, life));
        if (world.Options.Plant is not { Sweeps: false })
        {
            world.Spawn("sweeper-1", life => SweepAsync(world, life));
            world.Spawn("sweeper-2", life => SweepAsync(world, life));
            world.Spawn("timer-2", life => FireAsync(world, life, Swept(world), RunKind.SweepOpenWork));
        }

        world.Spawn("timer-1", life => FireAsync(world, life, (240, 600), RunKind.ReviewDue, RunKind.DecideWaiting));
        RunKind[] passes = world.Options.Plant is { Audits: false }
            ? [RunKind.RefitScores]
            : [RunKind.AuditTouchpoints, RunKind.RefitScores];
        world.Spawn("timer-3", life => FireAsync(world, life, Refits(world), passes));
        world.Spawn("timer-4", life => FireAsync(world, life, Rarer(world, 7000, 9000), RunKind.BuildReport));
        for (var i = 1; i <= 2; i++)
        {
            world.Spawn($"runner-{i}", life => RunAsync(world, life));
        }

        if (world.Options.Plant is not { Audits: false })
        {
            world.Spawn("auditor", life => AuditAsync(world, life));
        }

        world.Spawn("webhook", life => new Webhook(world, life).RunAsync());
        world.Spawn("operator", life => new Operator(world, life).RunAsync());
        MoveClocks(world);
        if (world.Options.WildClocks)
        {
            LoseIndexRows(world);
        }
    }

    /// <summary>Two messages at a time, as a functions host would.</summary>
    private static Task WorkAsync(World world, SimLife life)
    {
        var host = new Host(world, life);
        life.Activity = "send";
        return Task.WhenAll(LoopAsync(), LoopAsync());

        async Task LoopAsync()
        {
            while (true)
            {
                if (!await world.Queue.DeliverOneAsync(host))
                {
                    await world.Scheduler.Pause(UntilNext(world, world.Queue));
                }
            }
        }
    }

    private static async Task RunAsync(World world, SimLife life)
    {
        var host = new Host(world, life);
        life.Activity = "run";
        while (true)
        {
            if (!await world.RunQueue.DeliverOneAsync(host.Product.Handler))
            {
                await world.Scheduler.Pause(UntilNext(world, world.RunQueue));
            }
        }
    }

    private static async Task FireAsync(World world, SimLife life, (int Least, int Most) minutes, params RunKind[] kinds)
    {
        var host = new Host(world, life);
        life.Activity = "timer";
        while (true)
        {
            var done = true;
            foreach (var kind in kinds)
            {
                done &= await TryAsync(world, async () => await host.Product.StartRun.RunAsync(kind));
            }

            await world.Scheduler.Pause(Between(world, done ? minutes : (1, 10)));
        }
    }

    private static (int Least, int Most) Rarer(World world, int least, int most) =>
        (least * world.Options.Harshness.FullPasses, most * world.Options.Harshness.FullPasses);

    private static (int Least, int Most) Refits(World world) =>
        Rarer(world, 1500 * world.Options.Harshness.Refits, 3000 * world.Options.Harshness.Refits);

    private static (int Least, int Most) Swept(World world) =>
        (400 * world.Options.Harshness.Sweeps, 1000 * world.Options.Harshness.Sweeps);

    private static TimeSpan UntilNext(World world, SimQueue queue)
    {
        var next = queue.NextAt is { } at ? at - world.Scheduler.Now : TimeSpan.MaxValue;
        var least = TimeSpan.FromSeconds(1);
        var most = TimeSpan.FromMinutes(20);
        return (
                next < least ? least
                : next > most ? most
                : next
            ) + world.Random.Between(TimeSpan.Zero, least);
    }

    private static async Task PlanAsync(World world, SimLife life)
    {
        var host = new Host(world, life);
        life.Activity = "review";
        while (true)
        {
            var done = await TryAsync(world, () => WatchAsync(world, host.Product.ReviewDue.TallyAsync()));
            await world.Scheduler.Pause(Between(world, done ? (240, 600) : (1, 10)));
        }
    }

    private static async Task SweepAsync(World world, SimLife life)
    {
        var host = new Host(world, life);
        life.Activity = "sweep";
        while (true)
        {
            var done = await TryAsync(
                world,
                async () =>
                {
                    await WatchAsync(world, host.Product.SweepOpenWork.RunAsync(host.Clock.GetUtcNow()));
                    await (world.Options.Plant?.AfterSweepAsync(host.Store, host.Clock) ?? ValueTask.CompletedTask);
                }
            );
            await world.Scheduler.Pause(Between(world, done ? Swept(world) : (1, 10)));
        }
    }

    private static async Task AuditAsync(World world, SimLife life)
    {
        var host = new Host(world, life);
        life.Activity = "audit";
        while (true)
        {
            await world.Scheduler.Pause(Between(world, Rarer(world, 1500, 3000)));
            await TryAsync(world, () => WatchAsync(world, host.Product.AuditTouchpoints.RunAsync(host.Clock.GetUtcNow())));
        }
    }

    /// <summary>What a run passed over because it failed by itself is a fault of the program, and told.</summary>
    private static async Task WatchAsync(World world, ValueTask<RunTally> run)
    {
        foreach (var fault in (await run).Faults)
        {
            world.NoteFailure(fault);
        }
    }

    /// <summary>Runs a verb as a host does: what the outside failed at is tried again later.</summary>
    public static async Task<bool> TryAsync(World world, Func<Task> verb)
    {
        try
        {
            await verb();
            return true;
        }
        catch (Exception exception)
        {
            world.NoteFailure(exception);
            return false;
        }
    }

    public static TimeSpan Between(World world, (int Least, int Most) minutes) =>
        world.Random.Between(TimeSpan.FromMinutes(minutes.Least), TimeSpan.FromMinutes(minutes.Most));

    /// <summary>Takes a row out of the index of open work behind everybody's back, for the audit to mend.</summary>
    private static void LoseIndexRows(World world)
    {
        if (world.Scheduler.Now >= world.ActiveUntil)
        {
            return;
        }

        var open = world.Store.Everything(StoreTable.OpenWork).ToList();
        if (open.Count > 0)
        {
            var (partition, row) = world.Random.Pick(open);
            world.Store.CommitAsync(partition, [new RowWrite(row.Key, Expectation.Any, null)]).AsTask().GetAwaiter().GetResult();
        }

        world.Scheduler.After(Between(world, (60, 900)), () => LoseIndexRows(world));
    }

    private static void MoveClocks(World world)
    {
        if (world.Scheduler.Now >= world.ActiveUntil)
        {
            return;
        }

        var process = world.Random.Pick(world.Processes).Name;
        world.Skew(process, world.Options.WildClocks ? Wild(world.Random, process) : Around(world.Random, TimeSpan.FromMinutes(1)));
        world.Scheduler.After(Between(world, (30, 600)), () => MoveClocks(world));
    }

    /// <summary>Workers may be ten years off; those who plan and sweep a few hours, or what they plan would not come to rest in six days.</summary>
    private static TimeSpan Wild(SimRandom random, string process) =>
        random.Chance(0.3) ? TimeSpan.Zero
        : process.StartsWith("worker", StringComparison.Ordinal) ? Around(random, TimeSpan.FromDays(random.Chance(0.5) ? 3650 : 1))
        : Around(random, TimeSpan.FromHours(6));

    private static TimeSpan Around(SimRandom random, TimeSpan most) => random.Between(-most, most);
}
