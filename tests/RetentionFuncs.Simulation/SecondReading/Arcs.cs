using System.Collections.Frozen;

namespace RetentionFuncs.Simulation.SecondReading;

/// <summary>Where a touchpoint may go from where it stands, copied from the protocol's text.</summary>
internal static class Arcs
{
    private static readonly FrozenSet<(string From, string To)> Lawful = new[]
    {
        ("Planned", "Sending"),
        ("Planned", "Skipped"),
        ("Planned", "Expired"),
        ("Planned", "Parked"),
        ("Planned", "Sent"),
        ("Sending", "Sent"),
        ("Sending", "Refused"),
        ("Sending", "Unknown"),
        ("Sending", "Planned"),
        ("Sending", "Skipped"),
        ("Unknown", "Sent"),
        ("Unknown", "Refused"),
    }.ToFrozenSet();

    public static bool Allow(string from, string to) => from == to || Lawful.Contains((from, to));

    /// <summary>Ends in which nothing was ever accepted.</summary>
    public static bool NeverSent(string state) => state is "Skipped" or "Expired" or "Refused" or "Parked";

    public static bool IsEnd(string state) => NeverSent(state) || state is "Sent" or "Unknown";
}
