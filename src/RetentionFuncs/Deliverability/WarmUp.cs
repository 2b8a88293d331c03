namespace RetentionFuncs.Deliverability;

/// <summary>The block <c>warm_up:</c>: how a domain that mailbox providers do not know yet grows into its volume (each sending domain for itself).</summary>
/// <param name="Start">First day of the ramp; before it nothing that sells is sent.</param>
/// <param name="FirstDay">Most messages on the first day, 1 or more.</param>
/// <param name="Growth">Each day may bring so many times the day before, 1 to 3.</param>
/// <param name="Days">Length of the ramp in days; from <paramref name="Start"/> + Days on nothing is limited any more.</param>
/// <param name="Domains">Sending domains it holds for; empty: all.</param>
public sealed record WarmUp(DateOnly Start, int FirstDay, decimal Growth, int Days, IReadOnlyList<string> Domains)
{
    /// <summary>The first day without a limit.</summary>
    public DateOnly End => Start.AddDays(Days);

    public bool Limits(string domain, DateOnly day) =>
        day < End && (Domains.Count == 0 || Domains.Contains(domain, StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// Most messages of that day: the ramp by the calendar, and never more than one step above the fullest day so far. So days on which
    /// nothing was sent save nothing up, and what waited for them does not burst out.
    /// </summary>
    /// <param name="fullest">Messages of the fullest earlier day of the ramp; 0 before the first.</param>
    public long CapOn(DateOnly day, long fullest)
    {
        if (day < Start)
        {
            return 0;
        }

        var byCalendar = FirstDay * Math.Pow((double)Growth, day.DayNumber - Start.DayNumber);
        var byVolume = Math.Max(FirstDay, Math.Ceiling(fullest * (double)Growth));
        return (long)Math.Min(Math.Floor(Math.Min(byCalendar, byVolume)), 1_000_000_000);
    }
}
