using RetentionFuncs.Campaigns;
using RetentionFuncs.Identity;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class CampaignBudgetTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-03-02T10:00:00Z", null);
    private readonly HandClock _clock = new(Start);
    private readonly SimRowStore _store = SimRowStore.Quiet();
    private readonly Ids _ids = new();

    private static Campaign With(int? messages) => CampaignWorks.WinBack() with { MessageBudget = messages };

    private CampaignBudget Process() => new(_store, _ids, _clock);

    private static async Task<int> DrawAsync(CampaignBudget budget, Campaign campaign, int times)
    {
        var taken = 0;
        for (var i = 0; i < times; i++)
        {
            taken += await budget.TakeAsync(campaign) ? 1 : 0;
        }

        return taken;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5000)]
    public async Task A_budget_is_spent_to_the_last_message_and_no_further(int messages)
    {
        var (budget, campaign) = (Process(), With(messages));
        (await DrawAsync(budget, campaign, messages + 50)).ShouldBe(messages);
        (await budget.HasLeftAsync(campaign)).ShouldBeFalse();
        (await budget.SpentAsync(campaign.Key)).ShouldBe(messages);
    }

    [Fact]
    public async Task A_large_budget_costs_a_commit_for_twenty_messages_and_a_small_one_never_lies_idle_elsewhere()
    {
        var budget = Process();
        _ = await DrawAsync(budget, With(10_000), 1000);
        _store.WorkOn(StoreTable.Campaigns).Commits.ShouldBe(50);

        var (a, b, few) = (Process(), Process(), With(60) with { Key = "few" });
        (await a.TakeAsync(few)).ShouldBeTrue();
        (await DrawAsync(b, few, 100)).ShouldBe(59, "the other process holds nothing that it does not use");
    }

    [Fact]
    public async Task What_was_leased_and_not_used_is_given_back_when_the_page_ends()
    {
        var (a, b, campaign) = (Process(), Process(), With(2000));
        _ = await DrawAsync(a, campaign, 3);
        (await a.SpentAsync(campaign.Key)).ShouldBe(20);
        await a.GiveBackAsync();
        (await a.SpentAsync(campaign.Key)).ShouldBe(3);
        (await DrawAsync(b, campaign, 3000)).ShouldBe(1997);
        _store.Everything(StoreTable.Campaigns).ShouldNotContain(r => r.Row.Key.StartsWith("lease|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_taken_for_nothing_is_put_back_even_after_its_lease_was_closed()
    {
        var (a, campaign) = (Process(), With(2000));
        await a.TakeAsync(campaign);
        await a.GiveBackAsync();
        await a.PutBackAsync(campaign);
        (await a.SpentAsync(campaign.Key)).ShouldBe(0);
    }

    [Fact]
    public async Task A_crash_loses_a_lease_at_most_and_what_is_lost_is_seen_in_time()
    {
        var (crashed, b, campaign) = (Process(), Process(), With(2000));
        await crashed.TakeAsync(campaign);
        (await DrawAsync(b, campaign, 3000)).ShouldBe(1980);
        _clock.Now = _clock.Now.AddHours(25);
        (await b.TakeAsync(campaign)).ShouldBeFalse();

        var row = _store.Everything(StoreTable.Campaigns).ShouldHaveSingleItem().Row;
        (row.Properties.Integer("spent"), row.Properties.Integer("lost")).ShouldBe((2000, 20));
    }

    [Fact]
    public async Task A_campaign_without_a_budget_reads_and_writes_nothing()
    {
        var budget = Process();
        (await DrawAsync(budget, With(null), 100)).ShouldBe(100);
        _store.Work.Commits.ShouldBe(0);
        _store.Work.Reads.ShouldBe(0);
    }

    /// <summary>Six processes that die, stand still and lose answers, some of which land later.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Catalogue_088_no_crash_spends_more_than_the_budget_or_loses_more_than_its_leases(int seed)
    {
        var end = Live(seed, new FaultRates(0.01, 0.02, 0.04, 0));

        end.Drawn.ShouldBeLessThanOrEqualTo(Messages);
        end.Crashes.ShouldBeGreaterThan(20);
        (end.Spent - end.Drawn).ShouldBeInRange(0, end.Crashes * BudgetLeases.Most);
        end.Drawn.ShouldBeGreaterThan(Messages / 2, "crashes lose leases, not the budget");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Without_crashes_what_is_spent_is_what_was_drawn_however_many_answers_are_lost(int seed)
    {
        var end = Live(seed, new FaultRates(0, 0.02, 0.1, 0));

        (end.Drawn, end.Spent).ShouldBe((Messages, Messages));
    }

    private const int Messages = 700;

    private sealed record End(int Drawn, int Spent, int Crashes);

    private End Live(int seed, FaultRates rates)
    {
        var scheduler = new SimScheduler((ulong)seed, Start);
        var faults = new FaultPlan(new SimRandom((ulong)seed), rates);
        var store = new SimRowStore(new PortCalls(scheduler, faults));
        var campaign = With(Messages);
        var (drawn, refused) = (0, 0);
        var processes = Enumerable
            .Range(1, 6)
            .Select(i => new SimProcess(scheduler, $"p{i}", RunAsync, (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2))))
            .ToList();
        scheduler.RunUntil(Start.AddHours(4));
        faults.Active = false;
        scheduler.RunUntil(Start.AddHours(8));
        processes.ForEach(p => p.Stop());
        scheduler.Failures.ShouldBeEmpty();
        refused.ShouldBeGreaterThan(0, "or it never came to the end of the budget");
        var count = store.Everything(StoreTable.Campaigns).Single(r => r.Row.Key == "budget").Row.Properties;
        return new End(drawn, (int)count.Integer("spent"), processes.Sum(p => p.Crashes));

        async Task RunAsync(SimLife life)
        {
            var budget = new CampaignBudget(store, _ids, new SimClock(scheduler));
            while (true)
            {
                try
                {
                    for (var i = 0; i < 8; i++)
                    {
                        if (!await budget.TakeAsync(campaign))
                        {
                            refused++;
                        }
                        else if (scheduler.Random.Chance(0.2))
                        {
                            await budget.PutBackAsync(campaign);
                        }
                        else
                        {
                            drawn++;
                        }
                    }

                    await budget.GiveBackAsync();
                }
                catch (StoreUnavailableException)
                {
                    // The page is tried again.
                }

                await scheduler.Pause(scheduler.Random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)));
            }
        }
    }

    private sealed class Ids : IIdSource
    {
        private int _next;

        public string NewId() => $"id{_next++:000000}";
    }
}
