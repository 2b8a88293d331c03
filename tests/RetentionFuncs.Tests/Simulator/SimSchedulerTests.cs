using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Tests.Simulator;

public sealed class SimSchedulerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly (TimeSpan, TimeSpan) Downtime = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(9));

    [Fact]
    public void A_day_of_virtual_time_passes_at_once()
    {
        var scheduler = new SimScheduler(1, Start);
        DateTimeOffset? woken = null;
        _ = new SimProcess(
            scheduler,
            "sleeper",
            async _ =>
            {
                await scheduler.Pause(TimeSpan.FromDays(1));
                woken = scheduler.Now;
            },
            Downtime
        );

        scheduler.RunUntilIdle();

        woken.ShouldBe(Start.AddDays(1));
    }

    [Fact]
    public void The_order_of_equal_moments_depends_on_the_seed_alone()
    {
        var orders = Enumerable.Range(1, 40).Select(seed => Order((ulong)seed)).ToList();

        orders.ShouldBe(Enumerable.Range(1, 40).Select(seed => Order((ulong)seed)));
        orders.Distinct().Count().ShouldBe(6, "three processes can go first to last in six ways, and forty seeds should show all");
    }

    [Fact]
    public void Nothing_of_a_killed_process_goes_on_not_even_its_finally_blocks()
    {
        var scheduler = new SimScheduler(1, Start);
        var log = new List<string>();
        SimProcess? process = null;
        process = new SimProcess(
            scheduler,
            "worker",
            async life =>
            {
                log.Add("start");
                if (process!.Crashes > 0)
                {
                    return;
                }

                try
                {
                    await InnerAsync(life);
                    log.Add("after");
                }
                finally
                {
                    log.Add("finally");
                }
            },
            Downtime
        );

        scheduler.RunUntilIdle();

        log.ShouldBe(["start", "before", "start"]);
        process.Crashes.ShouldBe(1);
        (scheduler.Now - Start).ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        async Task InnerAsync(SimLife life)
        {
            await scheduler.Pause(TimeSpan.FromMilliseconds(5));
            log.Add("before");
            await life.Crash();
            log.Add("inner");
        }
    }

    [Fact]
    public void Tasks_and_yields_of_the_code_under_test_come_back_through_the_scheduler()
    {
        var scheduler = new SimScheduler(1, Start);
        var seen = new List<SimLife?>();
        var signal = new TaskCompletionSource();
        var waiter = new SimProcess(
            scheduler,
            "waiter",
            async _ =>
            {
                await signal.Task;
                seen.Add(scheduler.Current);
                await Task.Yield();
                seen.Add(scheduler.Current);
                await Task.Delay(TimeSpan.FromHours(1), new SimClock(scheduler));
                seen.Add(scheduler.Current);
            },
            Downtime
        );
        _ = new SimProcess(
            scheduler,
            "signaller",
            async _ =>
            {
                await scheduler.Pause(TimeSpan.FromSeconds(1));
                signal.SetResult();
            },
            Downtime
        );

        scheduler.RunUntilIdle();

        seen.ShouldBe([waiter.Life, waiter.Life, waiter.Life]);
        scheduler.Elapsed.ShouldBeGreaterThan(TimeSpan.FromHours(1));
    }

    [Fact]
    public void An_exception_that_nobody_caught_is_kept_with_the_name_of_its_process()
    {
        var scheduler = new SimScheduler(1, Start);
        _ = new SimProcess(scheduler, "clumsy", _ => throw new InvalidDataException("a bad row"), Downtime);

        scheduler.RunUntilIdle();

        var failure = scheduler.Failures.ShouldHaveSingleItem();
        (failure.Process, failure.Exception.Message).ShouldBe(("clumsy", "a bad row"));
    }

    [Fact]
    public void A_process_may_see_a_skewed_clock_while_true_time_goes_on()
    {
        var scheduler = new SimScheduler(1, Start);
        var clock = new SimClock(scheduler) { Skew = TimeSpan.FromDays(-3650) };

        scheduler.RunUntil(Start.AddHours(1));

        clock.GetUtcNow().ShouldBe(Start.AddHours(1).AddDays(-3650));
        scheduler.Now.ShouldBe(Start.AddHours(1));
    }

    private static string Order(ulong seed)
    {
        var scheduler = new SimScheduler(seed, Start);
        var order = "";
        foreach (var name in (string[])["a", "b", "c"])
        {
            _ = new SimProcess(
                scheduler,
                name,
                async _ =>
                {
                    await scheduler.Pause(TimeSpan.FromSeconds(1));
                    order += name;
                },
                Downtime
            );
        }

        scheduler.RunUntilIdle();
        return order;
    }
}
