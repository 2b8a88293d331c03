using RetentionFuncs.Customers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Segments;

public sealed class CountSegmentsTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public async Task Everybody_is_counted_by_stage_and_audience_and_tiers_come_with_the_refit()
    {
        var world = await BaseAsync();

        var before = await world.Product.CountSegments.RunAsync(Today);
        (before.Customers, before.Tiers, before.FalseKeys).ShouldBe((3, null, null));
        before.Stages.Keys.ShouldBe(Enum.GetValues<LapseStage>());
        before.Stages[LapseStage.Active].ShouldBe(1);
        before.Groups.Values.Sum().ShouldBe(0);
        before.Campaigns.ShouldHaveSingleItem().Customers.ShouldBe(1);

        await world.Product.RefitScores.RunIfDueAsync();
        var after = await world.Product.CountSegments.RunAsync(Today);
        after.Tiers!.Keys.ShouldBe([ValueTier.Key, ValueTier.Major, ValueTier.Standard, ValueTier.Maintenance, ValueTier.Ineffective]);
        after.Tiers.Values.Sum(t => t.Customers).ShouldBe(3);
        after.Tiers.Values.Sum(t => t.ShareOfWorth).ShouldBe(1m);
        after.Groups.Values.Sum().ShouldBe(3);
    }

    [Fact]
    public async Task An_expression_is_counted_with_who_can_be_reached_and_listed_by_the_shops_own_ids()
    {
        var world = await BaseAsync();

        var asked = (await world.Product.CountSegments.RunAsync(Today, AudienceExpression.Parse("orders >= 1"), list: true)).Asked!;

        (asked.Customers, asked.Reachable).ShouldBe((3, 2));
        asked.Ids!.Order().ShouldBe(["far", "often", "shy"]);
        (await world.Product.CountSegments.RunAsync(Today, AudienceExpression.Parse("orders >= 1"))).Asked!.Ids.ShouldBeNull();
    }

    [Fact]
    public async Task A_past_day_knows_the_purchases_up_to_it()
    {
        var world = await BaseAsync();

        var counts = await world.Product.CountSegments.RunAsync(new DateOnly(2025, 6, 30));

        counts.Customers.ShouldBe(1);
        counts.Stages[LapseStage.New].ShouldBe(1);
    }

    [Fact]
    public async Task A_score_tells_customers_churn_and_share_of_value_by_tier()
    {
        var world = await BaseAsync();
        (await world.Product.ScoreCustomers.RunAsync(Today)).Tiers.ShouldBeNull();
        await world.Product.RefitScores.RunIfDueAsync();

        var score = await world.Product.ScoreCustomers.RunAsync(Today.AddDays(700));

        score.Tiers!.Values.Where(t => t.Customers > 0).ShouldAllBe(t => t.ChurnRate == 1m);
        score.Tiers.Values.Sum(t => t.Customers).ShouldBe(3);
    }

    [Fact]
    public async Task Who_refused_profiling_has_no_tier()
    {
        var world = await BaseAsync();
        await world.CustomerAsync("private", news => news with { DoNotProfile = true });
        await world.OrderAsync("private", "2026-03-01", 5000);
        await world.Product.RefitScores.RunIfDueAsync();
        await world.Product.ReplanReviews.RunAsync();

        (await world.PartitionAsync("private")).Tier().ShouldBeNull();
        (await world.PartitionAsync("often")).Tier().ShouldNotBeNull();
        (await world.Product.ExplainCustomer.RunAsync("private", world.Clock.Now))!.Value.ShouldBeNull();
        (await world.Product.CountSegments.RunAsync(Today)).Tiers!.Values.Sum(t => t.Customers).ShouldBe(3);
    }

    /// <summary>Often bought three times of late, shy once without consent, far once last summer.</summary>
    private static async Task<TripWorld> BaseAsync()
    {
        var world = new TripWorld();
        await world.CustomerAsync("often");
        await world.CustomerAsync("shy", news => news with { EmailConsent = null });
        await world.CustomerAsync("far");
        foreach (var day in new[] { "2026-01-10", "2026-02-01", "2026-02-20" })
        {
            await world.OrderAsync("often", day, 100);
        }

        await world.OrderAsync("shy", "2026-02-25", 20);
        await world.OrderAsync("far", "2025-06-15", 80);
        await world.LaunchAsync(CampaignWorks.WinBack());
        return world;
    }
}
