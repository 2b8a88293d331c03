using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Tests.Campaigns;

namespace RetentionFuncs.Tests.ContactPolicy;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("19:59", false)]
    [InlineData("20:00", true)]
    [InlineData("23:59", true)]
    [InlineData("00:00", true)]
    [InlineData("08:59", true)]
    [InlineData("09:00", false)]
    public void Over_midnight_the_beginning_counts_and_the_end_does_not(string time, bool quiet) =>
        QuietHours.Default.Contains(TimeOnly.Parse(time, null)).ShouldBe(quiet);

    /// <summary>Held until 09:00 where the contact lives; the clock changes of 2026 in Berlin are on 29 March and 25 October.</summary>
    [Theory]
    [InlineData("2026-03-28T21:00:00+01:00", null, "2026-03-29T09:00:00+02:00")]
    [InlineData("2026-10-24T21:00:00+02:00", null, "2026-10-25T09:00:00+01:00")]
    [InlineData("2026-06-01T05:00:00+02:00", null, "2026-06-01T09:00:00+02:00")]
    [InlineData("2026-06-01T16:00:00+02:00", "Asia/Shanghai", "2026-06-02T09:00:00+08:00")]
    [InlineData("2026-06-01T10:00:00+02:00", "America/New_York", "2026-06-01T09:00:00-04:00")]
    [InlineData("2026-06-01T03:00:00+02:00", "Asia/Kathmandu", "2026-06-01T09:00:00+05:45")]
    public void Night_ends_at_nine_where_the_contact_lives(string now, string? zone, string until)
    {
        var context = Contexts.Open(DateTimeOffset.Parse(now, null)) with { };
        context = context with { Contact = context.Contact! with { Zone = zone } };
        var decision = CampaignDecisions.Decide(context, Gates.AtEntry).ShouldBeOfType<CampaignDecision.Send>();
        decision.DueAt.ShouldBe(DateTimeOffset.Parse(until, null));
    }

    [Theory]
    [InlineData("11:59", false)]
    [InlineData("12:00", true)]
    [InlineData("13:59", true)]
    [InlineData("14:00", false)]
    [InlineData("23:00", false)]
    public void Within_a_day_the_beginning_counts_and_the_end_does_not(string time, bool quiet) =>
        new QuietHours(new TimeOnly(12, 0), new TimeOnly(14, 0)).Contains(TimeOnly.Parse(time, null)).ShouldBe(quiet);

    [Theory]
    [InlineData("07:59")]
    [InlineData("08:00")]
    [InlineData("08:01")]
    public void Equal_ends_leave_no_minute_quiet(string time) =>
        new QuietHours(new TimeOnly(8, 0), new TimeOnly(8, 0)).Contains(TimeOnly.Parse(time, null)).ShouldBeFalse();
}
