using RetentionFuncs.Experiences;

namespace RetentionFuncs.Tests.Experiences;

public sealed class FadingTests
{
    private static readonly DateTimeOffset Then = DateTimeOffset.Parse("2020-01-01T00:00:00+00:00", null);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(365.25, 0.5)]
    [InlineData(730.5, 0.25)]
    [InlineData(1095.75, 0.125)]
    [InlineData(1460.9, 0.0625)]
    [InlineData(1461, 0)]
    [InlineData(-1, 0)]
    public void A_bad_rating_weighs_half_after_each_year_and_nothing_after_four(double days, double weight) =>
        Fading.WeightOf(Of(ExperienceKind.Survey), Then.AddDays(days)).ShouldBe(weight, 1e-3);

    [Fact]
    public void An_open_complaint_does_not_fade() =>
        Fading.WeightOf(Of(ExperienceKind.Complaint) with { OpenedAt = Then }, Then.AddYears(5)).ShouldBe(1);

    [Fact]
    public void A_complaint_fades_from_its_answer_and_twice_as_fast_when_the_answer_came_within_a_week()
    {
        var slow = Of(ExperienceKind.Complaint) with { OpenedAt = Then, ResolvedAt = Then.AddDays(8) };
        var quick = slow with { ResolvedAt = Then.AddDays(7) };
        Fading.WeightOf(slow, Then.AddDays(8 + 365.25)).ShouldBe(0.5, 1e-9);
        Fading.WeightOf(quick, Then.AddDays(7 + 365.25)).ShouldBe(0.25, 1e-9);
        Fading.WeightOf(quick, Then.AddDays(7 + 731)).ShouldBe(0);
    }

    [Fact]
    public void An_answer_without_its_complaint_is_settled() =>
        Fading.WeightOf(Of(ExperienceKind.Complaint) with { ResolvedAt = Then }, Then.AddDays(365.25)).ShouldBe(0.25, 1e-9);

    [Theory]
    [InlineData(ExperienceKind.OwnerLeft, 182.625, 0.5)]
    [InlineData(ExperienceKind.ContactMoved, 365.25, 0)]
    public void Who_went_is_watched_for_a_year(ExperienceKind kind, double days, double weight) =>
        Fading.WeightOf(Of(kind), Then.AddDays(days)).ShouldBe(weight, 1e-9);

    private static Experience Of(ExperienceKind kind) => new(kind, "x", Then, Then);
}
