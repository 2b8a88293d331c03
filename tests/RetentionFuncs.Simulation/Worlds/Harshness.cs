using RetentionFuncs.Simulation.Ports;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>How unkind a world is.</summary>
public sealed record Harshness(FaultRates Calls, QueueRates Queue, ProviderConduct Provider)
{
    /// <summary>How long a process stays down after a crash.</summary>
    public (TimeSpan Least, TimeSpan Most) Downtime { get; init; } = (TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));

    /// <summary>The timers' walks over their indexes, and other reads.</summary>
    private static readonly (string, double)[] Spared =
    [
        ("store.read Due", 50),
        ("store.read OpenWork", 50),
        ("store.read Control", 5),
        ("store.read", 4),
    ];

    /// <summary>How many times rarer than in a small shop the audits and reports are that look at everybody.</summary>
    public int FullPasses { get; init; } = 1;

    /// <summary>How many times rarer refits and the timers' audits are, beyond that.</summary>
    public int Refits { get; init; } = 1;

    /// <summary>How many times rarer the sweeps are.</summary>
    public int Sweeps { get; init; } = 1;

    /// <summary>Far worse than any real day: about one touch in twenty sees its process die.</summary>
    public static Harshness Harsh { get; } =
        new(
            new FaultRates(Crash: 0.008, Unavailable: 0.008, LostAnswer: 0.012, LongPause: 0.0005) { Spared = Spared },
            new QueueRates(Duplicated: 0.1, Lost: 0.03, Late: 0.02),
            new ProviderConduct(0.02, 0.03, 0.002, 0.02, 0.01, 0.01, 0.01, 0.01)
            {
                SilentShare = 0.01,
                RepeatedEvent = 0.3,
                LostEvent = 0.05,
                LateEvent = 0.1,
                Bounced = 0.02,
                Complained = 0.005,
                Unsubscribed = 0.01,
            }
        );

    /// <summary>As harsh by the touch as a large shop can bear: a run over thousands of customers would never end if one call in fifty failed.</summary>
    public static Harshness Busy { get; } =
        Harsh with
        {
            Calls = new FaultRates(Crash: 0.0015, Unavailable: 0.0015, LostAnswer: 0.003, LongPause: 0.00005) { Spared = Spared },

            // Each of these keeps everybody waiting for minutes.
            Provider = Harsh.Provider with
            {
                TooMany = 0.001,
                Unauthorized = 0.0001,
                NotReached = 0.001,
            },
            FullPasses = 3,
            Downtime = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)),
        };

    /// <summary>As busy, where only days are lived through and not weeks.</summary>
    public static Harshness Rush { get; } =
        Busy with
        {
            Calls = Busy.Calls with { Crash = 0.0008 },
            Provider = Busy.Provider with { RepeatedEvent = 0.1 },
            Sweeps = 4,
            Refits = 3,
        };

    /// <summary>A bad but believable day: 0.1 % crashes and 0.5 % lost answers per touch, spread over its calls.</summary>
    public static Harshness Believable { get; } =
        new(
            new FaultRates(Crash: 0.00005, Unavailable: 0.0005, LostAnswer: 0.00025, LongPause: 0.00002) { Spared = Spared },
            new QueueRates(Duplicated: 0.01, Lost: 0.001, Late: 0.002),
            new ProviderConduct(0.005, 0.005, 0, 0.002, 0.001, 0.001, 0.001, 0.001)
            {
                SilentShare = 0.0005,
                RepeatedEvent = 0.2,
                LostEvent = 0.01,
                LateEvent = 0.05,
                Bounced = 0.01,
                Complained = 0.001,
                Unsubscribed = 0.005,
            }
        );
}

/// <summary>One world to live through.</summary>
/// <param name="WildClocks">Clocks of workers jump by up to ten years; else they stay within a minute of the truth.</param>
/// <param name="Plant">A fault planted to be found, or null.</param>
public sealed record WorldOptions(ulong Seed, Harshness Harshness, bool WildClocks, Plants.Plant? Plant)
{
    /// <summary>In the shop. The more there are, the more of the work is planning and sending, and the less is timers that find nothing.</summary>
    public int Customers { get; init; } = SimShop.Few;

    public ShopPlan Shop { get; init; } = ShopPlan.Weeks;

    /// <summary>Told of every port call, for reading one world closely.</summary>
    public Action<string>? Watched { get; init; }
}
