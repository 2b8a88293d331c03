using NodaTime;
using NodaTime.Extensions;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Tests.Campaigns;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Clocks;

/// <summary>Every change of every clock on earth from 2000 to 2037, three hours before to three hours after, in steps of 15 minutes.</summary>
public sealed class ZoneChangeTests(ITestOutputHelper output)
{
    private static readonly QuietHours[] Nights =
    [
        QuietHours.Default,
        new(new TimeOnly(22, 30), new TimeOnly(2, 30)),
        new(new TimeOnly(0, 15), new TimeOnly(1, 45)),
    ];

    private static IEnumerable<(string Id, ZoneOracle Oracle, Instant At)> Around()
    {
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var oracle = new ZoneOracle(DateTimeZoneProviders.Tzdb[id]);
            foreach (var change in oracle.Changes)
            {
                for (var quarter = -12; quarter <= 12; quarter++)
                {
                    yield return (id, oracle, change + Duration.FromMinutes(15 * quarter));
                }
            }
        }
    }

    [Fact]
    public void Catalogue_063_quiet_hours_end_at_every_change_of_a_clock_when_the_wall_says_so()
    {
        var open = Contexts.Open();
        var (seen, held) = (0, 0);
        foreach (var (id, oracle, at) in Around())
        {
            var night = Nights[seen++ % Nights.Length];
            var now = at.ToDateTimeOffset();
            var context = open with
            {
                Now = now,
                ExpiresAt = now.AddDays(30),
                Settings = open.Settings with { QuietHours = night },
                Contact = open.Contact! with { Zone = id },
            };
            var expected = oracle.FirstOutside(night, at).ToDateTimeOffset();
            switch (QuietHoursGate.Awake(context))
            {
                case null when expected == now:
                    break;
                case CampaignDecision.Hold hold when hold.Until == expected:
                    held++;
                    break;
                case var verdict:
                    throw new InvalidOperationException($"{id} at {now:O}, quiet {night}: {verdict}, and should be {expected:O}");
            }
        }

        output.WriteLine($"{seen} moments, {held} of them quiet");
        seen.ShouldBeGreaterThan(300_000);
        held.ShouldBeGreaterThan(seen / 10);
    }

    [Fact]
    public void Catalogue_063_every_moment_lies_in_one_day_and_days_leave_no_gap()
    {
        var (seen, toldTwice) = (0, new HashSet<string>());
        foreach (var (id, oracle, at) in Around())
        {
            seen++;
            var calendar = Calendar(id);
            var now = at.ToDateTimeOffset();
            var local = oracle.Local(at);
            var day = calendar.DayOf(now);
            if (day != local.Date.ToDateOnly() || calendar.LocalOf(now, null).Time != local.TimeOfDay.ToTimeOnly())
            {
                throw new InvalidOperationException($"{id} at {now:O}: {day}, and should be {local}");
            }

            var (start, end) = (calendar.StartOf(day), calendar.EndOf(day));
            if (
                start != oracle.StartOf(local.Date).ToDateTimeOffset()
                || end != oracle.StartOf(local.Date.PlusDays(1)).ToDateTimeOffset()
                || calendar.InstantOf(day, local.TimeOfDay.ToTimeOnly()) != oracle.At(local).ToDateTimeOffset()
                || now < start
            )
            {
                throw new InvalidOperationException($"{id}, {day}: from {start:O} to {end:O}");
            }

            if (now >= end)
            {
                toldTwice.Add(id);
            }
        }

        // Clocks set back over midnight: the end of the day comes again after the next day has begun.
        toldTwice.ShouldBe(BackOverMidnight, ignoreOrder: true);
        output.WriteLine($"{seen} moments");
    }

    private static readonly string[] BackOverMidnight =
    [
        "America/St_Johns",
        "America/Goose_Bay",
        "America/Moncton",
        "Canada/Newfoundland",
        "Antarctica/Casey",
    ];

    /// <summary>In the order of its steps a zone's days begin later and later, and each but a skipped one begins once.</summary>
    [Theory]
    [InlineData("Pacific/Apia", 2011, 12, 30)]
    [InlineData("Pacific/Fakaofo", 2011, 12, 30)]
    public void Catalogue_063_a_day_that_was_skipped_begins_and_ends_with_the_next(string zone, int year, int month, int day)
    {
        var calendar = Calendar(zone);
        var skipped = new DateOnly(year, month, day);
        calendar.StartOf(skipped).ShouldBe(calendar.EndOf(skipped));
        calendar.EndOf(skipped.AddDays(-1)).ShouldBe(calendar.StartOf(skipped.AddDays(1)));
        (calendar.EndOf(skipped.AddDays(1)) - calendar.StartOf(skipped.AddDays(-1))).ShouldBe(TimeSpan.FromDays(2));
    }

    /// <summary>Held over the skipped day, over thirty and forty-five minutes, over Ramadan: checked by hand against the zones' history.</summary>
    [Theory]
    [InlineData("Pacific/Apia", "2011-12-29T21:00:00-10:00", "2011-12-31T09:00:00+14:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-03T21:00:00+10:30", "2026-10-04T09:00:00+11:00")]
    [InlineData("Pacific/Chatham", "2026-04-04T21:00:00+13:45", "2026-04-05T09:00:00+12:45")]
    [InlineData("Asia/Pyongyang", "2018-05-04T21:00:00+08:30", "2018-05-05T09:00:00+09:00")]
    [InlineData("Africa/Casablanca", "2026-02-14T21:00:00+01:00", "2026-02-15T09:00:00+00:00")]
    [InlineData("Africa/Casablanca", "2026-03-21T21:00:00+00:00", "2026-03-22T09:00:00+01:00")]
    public void Catalogue_063_odd_nights_end_at_nine_on_the_wall(string zone, string now, string until) =>
        Calendar("UTC").FirstOutside(QuietHours.Default, DateTimeOffset.Parse(now, null), zone).ShouldBe(DateTimeOffset.Parse(until, null));

    /// <summary>Back from three to two with quiet hours until half past two: awake for half an hour, then quiet again.</summary>
    [Theory]
    [InlineData("2026-10-25T02:10:00+02:00", "2026-10-25T02:30:00+02:00")]
    [InlineData("2026-10-25T02:40:00+02:00", "2026-10-25T02:40:00+02:00")]
    [InlineData("2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+01:00")]
    public void Catalogue_062_quiet_hours_that_end_in_the_hour_told_twice_end_twice(string now, string until) =>
        Calendar("Europe/Berlin")
            .FirstOutside(Nights[1], DateTimeOffset.Parse(now, null), null)
            .ShouldBe(DateTimeOffset.Parse(until, null));

    private static readonly Dictionary<string, BusinessCalendar> Calendars = [];

    private static BusinessCalendar Calendar(string id)
    {
        lock (Calendars)
        {
            return Calendars.TryGetValue(id, out var known) ? known : Calendars[id] = new BusinessCalendar(id);
        }
    }
}
