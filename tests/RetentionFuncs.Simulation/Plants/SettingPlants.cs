using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Identity;
using RetentionFuncs.Settings;
using RetentionFuncs.Simulation.Histories;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>Faults of rules, clocks and ids at the worker.</summary>
internal static class SettingPlants
{
    public static IReadOnlyList<Plant> All { get; } =
    [
        new OtherSettings(
            "cap-ignored",
            Rule.CapKept,
            "the cap is not asked when sending",
            s => s with { Cap = new FrequencyCap(1000, 3) }
        ),
        new OtherSettings(
            "cap-window-short",
            Rule.CapKept,
            "the cap counts one day instead of three",
            s => s with { Cap = new FrequencyCap(3, 1) }
        ),
        new OtherSettings(
            "night-ignored",
            Rule.WithinValidity,
            "quiet hours are not asked",
            s => s with { QuietHours = new QuietHours(new TimeOnly(9, 0), new TimeOnly(9, 0)) }
        ),
        new OtherSettings("other-zone", Rule.WithinValidity, "the night is that of another zone", s => s with { Zone = "Asia/Shanghai" }),
        new OtherClock("fast-clock", Rule.WithinValidity, "the worker's clock is ten hours ahead", TimeSpan.FromHours(10)),
        new OneAttempt(),
    ];

    private sealed record OtherSettings(string Name, Rule Breaks, string What, Func<BusinessSettings, BusinessSettings> Bend)
        : Plant(Name, Breaks, What)
    {
        public override BusinessSettings SettingsOf(BusinessSettings settings) => Bend(settings);
    }

    private sealed record OtherClock(string Name, Rule Breaks, string What, TimeSpan Ahead) : Plant(Name, Breaks, What)
    {
        public override TimeProvider ClockAt(PlantSite site) => site.Sends ? new Told(site.Clock, Ahead) : site.Clock;

        private sealed class Told(TimeProvider clock, TimeSpan ahead) : TimeProvider
        {
            public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + ahead;
        }
    }

    /// <summary>A process makes one attempt id and uses it for everything.</summary>
    private sealed record OneAttempt() : Plant("one-attempt-id", Rule.ClaimedBeforeCalled, "a process has one attempt id for all it sends")
    {
        public override IIdSource Around(IIdSource ids) => new Same(ids.NewId());

        private sealed class Same(string id) : IIdSource
        {
            public string NewId() => id;
        }
    }
}
