using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Trips;

/// <summary>From orders to a fitted model, to crossing days, to stages and what is told of them.</summary>
public sealed class ModelTripTests
{
    private static readonly LapseRule.OwnRhythm Rhythm = new(60, 2, 3, 6, 12);
    private static readonly DateOnly Opened = new(2025, 1, 6);

    [Fact]
    public async Task After_a_refit_every_crossing_day_is_the_models()
    {
        var world = await ShopAsync();
        (await world.Product.Scoring.RuleAsync()).ShouldBe(Configured);
        await RefitAsync(world);

        var rule = (await world.Product.Scoring.RuleAsync()).ShouldBeOfType<LapseRule.ChanceOfReturn>();
        rule.Fitted!.Model.ShouldNotBeNull(rule.Fitted.Why.En);
        foreach (var id in Enumerable.Range(0, 40).Select(i => $"c{i}"))
        {
            var partition = await world.PartitionAsync(id);
            var (summary, standing) = (partition.Summary(), partition.Standing()!);
            var expected = summary.LastDay.AddDays(rule.BandsFor(summary).Cooling);
            standing.NextReviewOn.ShouldBe(expected, id);
        }
    }

    [Fact]
    public async Task A_refit_moves_coming_days_and_never_a_recorded_stage()
    {
        var world = await ShopAsync();
        await RefitAsync(world);
        await world.TickAsync("2026-03-02");
        var before = await StagesAsync(world);
        before.Values.Distinct().Count().ShouldBeGreaterThan(2);

        world.Clock.Now = world.Clock.Now.AddDays(8);
        await RefitAsync(world);
        (await world.Product.Scoring.NewestAsync())!.Model!.Version.ShouldBe(2);
        (await StagesAsync(world)).ShouldBe(before);
    }

    [Fact]
    public async Task A_replan_is_wanted_after_each_refit_and_only_then()
    {
        var world = await ShopAsync();
        (await world.Product.ReplanReviews.IsWantedAsync()).ShouldBeFalse();
        await world.Product.RefitScores.RunIfDueAsync();
        (await world.Product.ReplanReviews.IsWantedAsync()).ShouldBeTrue();
        await world.Product.ReplanReviews.RunAsync();
        (await world.Product.ReplanReviews.IsWantedAsync()).ShouldBeFalse();
        world.Clock.Now = world.Clock.Now.AddDays(7);
        await world.Product.RefitScores.RunIfDueAsync();
        (await world.Product.ReplanReviews.IsWantedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_replan_plans_with_the_fit_on_file_though_another_program_made_it_a_moment_ago()
    {
        var world = await ShopAsync();
        await RefitAsync(world);
        var refit = (await world.Product.Scoring.NewestAsync())!;
        var other = new GeometricModel(BuyingModelKind.MBG, 2, 400, 0.1, 9);
        var model = refit.Model! with { Version = 2, Chosen = ScoreRule.MBG, Model = other };
        await new RefitRows(world.Rows).PutAsync(refit with { At = world.Clock.Now, Model = model });

        await world.Product.ReplanReviews.RunAsync();

        var (summary, standing) = ((await world.PartitionAsync("c5")).Summary(), (await world.PartitionAsync("c5")).Standing()!);
        var bands = (Configured with { Fitted = model }).BandsFor(summary);
        standing.NextReviewOn.ShouldBe(summary.LastDay.AddDays(bands.Cooling));
    }

    [Fact]
    public async Task A_refit_before_the_first_look_still_replans_what_the_import_planned_without_it()
    {
        var world = await ShopAsync();
        await world.Product.RefitScores.RunIfDueAsync();
        (await world.Product.ReplanReviews.IsWantedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_chance_is_told_with_what_it_was_and_what_it_rests_on()
    {
        var world = await ShopAsync();
        await RefitAsync(world);
        var told = (await world.Product.ExplainCustomer.RunAsync("c7", world.Clock.Now))!.Standing;
        var horizon = (await world.Product.Scoring.NewestAsync())!.Model!.HorizonDays;
        told.En.ShouldMatch(
            $@"Chance of ordering within {horizon} days (< )?\d+ % \(was (< )?\d+ % after the last order\); .*silent for \d+ days?\."
        );
        told.En.ShouldContain("/NBD, fit 1 of 2026-03-02 on 400 customers");
        told.Zh.ShouldContain($"{horizon} 天内再次下单的概率为");
        told.En.Split("silent for").Length.ShouldBe(2, "silence is told once");
    }

    [Fact]
    public async Task A_summary_of_an_older_program_is_folded_anew_with_the_next_replan()
    {
        var world = await ShopAsync();
        var partition = await world.PartitionAsync("c3");
        var whole = partition.Summary();
        partition.PutSummary(whole with { DayAmounts = [], Traits = null, Market = null }, partition.Standing());
        (await partition.CommitAsync()).ShouldBeOfType<RetentionFuncs.Storage.CommitResult.Applied>();
        (await world.PartitionAsync("c3")).Summary().Traits.ShouldBeNull();

        await RefitAsync(world);

        var again = (await world.PartitionAsync("c3")).Summary();
        again.DayAmounts.ShouldBe(whole.DayAmounts);
        again.Traits.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_base_says_how_many_are_expected_back()
    {
        var world = await ShopAsync();
        await RefitAsync(world);
        var score = await world.Product.ScoreCustomers.RunAsync(new DateOnly(2026, 3, 2));
        var returns = score.Returns.ShouldNotBeNull();
        returns.Expected.ShouldBeInRange(1, 399);
        returns.ByStage.Values.ShouldAllBe(c => c >= 0 && c <= 1);
        returns.ByStage[LapseStage.Active].ShouldBeGreaterThan(returns.ByStage[LapseStage.Lapsing]);
    }

    private static LapseRule.ChanceOfReturn Configured { get; } = new(null, ReturnLevels.Default, Rhythm);

    private static async Task<Dictionary<string, LapseStage>> StagesAsync(TripWorld world)
    {
        var stages = new Dictionary<string, LapseStage>();
        foreach (var id in Enumerable.Range(0, 400).Select(i => $"c{i}"))
        {
            stages[id] = (await world.PartitionAsync(id)).Standing()!.Stage;
        }

        return stages;
    }

    private static async Task RefitAsync(TripWorld world)
    {
        (await world.Product.RefitScores.RunIfDueAsync()).ShouldNotBeNull();
        (await world.Product.ReplanReviews.IsWantedAsync()).ShouldBeTrue();
        await world.Product.ReplanReviews.RunAsync();
    }

    /// <summary>Four hundred customers who buy at their own rates and leave with their own chances.</summary>
    private static async Task<TripWorld> ShopAsync()
    {
        var world = new TripWorld(settings: TripWorld.Shop with { LapseRule = Configured });
        var random = new Random(17);
        for (var i = 0; i < 400; i++)
        {
            var (gap, leaves) = (15 + (random.NextDouble() * 60), 0.05 + (random.NextDouble() * 0.4));
            var day = Opened.AddDays(random.Next(300));
            do
            {
                await world.OrderAsync($"c{i}", day.ToString("yyyy-MM-dd"), 10 + random.Next(90));
                day = day.AddDays(1 + (int)(-gap * Math.Log(1 - random.NextDouble())));
            } while (random.NextDouble() > leaves && day < new DateOnly(2026, 3, 2));
        }

        return world;
    }
}
