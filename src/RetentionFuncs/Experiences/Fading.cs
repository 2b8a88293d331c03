namespace RetentionFuncs.Experiences;

/// <summary>
/// How much an experience still weighs (playbook P13: two to four years, fading): half after each year and nothing after four; what was
/// put right within a week fades twice as fast. An owner or contact who went is watched for a year (P16), in a straight line.
/// </summary>
public static class Fading
{
    public const double HalfLifeDays = 365.25;
    public const double GoneAfterDays = 4 * 365.25;

    /// <summary>1 when it has just happened or is not settled, 0 when it weighs nothing any more or has not happened yet.</summary>
    public static double WeightOf(Experience experience, DateTimeOffset at)
    {
        if (experience.OccurredAt > at)
        {
            return 0;
        }

        if (experience.IsOpen)
        {
            return 1;
        }

        var settled = experience.ResolvedAt is { } resolved && resolved > experience.OccurredAt ? resolved : experience.OccurredAt;
        var days = Math.Max(0, (at - settled).TotalDays);
        return experience.Kind is ExperienceKind.OwnerLeft or ExperienceKind.ContactMoved
            ? Math.Max(0, 1 - (days / 365.25))
            : Halved(experience.WasResolvedQuickly ? 2 * days : days);
    }

    private static double Halved(double days) => days >= GoneAfterDays ? 0 : Math.Pow(0.5, days / HalfLifeDays);
}
