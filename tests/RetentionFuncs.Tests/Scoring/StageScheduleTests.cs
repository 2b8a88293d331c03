using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Tests.Scoring;

public sealed class StageScheduleTests
{
    private static readonly DateOnly Last = new(2026, 1, 1);

    [Theory]
    [InlineData(0, 1, LapseStage.New)]
    [InlineData(0, 2, LapseStage.Active)]
    [InlineData(59, 1, LapseStage.New)]
    [InlineData(60, 1, LapseStage.Cooling)]
    [InlineData(119, 5, LapseStage.Cooling)]
    [InlineData(120, 5, LapseStage.Lapsing)]
    [InlineData(364, 5, LapseStage.Lapsing)]
    [InlineData(365, 5, LapseStage.Lapsed)]
    [InlineData(729, 5, LapseStage.Lapsed)]
    [InlineData(730, 5, LapseStage.Lost)]
    [InlineData(9999, 1, LapseStage.Lost)]
    public void Catalogue_069_a_stage_begins_on_exactly_its_day_of_silence(int silence, int purchaseDays, LapseStage stage) =>
        LapseBands.Default.StageAt(silence, purchaseDays).ShouldBe(stage);

    [Fact]
    public void The_next_review_is_the_day_the_next_stage_begins()
    {
        var standing = StageSchedule.AfterOrders(PurchaseSummary.Empty, null, Bought(Last), LapseRule.Default)!;
        (standing.Stage, standing.EnteredOn, standing.NextReviewOn).ShouldBe((LapseStage.New, Last, Last.AddDays(60)));
    }

    [Fact]
    public void A_jump_enters_only_the_last_stage()
    {
        var standing = StageSchedule.AfterOrders(PurchaseSummary.Empty, null, Bought(Last), LapseRule.Default)!;
        var reviewed = StageSchedule.Review(Bought(Last), standing, LapseRule.Default, Last.AddDays(400));
        (reviewed.Stage, reviewed.EnteredOn, reviewed.NextReviewOn).ShouldBe((LapseStage.Lapsed, Last.AddDays(365), Last.AddDays(730)));
    }

    [Fact]
    public void Only_an_order_on_a_later_day_moves_back()
    {
        var lapsed = new StageStanding(LapseStage.Lapsed, Last.AddDays(365), Last.AddDays(730));
        var late = new PurchaseSummary([Last.AddDays(-40), Last], 2, []);
        StageSchedule.AfterOrders(Bought(Last), lapsed, late, LapseRule.Default)!.Stage.ShouldBe(LapseStage.Lapsed);

        var back = new PurchaseSummary([Last, Last.AddDays(380)], 2, []);
        var standing = StageSchedule.AfterOrders(Bought(Last), lapsed, back, LapseRule.Default)!;
        (standing.Stage, standing.NextReviewOn).ShouldBe((LapseStage.Active, Last.AddDays(440)));
    }

    [Fact]
    public void A_cancelled_newest_order_keeps_the_recorded_stage_and_solves_the_crossing_anew()
    {
        var active = new StageStanding(LapseStage.Active, Last.AddDays(30), Last.AddDays(90));
        var before = new PurchaseSummary([Last, Last.AddDays(30)], 2, []);
        var standing = StageSchedule.AfterOrders(before, active, Bought(Last), LapseRule.Default)!;
        (standing.Stage, standing.NextReviewOn).ShouldBe((LapseStage.New, Last.AddDays(60)));
    }

    [Fact]
    public void A_new_rule_changes_coming_crossings_and_never_the_recorded_stage()
    {
        var slow = new LapseRule.FixedDays(new LapseBands(100, 200, 400, 800));
        var cooling = new StageStanding(LapseStage.Cooling, Last.AddDays(60), Last.AddDays(120));
        var reviewed = StageSchedule.Review(Bought(Last), cooling, slow, Last.AddDays(70));
        (reviewed.Stage, reviewed.EnteredOn, reviewed.NextReviewOn).ShouldBe((LapseStage.Cooling, Last.AddDays(60), Last.AddDays(200)));
    }

    [Fact]
    public void Own_rhythm_shrinks_a_short_history_towards_the_population()
    {
        var rule = new LapseRule.OwnRhythm(60, 2, 3, 6, 12);
        // One purchase: nothing of one's own, so the population's gap. (t_x + g0) / (x + 1) = (0 + 60) / 1.
        rule.ExpectedGap(Bought(Last)).ShouldBe(60);
        // Weekly for nine weeks: (63 + 60) / 10 = 12.3; cooling after 24.6 days, so on day 25.
        var weekly = new PurchaseSummary([.. Enumerable.Range(0, 10).Select(i => Last.AddDays(7 * i))], 10, []);
        rule.ExpectedGap(weekly).ShouldBe(12.3m);
        rule.BandsFor(weekly).ShouldBe(new LapseBands(25, 37, 74, 148));
    }

    [Fact]
    public void Nobody_has_a_stage_before_the_first_purchase()
    {
        StageSchedule.StageOn(Bought(Last), LapseRule.Default, Last.AddDays(-1)).ShouldBeNull();
        StageSchedule.StageOn(Bought(Last), LapseRule.Default, Last).ShouldBe(LapseStage.New);
    }

    private static PurchaseSummary Bought(params DateOnly[] days) => new(days, days.Length, []);
}
