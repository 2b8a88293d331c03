using RetentionFuncs.Clocks;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class DateFieldTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2024-03-05", "2024-03-05T00:00:00+08:00")]
    [InlineData("2024-03-05 10:11", "2024-03-05T10:11:00+08:00")]
    [InlineData("2024-03-05T10:11:12", "2024-03-05T10:11:12+08:00")]
    [InlineData("2024-03-05 10:11:12.3456789123", "2024-03-05T10:11:12.3456789+08:00")]
    [InlineData("2024-03-05T10:11:12Z", "2024-03-05T10:11:12+00:00")]
    [InlineData("2024-03-05 10:11:12 +0800", "2024-03-05T10:11:12+08:00")]
    [InlineData("2024-03-05 10:11:12 -0500", "2024-03-05T10:11:12-05:00")]
    [InlineData("2024-03-05T10:11:12-05:30", "2024-03-05T10:11:12-05:30")]
    [InlineData("2024-03-05 10:11:12 UTC", "2024-03-05T10:11:12+00:00")]
    [InlineData("2024-03-05T10+05", null)]
    [InlineData("2024/3/5", "2024-03-05T00:00:00+08:00")]
    [InlineData("2024.03.05 8:05:09 PM", "2024-03-05T20:05:09+08:00")]
    [InlineData("2024-03-05 12:05 AM", "2024-03-05T00:05:00+08:00")]
    [InlineData("2024年3月5日 10:11", "2024-03-05T10:11:00+08:00")]
    [InlineData("20240305", "2024-03-05T00:00:00+08:00")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00+08:00")]
    [InlineData("2023-02-29", null)]
    [InlineData("2024-03-05 24:00", null)]
    [InlineData("2024-03-05 10:60", null)]
    [InlineData("2024-03-05 10:11:12 CEST", null)]
    [InlineData("2024-03-05 10:11:12 +15:00", null)]
    [InlineData("2024-03-05 13:00 PM", null)]
    [InlineData("2024-03", null)]
    [InlineData("yesterday", null)]
    [InlineData("5 March 2024", null)]
    [InlineData("2024-03-05x", null)]
    public void Year_first_is_always_read(string text, string? expected) => Check(text, null, "Asia/Shanghai", expected);

    [Theory]
    [InlineData("03/04/2025", null, null)]
    [InlineData("25/12/2024", null, null)]
    [InlineData("03/04/2025", DateOrder.DayMonthYear, "2025-04-03T00:00:00+08:00")]
    [InlineData("03/04/2025", DateOrder.MonthDayYear, "2025-03-04T00:00:00+08:00")]
    [InlineData("3.4.2025 09:05", DateOrder.DayMonthYear, "2025-04-03T09:05:00+08:00")]
    [InlineData("12/25/2024 8:26:00 AM", DateOrder.MonthDayYear, "2024-12-25T08:26:00+08:00")]
    [InlineData("25/12/2024", DateOrder.MonthDayYear, null)]
    [InlineData("03/04/2025", DateOrder.YearMonthDay, null)]
    [InlineData("03/04/25", DateOrder.DayMonthYear, null)]
    [InlineData("2025-04-03", DateOrder.MonthDayYear, "2025-04-03T00:00:00+08:00")]
    public void Catalogue_058_other_orders_are_read_only_as_declared(string text, DateOrder? order, string? expected) =>
        Check(text, order, "Asia/Shanghai", expected);

    [Theory]
    [InlineData("2025-06-02T12:00:00Z", true)]
    [InlineData("2025-06-02T12:00:01Z", false)]
    public void Catalogue_056_a_moment_is_refused_from_24_hours_ahead_on(string text, bool isRead) =>
        Field("UTC", null).TryRead(text, out _, out _).ShouldBe(isRead);

    [Fact]
    public void Catalogue_056_future_dates_are_read_when_allowed() =>
        new DateField(new BusinessCalendar("UTC"), null, null).TryRead("2031-01-01", out _, out _).ShouldBeTrue();

    [Theory]
    [InlineData("1900-01-00", "calendar")]
    [InlineData("1900-01-01", "before 1970")]
    [InlineData("0001-01-01", "before 1970")]
    [InlineData("1969-12-31T23:59:59Z", "before 1970")]
    [InlineData("9999-12-31", "later than any real date")]
    [InlineData("45356", "serial number")]
    [InlineData("1709632272", "serial number")]
    [InlineData("45384.34789351852", "not a date")]
    public void Catalogue_057_what_programs_write_for_nothing_is_refused(string text, string reason)
    {
        Field("UTC", null).TryRead(text, out _, out var problem).ShouldBeFalse();
        problem.En.ShouldContain(reason);
        problem.Zh.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", true)]
    [InlineData("1970-01-01", true)]
    public void The_first_moment_of_1970_is_read(string text, bool isRead) =>
        Field("UTC", null).TryRead(text, out _, out _).ShouldBe(isRead);

    [Fact]
    public void Catalogue_059_a_moment_without_zone_is_the_businesss() =>
        Check("2024-07-01 10:00", null, "America/New_York", "2024-07-01T10:00:00-04:00");

    [Fact]
    public void Catalogue_060_mixed_offsets_become_instants()
    {
        var field = Field("Asia/Shanghai", null);
        field.TryRead("2024-03-05 10:00:00 +0800", out var east, out _).ShouldBeTrue();
        field.TryRead("2024-03-04T21:00:00-05:00", out var west, out _).ShouldBeTrue();
        east.At.UtcTicks.ShouldBe(west.At.UtcTicks);
    }

    [Fact]
    public void Catalogue_061_a_time_in_the_gap_is_the_next_valid_instant() =>
        Check("2025-03-30 02:30", null, "Europe/Berlin", "2025-03-30T03:00:00+02:00");

    [Fact]
    public void Catalogue_062_a_time_in_the_overlap_is_the_first() =>
        Check("2024-10-27 02:30", null, "Europe/Berlin", "2024-10-27T02:30:00+02:00");

    [Theory]
    [InlineData("2025-01-05 10:00", "Asia/Kathmandu", "2025-01-05T10:00:00+05:45")]
    [InlineData("2025-01-05 10:00", "Australia/Lord_Howe", "2025-01-05T10:00:00+11:00")]
    [InlineData("2011-12-30", "Pacific/Apia", "2011-12-31T00:00:00+14:00")]
    [InlineData("2025-03-10 10:00", "Africa/Casablanca", "2025-03-10T10:00:00+00:00")]
    [InlineData("2025-05-10 10:00", "Africa/Casablanca", "2025-05-10T10:00:00+01:00")]
    public void Catalogue_063_odd_zones_follow_their_data(string text, string zone, string expected) => Check(text, null, zone, expected);

    [Theory]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00")]
    [InlineData("2016-12-31T23:59:61Z", null)]
    public void Catalogue_068_a_leap_second_is_the_second_before(string text, string? expected) => Check(text, null, "UTC", expected);

    [Fact]
    public void A_day_alone_is_told_apart_from_midnight()
    {
        Field("UTC", null).TryRead("2024-03-05", out var day, out _).ShouldBeTrue();
        Field("UTC", null).TryRead("2024-03-05 00:00", out var midnight, out _).ShouldBeTrue();
        (day.HasTime, midnight.HasTime).ShouldBe((false, true));
        day.At.ShouldBe(midnight.At);
    }

    [Fact]
    public void Days_that_share_a_slot_of_the_memory_are_not_mixed_up()
    {
        var field = Field("Asia/Shanghai", null);
        var first = new DateOnly(2010, 1, 1);
        var (a, b) = (first.ToString("yyyy-MM-dd"), first.AddDays(4096).ToString("yyyy-MM-dd"));
        foreach (var text in (string[])[a, b, a, b])
        {
            field.TryRead(text, out var date, out _).ShouldBeTrue();
            date.At.ToString("yyyy-MM-dd").ShouldBe(text);
        }
    }

    private static DateField Field(string zone, DateOrder? order) => new(new BusinessCalendar(zone), order, Now.AddHours(24));

    private static void Check(string text, DateOrder? order, string zone, string? expected)
    {
        var isRead = Field(zone, order).TryRead(text, out var date, out var problem);
        isRead.ShouldBe(expected is not null, problem.En);
        if (expected is null)
        {
            problem.En.ShouldNotBeNullOrEmpty();
        }
        else
        {
            date.At.EqualsExact(DateTimeOffset.Parse(expected)).ShouldBeTrue($"{date.At:O}");
        }
    }
}
