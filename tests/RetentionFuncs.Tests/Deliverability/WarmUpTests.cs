using RetentionFuncs.Campaigns;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Deliverability;

public sealed class WarmUpTests
{
    private static readonly DateOnly Start = new(2026, 12, 1);
    private static readonly WarmUp Ramp = new(Start, 50, 1.5m, 30, []);

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 0, 50)]
    [InlineData(1, 50, 75)]
    [InlineData(2, 75, 112)]
    [InlineData(2, 10, 50)]
    [InlineData(10, 0, 50)]
    [InlineData(10, 50, 75)]
    [InlineData(29, 1_000_000, 1_500_000)]
    [InlineData(29, 5_000_000, 6_391_701)]
    public void A_days_cap_follows_the_calendar_and_never_more_than_one_step_above_the_fullest_day(int day, long fullest, long cap) =>
        Ramp.CapOn(Start.AddDays(day), fullest).ShouldBe(cap);

    [Fact]
    public void After_its_last_day_and_for_other_domains_nothing_is_limited()
    {
        Ramp.Limits("linden.shop", Start.AddDays(29)).ShouldBeTrue();
        Ramp.Limits("linden.shop", Start.AddDays(30)).ShouldBeFalse();
        (Ramp with { Domains = ["news.linden.shop"] }).Limits("linden.shop", Start).ShouldBeFalse();
        (Ramp with { Domains = ["news.linden.shop"] }).Limits("News.Linden.Shop", Start).ShouldBeTrue();
    }

    [Fact]
    public async Task Over_thirty_days_three_processes_together_never_pass_the_cap_and_what_waited_does_not_burst_out()
    {
        var store = SimRowStore.Quiet();
        WarmUpBudget[] processes = [new(store), new(store), new(store)];
        var (fullest, waiting) = (0L, 0L);
        for (var day = 0; day < 30; day++)
        {
            waiting += 400;
            // Nobody sends from the fifth to the ninth day: a weekend, a stop by hand.
            var wanted = day is >= 4 and < 9 ? 0 : waiting;
            var (sent, full) = (0L, new HashSet<WarmUpBudget>());
            for (var i = 0; sent < wanted && full.Count < processes.Length; i++)
            {
                var process = processes[i % processes.Length];
                if (full.Contains(process))
                {
                    continue;
                }

                if (await process.TakeAsync(Ramp, "linden.shop", Start.AddDays(day)))
                {
                    sent++;
                }
                else
                {
                    _ = full.Add(process);
                }
            }

            sent.ShouldBeLessThanOrEqualTo(Ramp.CapOn(Start.AddDays(day), fullest), $"day {day}");
            sent.ShouldBeLessThanOrEqualTo(Math.Max(50, (long)Math.Ceiling(fullest * 1.5)), $"day {day}");
            fullest = Math.Max(fullest, sent);
            waiting -= sent;
        }

        waiting.ShouldBe(0, "the ramp is steep enough to catch up");
    }

    [Fact]
    public async Task A_place_given_back_is_taken_by_the_next()
    {
        var budget = new WarmUpBudget(SimRowStore.Quiet());
        var one = Ramp with { FirstDay = 1 };
        (await budget.TakeAsync(one, "linden.shop", Start)).ShouldBeTrue();
        (await budget.TakeAsync(one, "linden.shop", Start)).ShouldBeFalse();

        await budget.PutBackAsync("linden.shop", Start);

        (await budget.TakeAsync(one, "linden.shop", Start)).ShouldBeTrue();
        (await budget.TakeAsync(one, "other.shop", Start)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_warming_domain_sends_its_share_and_holds_the_rest_to_the_next_day()
    {
        var world = new TripWorld(settings: TripWorld.Shop with { WarmUp = new WarmUp(new(2026, 6, 29), 3, 1.5m, 30, []) });
        await SentOnLaunchAsync(world, 10, "2026-03-01");
        world.Provider.Calls.ShouldBe(3);
        (await world.TouchesAsync("c9"))
            .Concat(await world.TouchesAsync("c1"))
            .ShouldContain(t => t.State == TouchpointState.Planned && t.Reason == "WarmingUp");

        await world.TickAsync("2026-06-30");
        world.Provider.Calls.ShouldBe(3 + 4);
    }

    [Fact]
    public async Task Before_its_first_day_nothing_leaves_and_a_domain_of_its_own_is_not_meant()
    {
        var later = new WarmUp(new(2026, 8, 1), 3, 1.5m, 30, []);
        var held = new TripWorld(settings: TripWorld.Shop with { WarmUp = later });
        await SentOnLaunchAsync(held, 2, "2026-03-01");
        held.Provider.Calls.ShouldBe(0);

        var other = new TripWorld(settings: TripWorld.Shop with { WarmUp = later with { Domains = ["news.linden.shop"] } });
        await SentOnLaunchAsync(other, 2, "2026-03-01");
        other.Provider.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Who_was_silent_for_long_waits_until_the_ramp_is_over()
    {
        var world = new TripWorld(settings: TripWorld.Shop with { WarmUp = new WarmUp(new(2026, 6, 29), 50, 1.5m, 30, []) });
        await SentOnLaunchAsync(world, 2, "2025-03-01");

        world.Provider.Calls.ShouldBe(0);
        (await world.LedgerAsync("c1")).ShouldContain(l => l.Reason == GateReason.DormantInWarmUp);
    }

    /// <summary>Customers c1 … cN with one order each, and a campaign to everyone on 2026-06-29.</summary>
    internal static async Task SentOnLaunchAsync(TripWorld world, int customers, string ordered)
    {
        for (var i = 1; i <= customers; i++)
        {
            await world.CustomerAsync($"c{i}");
            await world.OrderAsync($"c{i}", ordered);
        }

        await world.LaunchAsync(
            CampaignWorks.AfterOrder(1) with
            {
                Key = "everyone",
                Trigger = new CampaignTrigger.DateList([new DateOnly(2026, 6, 29)]),
                ControlShare = 0,
            }
        );
        await world.TickAsync("2026-06-29");
    }
}
