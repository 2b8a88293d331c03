using NodaTime;
using NodaTime.Extensions;
using RetentionFuncs.ContactPolicy;

namespace RetentionFuncs.Clocks;

/// <summary>Calendar days in the business's zone and in a contact's. Gaps resolve to the next valid instant, overlaps to the first.</summary>
public sealed class BusinessCalendar
{
    private readonly DateTimeZone _zone;

    /// <param name="zoneId">IANA id, e.g. <c>Europe/Berlin</c>.</param>
    /// <exception cref="ArgumentException">No such zone.</exception>
    public BusinessCalendar(string zoneId)
    {
        _zone =
            Find(zoneId)
            ?? throw new ArgumentException($"'{zoneId}' is not a time zone; use an IANA name such as Europe/Berlin.", nameof(zoneId));
        ZoneId = zoneId;
    }

    public string ZoneId { get; }

    public static bool IsZone(string? zoneId) => zoneId is not null && Find(zoneId) is not null;

    /// <summary>The business's calendar day at that instant.</summary>
    public DateOnly DayOf(DateTimeOffset at) => LocalOf(at, null).Date;

    /// <summary>Local date and time of day in the given zone, else the business's.</summary>
    public (DateOnly Date, TimeOnly Time) LocalOf(DateTimeOffset at, string? zoneId)
    {
        var local = at.ToInstant().InZone(Zone(zoneId)).LocalDateTime;
        return (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
    }

    /// <summary>The instant of a local time: in a gap the next valid one, in an overlap the first.</summary>
    public DateTimeOffset InstantOf(DateOnly date, TimeOnly time, string? zoneId = null) =>
        Zone(zoneId).ResolveLocal(date.ToLocalDate().At(time.ToLocalTime()), Lenient).ToDateTimeOffset();

    /// <summary>First instant of the day; of a day that the zone skipped (Samoa, 30 December 2011), of the day after it.</summary>
    public DateTimeOffset StartOf(DateOnly day, string? zoneId = null) => InstantOf(day, TimeOnly.MinValue, zoneId);

    /// <summary>First instant after the day: the exclusive end.</summary>
    public DateTimeOffset EndOf(DateOnly day, string? zoneId = null) => StartOf(day.AddDays(1), zoneId);

    /// <summary>
    /// The first instant from <paramref name="at"/> on that is outside the quiet hours there: <paramref name="at"/> itself, the next time
    /// the clock shows their end, or a change of the clock that leads out of them. A clock that goes back may lead into them again.
    /// </summary>
    public DateTimeOffset FirstOutside(QuietHours quiet, DateTimeOffset at, string? zoneId)
    {
        var zone = Zone(zoneId);
        for (var instant = at.ToInstant(); ; )
        {
            var stretch = zone.GetZoneInterval(instant);
            var time = instant.WithOffset(stretch.WallOffset).TimeOfDay.ToTimeOnly();
            if (!quiet.Contains(time))
            {
                return instant.InZone(zone).ToDateTimeOffset();
            }

            var end = instant + Duration.FromTimeSpan(quiet.To - time);
            instant = stretch.HasEnd && stretch.End < end ? stretch.End : end;
        }
    }

    private static readonly NodaTime.TimeZones.ZoneLocalMappingResolver Lenient = NodaTime.TimeZones.Resolvers.CreateMappingResolver(
        NodaTime.TimeZones.Resolvers.ReturnEarlier,
        NodaTime.TimeZones.Resolvers.ReturnStartOfIntervalAfter
    );

    private static DateTimeZone? Find(string zoneId) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId);

    private DateTimeZone Zone(string? zoneId) => zoneId is null ? _zone : Find(zoneId) ?? _zone;
}
