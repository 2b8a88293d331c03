using RetentionFuncs.Campaigns;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Reviews;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Reviews;

/// <summary>A row for a whole shard makes rows of customers, and those that are due today are worked on by the same tick.</summary>
public sealed class SecondPassTests
{
    private const int Customers = 20;

    [Fact]
    public async Task The_tick_that_finds_a_launch_writes_to_everybody_whom_it_makes_due_today()
    {
        using var shop = await Shop.OpenAsync();
        var tomorrow = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1);
        await shop.CustomersAsync(Customers, tomorrow.AddDays(-7).ToString("yyyy-MM-dd"));
        var clock = new MovableClock(TimeProvider.System) { StandsAt = new(tomorrow, new TimeOnly(12, 0), TimeSpan.Zero) };
        using var home = await EmbeddedHome.OpenAsync(new HomeFolder(shop.Data), new HomeOptions(clock) { Durable = false });
        (await new Ticking(home).RunAsync()).Reviews.Planned.ShouldBe(0, "the weekly work is done before anything is launched");
        await home.Product.LaunchCampaign.ApplyAsync(CampaignWorks.VersionOf(CampaignWorks.AfterOrder(7)));
        (await home.Product.LaunchCampaign.LaunchAsync("after-order")).ShouldBeOfType<CampaignCommand.Done>();

        var tick = await new Ticking(home).RunAsync();

        (tick.Reviews.Planned, shop.Outbox().Length).ShouldBe((Customers, Customers));
        (await new Ticking(home).RunAsync()).Reviews.Planned.ShouldBe(0);
    }

    [Fact]
    public void Two_passes_add_up_and_what_the_second_could_not_work_on_either_is_what_is_broken()
    {
        var first = new ReviewReport(10, 4, 3, Entered((LapseStage.Cooling, 2), (LapseStage.Lost, 1)))
        {
            Broken = [new BrokenItem("c1", "once"), new BrokenItem("c2", "still")],
        };
        var second = new ReviewReport(5, 5, 2, Entered((LapseStage.Lost, 3), (LapseStage.Lapsed, 1)))
        {
            Broken = [new BrokenItem("c2", "still")],
        };

        var both = first.Plus(second);

        (both.Read, both.Reviewed, both.Planned).ShouldBe((15, 9, 5));
        both.Entered.ShouldBe(Entered((LapseStage.Cooling, 2), (LapseStage.Lost, 4), (LapseStage.Lapsed, 1)), ignoreOrder: true);
        both.Broken.ShouldBe([new BrokenItem("c2", "still")]);
    }

    private static Dictionary<LapseStage, int> Entered(params (LapseStage Stage, int Count)[] counts) =>
        counts.ToDictionary(c => c.Stage, c => c.Count);
}
