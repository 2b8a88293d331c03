using NodaTime;
using RetentionFuncs.ContactPolicy;

namespace RetentionFuncs.Tests.Clocks;

/// <summary>
/// What clocks on walls show, asked of NodaTime in another way than the product asks it: of all moments at which anything could change,
/// the first that fits.
/// </summary>
internal sealed class ZoneOracle(DateTimeZone zone)
{
    /// <summary>The moments of 2000 to 2037 at which the clocks of the zone are changed.</summary>
    public IReadOnlyList<Instant> Changes { get; } =
    [
        .. zone.GetZoneIntervals(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2038, 1, 1, 0, 0))
            .Where(i => i.HasStart && i.Start >= Instant.FromUtc(2000, 1, 1, 0, 0))
            .Select(i => i.Start),
    ];

    public LocalDateTime Local(Instant at) => at.InUtc().LocalDateTime.PlusNanoseconds(zone.GetUtcOffset(at).Nanoseconds);

    public bool IsQuiet(QuietHours quiet, Instant at)
    {
        var ticks = Local(at).TickOfDay;
        var (from, to) = (quiet.From.Ticks, quiet.To.Ticks);
        return from <= to ? from <= ticks && ticks < to : from <= ticks || ticks < to;
    }

    /// <summary>Candidates are now, every meaning of the end of the quiet hours on the days around, and every change of the clock.</summary>
    public Instant FirstOutside(QuietHours quiet, Instant at)
    {
        var today = Local(at).Date;
        var end = new LocalTime(quiet.To.Hour, quiet.To.Minute);
        var ends = Enumerable
            .Range(-1, 5)
            .SelectMany(d => zone.MapLocal(today.PlusDays(d).At(end)) is { Count: > 0 } m ? new[] { m.First(), m.Last() } : [])
            .Select(z => z.ToInstant());
        var changes = zone.GetZoneIntervals(at, at + Duration.FromDays(4)).Where(i => i.HasStart).Select(i => i.Start);
        return ends.Concat(changes).Append(at).Where(c => c >= at && !IsQuiet(quiet, c)).Min();
    }

    /// <summary>The first instant at which the calendar on the wall shows that day or, when it never does, a later one.</summary>
    public Instant StartOf(LocalDate day)
    {
        var noon = day.AtMidnight().InUtc().ToInstant();
        return zone.GetZoneIntervals(noon - Duration.FromDays(3), noon + Duration.FromDays(3))
            .Where(i => i.HasEnd is false || Local(i.End - Duration.Epsilon).Date >= day)
            .Select(i => Later(i.HasStart ? i.Start : Instant.MinValue, noon - Duration.FromNanoseconds(i.WallOffset.Nanoseconds)))
            .First();
    }

    /// <summary>In a gap the first instant after it, told twice the first.</summary>
    public Instant At(LocalDateTime local)
    {
        var map = zone.MapLocal(local);
        return map.Count > 0 ? map.First().ToInstant() : map.EarlyInterval.End;
    }

    private static Instant Later(Instant a, Instant b) => a > b ? a : b;
}
