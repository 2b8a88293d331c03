using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Runs;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Backlogs;

/// <summary>Who gets the day's places.</summary>
public sealed class BacklogTripTests
{
    private readonly TripWorld _world = new();

    [Fact]
    public async Task The_most_valuable_enter_first_and_exactly_so_many_a_day()
    {
        await _world.SlippedAsync(17);
        await _world.LaunchAsync(BacklogWorks.Backlog(5));
        await _world.TickEveryDayAsync("2026-03-02", "2026-03-06");

        var (entered, byWorth) = (await _world.EnteredAsync(17), BacklogWorks.ByWorth(17));
        entered.On("2026-03-02").ShouldBe(byWorth[..5], ignoreOrder: true);
        entered.On("2026-03-03").ShouldBe(byWorth[5..10], ignoreOrder: true);
        entered.On("2026-03-04").ShouldBe(byWorth[10..15], ignoreOrder: true);
        entered.On("2026-03-05").ShouldBe(byWorth[15..], ignoreOrder: true);
        _world.Provider.Accepted.Count.ShouldBe(17, "each once");
        _world
            .Store.Everything(StoreTable.Campaigns)
            .ShouldNotContain(r => r.Partition.Key.Contains("|waiting|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_outside_the_audience_takes_a_place_however_valuable()
    {
        await _world.SlippedAsync(12);
        foreach (var rich in BacklogWorks.ByWorth(12)[..6])
        {
            await _world.CustomerAsync(rich, n => n with { Country = "FR" });
        }

        await _world.LaunchAsync(BacklogWorks.Backlog(3, "country = \"DE\""));
        await _world.TickEveryDayAsync("2026-03-02", "2026-03-05");

        var (entered, byWorth) = (await _world.EnteredAsync(12), BacklogWorks.ByWorth(12));
        entered.On("2026-03-02").ShouldBe(byWorth[6..9], ignoreOrder: true);
        entered.On("2026-03-03").ShouldBe(byWorth[9..], ignoreOrder: true);
        entered.Count.ShouldBe(6);
        var head = (await _world.Product.Campaigns.FindAsync("win-back"))!.Head;
        head.Backlog.ShouldBe(new BacklogAtLaunch(12, 6, 3));
    }

    [Fact]
    public async Task Who_left_the_audience_before_the_turn_makes_room_for_the_next_and_is_told_why()
    {
        await _world.SlippedAsync(6);
        await _world.LaunchAsync(BacklogWorks.Backlog(2, "country = \"DE\""));
        await _world.TickAsync("2026-03-02");
        var byWorth = BacklogWorks.ByWorth(6);
        await _world.CustomerAsync(byWorth[2], n => n with { Country = "FR" });
        await _world.TickAsync("2026-03-03");

        (await _world.EnteredAsync(6)).On("2026-03-03").ShouldBe(byWorth[3..5], ignoreOrder: true);
        (await _world.LedgerAsync(byWorth[2])).Select(l => l.Reason).ShouldBe([GateReason.InBacklog, GateReason.LeftAudience]);
        await _world.CustomerAsync(byWorth[2], n => n with { Country = "DE" });
        await _world.TickEveryDayAsync("2026-03-04", "2026-03-06");
        (await _world.EnteredAsync(6)).Keys.ShouldNotContain(byWorth[2], "out is out, until the next silence");
    }

    [Fact]
    public async Task Who_joined_the_audience_after_the_launch_is_an_ordinary_case_of_the_next_silence()
    {
        await _world.SlippedAsync(3);
        await _world.CustomerAsync("c1", n => n with { Country = "FR" });
        await _world.LaunchAsync(BacklogWorks.Backlog(1, "country = \"DE\""));
        await _world.TickAsync("2026-03-02");
        await _world.CustomerAsync("c1", n => n with { Country = "DE" });
        await _world.TickEveryDayAsync("2026-03-03", "2026-03-06");
        (await _world.EnteredAsync(3)).Keys.ShouldBe(["c0", "c2"], ignoreOrder: true);

        await _world.OrderAsync("c1", "2026-03-06");
        await _world.TickEveryDayAsync("2026-03-07", "2026-09-10");
        JourneyEntry.AllOf(await _world.PartitionAsync("c1")).ShouldHaveSingleItem().Admitted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_place_of_somebody_who_may_not_be_written_to_goes_to_the_next()
    {
        await _world.SlippedAsync(6);
        var byWorth = BacklogWorks.ByWorth(6);
        var no = new Consent(ConsentState.Denied, ConsentBasis.Express, "asked", _world.Clock.Now, _world.Clock.Now);
        await _world.CustomerAsync(byWorth[0], n => n with { EmailConsent = no });
        await _world.LaunchAsync(BacklogWorks.Backlog(2));
        await _world.TickAsync("2026-03-02");

        (await _world.EnteredAsync(6)).Keys.ShouldBe(byWorth[1..3], ignoreOrder: true);
    }

    [Fact]
    public async Task Control_takes_places_like_treatment()
    {
        await _world.SlippedAsync(12);
        await _world.LaunchAsync(BacklogWorks.Backlog(4, control: 0.5m));
        await _world.TickAsync("2026-03-02");

        (await _world.EnteredAsync(12)).Keys.ShouldBe(BacklogWorks.ByWorth(12)[..4], ignoreOrder: true);
        await _world.TickEveryDayAsync("2026-03-03", "2026-03-04");
        var arms = new List<TestArm?>();
        for (var i = 0; i < 12; i++)
        {
            arms.Add(JourneyEntry.AllOf(await _world.PartitionAsync($"c{i}")).Single().Arm);
        }

        _world.Provider.Accepted.Count.ShouldBe(arms.Count(a => a == TestArm.Treatment));
        arms.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Who_is_written_to_by_a_stronger_campaign_keeps_the_position_and_the_weaker_one_takes_the_next()
    {
        await _world.SlippedAsync(9);
        await _world.LaunchAsync(BacklogWorks.Backlog(3) with { Priority = 60, Steps = [CampaignWorks.WinBack().Steps[0]] });
        await _world.LaunchAsync(BacklogWorks.Backlog(3) with { Key = "weaker", Priority = 10 });
        await _world.TickAsync("2026-03-02");

        var byWorth = BacklogWorks.ByWorth(9);
        (await _world.EnteredAsync(9)).Keys.ShouldBe(byWorth[..3], ignoreOrder: true);
        (await _world.EnteredAsync(9, "weaker")).Keys.ShouldBe(byWorth[3..6], ignoreOrder: true);

        await _world.TickEveryDayAsync("2026-03-03", "2026-04-20");
        (await _world.EnteredAsync(9, "weaker")).Count.ShouldBe(9, "nobody is lost for having waited");
        (await _world.EnteredAsync(9)).Count.ShouldBe(9);
    }

    [Fact]
    public async Task Nobody_enters_while_it_is_paused_or_sending_is_stopped_or_before_it_starts_and_nobody_is_lost()
    {
        await _world.SlippedAsync(4);
        await _world.LaunchAsync(BacklogWorks.Backlog(2) with { Start = new DateOnly(2026, 3, 4) });
        await _world.TickEveryDayAsync("2026-03-02", "2026-03-03");
        await _world.Product.LaunchCampaign.PauseAsync("win-back");
        await _world.TickAsync("2026-03-04");
        await _world.Product.LaunchCampaign.LaunchAsync("win-back");
        await _world.Product.Campaigns.KillAsync(true, "tester");
        await _world.TickAsync("2026-03-05");
        await _world.Product.Campaigns.KillAsync(false, "tester");
        (await _world.EnteredAsync(4)).ShouldBeEmpty();

        await _world.TickEveryDayAsync("2026-03-06", "2026-03-07");
        (await _world.EnteredAsync(4)).Values.CountBy(d => d.Day).ShouldBe([new(6, 2), new(7, 2)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_spent_budget_leaves_the_rest_in_line()
    {
        await _world.SlippedAsync(6);
        await _world.LaunchAsync(BacklogWorks.Backlog(4) with { MessageBudget = 3, Steps = [CampaignWorks.WinBack().Steps[0]] });
        await _world.TickEveryDayAsync("2026-03-02", "2026-03-04");

        (await _world.EnteredAsync(6)).Count.ShouldBe(3);
        var live = (await _world.Product.Campaigns.FindAsync("win-back"))!;
        (await new RetentionFuncs.Backlogs.ReadBacklog(_world.Rows).RunAsync(live, new DateOnly(2026, 3, 4)))!.Waiting.ShouldBe(3);
    }

    [Fact]
    public async Task Nobodys_turn_comes_before_every_shard_stands_in_line()
    {
        await _world.SlippedAsync(8);
        await _world.TickAsync("2026-03-02");
        await _world.LaunchAsync(BacklogWorks.Backlog(2));
        await _world.RunAsync(RunKind.DecideWaiting);
        (await _world.EnteredAsync(8)).ShouldBeEmpty();

        await _world.RunAsync(RunKind.ReviewDue);
        _world.Clock.Now = _world.Clock.Now.AddMinutes(5);
        await _world.RunAsync(RunKind.DecideWaiting);
        (await _world.EnteredAsync(8)).Keys.ShouldBe(BacklogWorks.ByWorth(8)[..2], ignoreOrder: true);
    }

    [Fact]
    public async Task Runs_over_shards_cut_into_single_items_give_the_same_places_as_one_machine()
    {
        var world = new TripWorld(runs: RunWorks.OneItemAMessage);
        await world.SlippedAsync(12);
        await world.LaunchAsync(BacklogWorks.Backlog(4));
        for (var day = 2; day < 5; day++)
        {
            world.Clock.Now = DateTimeOffset.Parse($"2026-03-0{day}T10:00:00+01:00", null);
            await world.RunAsync(RunKind.ReviewDue);
            for (var again = 0; again < 4; again++)
            {
                world.Clock.Now = world.Clock.Now.AddMinutes(5);
                await world.RunAsync(RunKind.DecideWaiting);
            }
        }

        var (entered, byWorth) = (await world.EnteredAsync(12), BacklogWorks.ByWorth(12));
        entered.On("2026-03-02").ShouldBe(byWorth[..4], ignoreOrder: true);
        entered.On("2026-03-03").ShouldBe(byWorth[4..8], ignoreOrder: true);
        entered.On("2026-03-04").ShouldBe(byWorth[8..], ignoreOrder: true);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_holds_up_nobody_else()
    {
        await _world.SlippedAsync(5);
        await _world.TickAsync("2026-03-02");
        await _world.LaunchAsync(BacklogWorks.Backlog(2));
        await _world.RunAsync(RunKind.ReviewDue);
        var byWorth = BacklogWorks.ByWorth(5);
        var mend = await _world.BreakAsync(_world.KeyOf(byWorth[0]));
        _world.Clock.Now = _world.Clock.Now.AddMinutes(5);
        (await _world.RunAsync(RunKind.DecideWaiting)).Tally.Broken.ShouldBe(1);
        await mend();

        (await _world.EnteredAsync(5)).Keys.ShouldBe(byWorth[1..3], ignoreOrder: true);
        await _world.TickAsync("2026-03-03");
        (await _world.EnteredAsync(5)).On("2026-03-03").ShouldBe([byWorth[0], byWorth[3]], ignoreOrder: true);
    }

    [Fact]
    public async Task An_order_while_waiting_ends_it()
    {
        await _world.SlippedAsync(3);
        await _world.LaunchAsync(BacklogWorks.Backlog(1));
        await _world.TickAsync("2026-03-02");
        var byWorth = BacklogWorks.ByWorth(3);
        await _world.OrderAsync(byWorth[1], "2026-03-02");
        await _world.TickAsync("2026-03-03");

        (await _world.EnteredAsync(3)).On("2026-03-03").ShouldBe([byWorth[2]]);
        (await _world.LedgerAsync(byWorth[1]))[^1].Reason.ShouldBe(GateReason.OrderedMeanwhile);
    }
}
