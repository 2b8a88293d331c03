using System.Text.RegularExpressions;

namespace RetentionFuncs.Functions.Tests.Infra;

public sealed partial class ScheduleTests
{
    [Fact]
    public void Every_timer_has_a_schedule_and_every_schedule_a_timer()
    {
        FunctionSchedules.All.Keys.Order().ShouldBe(FunctionNames.Timers.Select(t => t + "Schedule").Order());
        FunctionSettings
            .All.Where(s => s.ReadBy == SettingReader.Schedule)
            .Select(s => s.Name)
            .Order()
            .ShouldBe(FunctionSchedules.All.Keys.Order());
    }

    [Fact]
    public void Every_schedule_is_six_fields_in_utc_and_never_fires_every_second()
    {
        foreach (var (name, text) in FunctionSchedules.All)
        {
            Ncrontab.Parse(text).LongestGap().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5), name);
            text.Split(' ')[0].ShouldBe("0", $"{name}: a star in the seconds runs it every second");
        }
    }

    [Fact]
    public void The_sample_for_local_runs_has_the_same_schedules()
    {
        var sample = InfraFiles.Read("src/RetentionFuncs.Functions/local.settings.sample.json");
        foreach (var (name, text) in FunctionSchedules.All)
        {
            sample.ShouldContain($"\"{name}\": \"{text}\"");
        }
    }

    /// <summary>The rule can see two days; the weekly audit is left to the workbook.</summary>
    [Fact]
    public void The_alert_on_silence_leaves_every_timer_more_room_than_its_longest_gap()
    {
        var allowed = AllowedSilence()
            .Matches(InfraFiles.Read("infra/alerts/timers-silent.kql"))
            .ToDictionary(m => m.Groups[1].Value, m => Span(m.Groups[2].Value));
        allowed.Keys.Order().ShouldBe(FunctionNames.Timers.Except([FunctionNames.AuditTouchpoints]).Order());
        foreach (var (timer, silence) in allowed)
        {
            var gap = Ncrontab.Parse(FunctionSchedules.Default(timer + "Schedule")!).LongestGap();
            silence.ShouldBeGreaterThanOrEqualTo(gap + TimeSpan.FromMinutes(15), timer);
            silence.ShouldBeLessThan(TimeSpan.FromDays(2), timer);
        }
    }

    [Theory]
    [InlineData("0 0 * * *")]
    [InlineData("0 60 * * * *")]
    [InlineData("0 0 0 0 * *")]
    [InlineData("0 0 0 * * 7")]
    [InlineData("0 x * * * *")]
    public void A_schedule_that_is_none_is_refused(string text) => Should.Throw<FormatException>(() => Ncrontab.Parse(text));

    [Fact]
    public void The_longest_gap_is_found()
    {
        Ncrontab.Parse("0 5,35 * * * *").LongestGap().ShouldBe(TimeSpan.FromMinutes(30));
        Ncrontab.Parse("0 0 2 * * *").LongestGap().ShouldBe(TimeSpan.FromDays(1));
        Ncrontab.Parse("0 30 3 * * 0").LongestGap().ShouldBe(TimeSpan.FromDays(7));
    }

    private static TimeSpan Span(string text) =>
        SpanPart()
            .Matches(text)
            .Aggregate(
                TimeSpan.Zero,
                (sum, m) =>
                    sum
                    + (
                        m.Groups[2].Value == "h"
                            ? TimeSpan.FromHours(int.Parse(m.Groups[1].Value, null))
                            : TimeSpan.FromMinutes(int.Parse(m.Groups[1].Value, null))
                    )
            );

    [GeneratedRegex(@"""(\w+)"", ((?:\d+[hm])+)")]
    private static partial Regex AllowedSilence();

    [GeneratedRegex(@"(\d+)([hm])")]
    private static partial Regex SpanPart();
}
