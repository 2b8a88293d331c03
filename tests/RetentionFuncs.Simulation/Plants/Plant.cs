using RetentionFuncs.Deliveries;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>Where a plant stands: the process and its clock.</summary>
/// <param name="Process">Such as <c>worker-1</c>, <c>planner</c>, <c>sweeper-2</c>, <c>person</c>, <c>webhook</c>; empty on a real store.</param>
public sealed record PlantSite(string Process, TimeProvider Clock)
{
    /// <summary>Takes up messages and sends them.</summary>
    public bool Sends => Process.Length == 0 || Process.StartsWith("worker", StringComparison.Ordinal);

    public bool IsPerson => Process == "person";
}

/// <summary>Which reader of histories must find a plant.</summary>
public enum FoundBy
{
    Both,

    /// <summary>It breaks what only the second reader looks at.</summary>
    Second,
}

/// <summary>
/// A fault planted to see whether the checkers find it. It wraps the ports that a process works with, or takes the place of a small
/// seam; the production code is the same with and without it.
/// </summary>
/// <param name="Name">For the command line.</param>
/// <param name="Breaks">A rule that it must be caught breaking.</param>
/// <param name="What">What is wrong, for a person to read.</param>
public abstract record Plant(string Name, Rule Breaks, string What)
{
    public static IReadOnlyList<Plant> All { get; } =
    [.. StorePlants.All, .. ReadingPlants.All, .. SendPlants.All, .. SweepPlants.All, .. SettingPlants.All, .. EvidencePlants.All];

    public FoundBy FoundBy { get; init; }

    /// <summary>Whether the sweep runs at all.</summary>
    public bool Sweeps { get; init; } = true;

    /// <summary>Whether the audit runs at all.</summary>
    public bool Audits { get; init; } = true;

    public static Plant? ByName(string name) => All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    public virtual IRowStore Around(IRowStore store, PlantSite site) => store;

    public virtual IMessageSender Around(IMessageSender sender, IRowStore store, PlantSite site) => sender;

    public virtual TimeProvider ClockAt(PlantSite site) => site.Clock;

    public virtual BusinessSettings SettingsOf(BusinessSettings settings) => settings;

    public virtual IIdSource Around(IIdSource ids) => ids;

    /// <summary>What the webhook makes of an event; null drops it.</summary>
    public virtual DeliveryEvent? Around(DeliveryEvent told) => told;

    /// <summary>What a sweeping process does besides sweeping.</summary>
    public virtual ValueTask AfterSweepAsync(IRowStore store, TimeProvider clock) => ValueTask.CompletedTask;
}
