using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;
using static RetentionFuncs.Tests.Scoring.Values.ValueWorks;

namespace RetentionFuncs.Tests.Scoring.Values;

/// <summary>Cut points of the base: key from 1,800, major from 950, standard from 200, maintenance from 50.</summary>
public sealed class ReviewTierTests
{
    private static readonly TierCutPoints Cuts = Measure(
        Plain,
        Every(20, 18, 100),
        Every(50, 2, 475),
        Every(50, 2, 200),
        Every(50, 2, 100),
        Every(50, 2, 25)
    );
    private static readonly DateOnly LastWeek = Today.AddDays(-7);

    [Fact]
    public void The_first_assessment_is_only_recorded_and_near_with_it()
    {
        var review = ReviewTier.Of(null, Worth(1700), Today);

        review.Move.ShouldBeNull();
        (review.Standing.Tier, review.Standing.Since, review.Standing.Near).ShouldBe((ValueTier.Major, Today, ValueTier.Key));
        ReviewTier.Of(review.Standing, Worth(1700), Today.AddDays(1)).Move.ShouldBeNull();
    }

    [Theory]
    [InlineData(1800, TierDirection.Up, ValueTier.Key)]
    [InlineData(1799, TierDirection.Near, ValueTier.Key)]
    [InlineData(1620, TierDirection.Near, ValueTier.Key)]
    [InlineData(1619, null, ValueTier.Major)]
    [InlineData(855, null, ValueTier.Major)]
    [InlineData(854, TierDirection.Down, ValueTier.Standard)]
    [InlineData(180, TierDirection.Down, ValueTier.Standard)]
    [InlineData(179, TierDirection.Down, ValueTier.Maintenance)]
    [InlineData(0, TierDirection.Down, ValueTier.Ineffective)]
    public void A_major_customer_moves_up_at_the_cut_and_down_only_below_nine_tenths_of_its_own(
        int worth,
        TierDirection? direction,
        ValueTier to
    )
    {
        var review = ReviewTier.Of(At(ValueTier.Major), Worth(worth), Today);

        review.Move.ShouldBe(direction is { } moved ? new TierMove(moved, to, Today) : null);
    }

    [Fact]
    public void A_key_customer_keeps_the_tier_at_nine_tenths_and_is_not_told_to_be_near_it()
    {
        var kept = ReviewTier.Of(At(ValueTier.Key), Worth(1620), Today);
        (kept.Move, kept.Standing).ShouldBe((null, At(ValueTier.Key)));

        ReviewTier.Of(At(ValueTier.Key), Worth(1619), Today).Move.ShouldBe(new TierMove(TierDirection.Down, ValueTier.Major, Today));
    }

    [Fact]
    public void A_jump_moves_once_to_the_last_tier()
    {
        ReviewTier.Of(At(ValueTier.Ineffective), Worth(5000), Today).Move.ShouldBe(new TierMove(TierDirection.Up, ValueTier.Key, Today));
        ReviewTier.Of(At(ValueTier.Key), Worth(1), Today).Move.ShouldBe(new TierMove(TierDirection.Down, ValueTier.Ineffective, Today));
    }

    [Fact]
    public void Reviewed_again_nothing_moves_whatever_the_tier_on_record_was()
    {
        foreach (var tier in Enum.GetValues<ValueTier>())
        {
            for (var worth = 0; worth <= 2000; worth += 9)
            {
                var first = ReviewTier.Of(At(tier), Worth(worth), Today);
                var second = ReviewTier.Of(first.Standing, Worth(worth), Today);
                (second.Move, second.Standing).ShouldBe((null, first.Standing), $"{tier} at {worth}");
            }
        }
    }

    [Fact]
    public void Near_is_told_once_and_again_only_after_falling_well_below()
    {
        var near = ReviewTier.Of(At(ValueTier.Major), Worth(1650), Today);
        near.Move.ShouldBe(new TierMove(TierDirection.Near, ValueTier.Key, Today));

        var less = ReviewTier.Of(near.Standing, Worth(1500), Today.AddDays(7));
        (less.Move, less.Standing.Near).ShouldBe((null, ValueTier.Key));
        ReviewTier.Of(less.Standing, Worth(1650), Today.AddDays(14)).Move.ShouldBeNull();

        var far = ReviewTier.Of(less.Standing, Worth(1400), Today.AddDays(14));
        (far.Move, far.Standing.Near).ShouldBe((null, null));
        ReviewTier.Of(far.Standing, Worth(1650), Today.AddDays(21)).Move.ShouldNotBeNull();
    }

    [Fact]
    public void On_the_day_of_a_move_nobody_is_told_to_be_near_the_next()
    {
        var moved = ReviewTier.Of(At(ValueTier.Standard), Worth(1650), Today);
        moved.Move.ShouldBe(new TierMove(TierDirection.Up, ValueTier.Major, Today));

        ReviewTier.Of(moved.Standing, Worth(1650), Today).Move.ShouldBeNull();
        ReviewTier.Of(moved.Standing, Worth(1650), Today.AddDays(1)).Move!.Direction.ShouldBe(TierDirection.Near);
    }

    [Fact]
    public void A_move_that_was_cut_off_is_told_again_with_its_own_day()
    {
        var left = new TierMove(TierDirection.Up, ValueTier.Key, LastWeek);
        var recorded = At(ValueTier.Key) with { Unanswered = left };

        ReviewTier.Of(recorded, Worth(10), Today).ShouldBe(new TierReview(recorded, left));
    }

    [Fact]
    public void A_key_account_that_turns_out_false_falls_at_once_however_much_it_brings()
    {
        var found = Assess(Every(20, 18, 500), Cuts, new ValueSignals { ReturnShare = 0.6m });

        ReviewTier.Of(At(ValueTier.Key), found, Today).Move.ShouldBe(new TierMove(TierDirection.Down, ValueTier.Major, Today));
    }

    private static TierStanding At(ValueTier tier) => new(tier, LastWeek, null, 1, "{}");

    /// <summary>Steady and frequent, so that money alone decides.</summary>
    private static ValueAssessment Worth(int worth) => Assess(Every(20, 18, worth / 18m), Cuts);
}
