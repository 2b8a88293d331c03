using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>Chances per port call, each 0 to 1.</summary>
/// <param name="Crash">That the process dies before or after it.</param>
/// <param name="Unavailable">That the port refuses.</param>
/// <param name="LostAnswer">That the answer is lost.</param>
/// <param name="LongPause">That the process stands still for minutes or hours before the call.</param>
public sealed record FaultRates(double Crash, double Unavailable, double LostAnswer, double LongPause)
{
    /// <summary>Calls that are made often and where less is at stake, by how their name begins; they suffer so many times less.</summary>
    public IReadOnlyList<(string Call, double Less)> Spared { get; init; } = [];

    public static FaultRates None { get; } = new(0, 0, 0, 0);
}

/// <summary>
/// Draws a fault for each port call and counts where each has struck. Among the faults of the drawn kind one that this point has seen
/// least is taken, so that rare points are covered too.
/// </summary>
public sealed class FaultPlan(SimRandom random, FaultRates rates)
{
    private const double Seldom = 8;
    private static readonly int Kinds = Enum.GetValues<PortFault>().Length;
    private readonly Dictionary<(string Activity, string Call), Point> _points = [];

    /// <summary>False lets the world come to rest without further faults.</summary>
    public bool Active { get; set; } = true;

    /// <summary>How often each fault struck at each point, points in ordinal order; index by <see cref="PortFault"/>.</summary>
    public IEnumerable<KeyValuePair<string, int[]>> Struck =>
        _points
            .Select(p => KeyValuePair.Create($"{p.Key.Activity} > {p.Key.Call}", p.Value.Struck))
            .OrderBy(p => p.Key, StringComparer.Ordinal);

    /// <param name="activity">What the process is busy with.</param>
    /// <param name="call">Port, verb and table.</param>
    public PortFault Draw(string activity, string call, IReadOnlyList<PortFault> possible)
    {
        if (!_points.TryGetValue((activity, call), out var point))
        {
            var less = rates.Spared.FirstOrDefault(s => call.StartsWith(s.Call, StringComparison.Ordinal)).Less;
            _points[(activity, call)] = point = new Point(new int[Kinds], less == 0 ? 1 : less);
        }

        var fault = Active ? Draw(point, possible) : PortFault.None;
        point.Struck[(int)fault]++;
        return fault;
    }

    /// <summary>Counts a fault that a port made by itself.</summary>
    public void Count(string activity, string call, PortFault fault)
    {
        if (_points.TryGetValue((activity, call), out var point))
        {
            point.Struck[(int)fault]++;
        }
    }

    /// <summary>Time on the wire, one way.</summary>
    public TimeSpan Latency() =>
        Active && random.Chance(rates.LongPause)
            ? random.Between(TimeSpan.FromMinutes(1), TimeSpan.FromHours(8))
            : random.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(40));

    /// <summary>How long after it was given up a late write lands.</summary>
    public TimeSpan Lateness() => random.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(90));

    private PortFault Draw(Point point, IReadOnlyList<PortFault> possible)
    {
        // A point that a world seldom passes is struck more readily, or it would stay unseen.
        var roll = random.Share() * Math.Min(point.Less, ++point.Passed / Seldom);
        return roll >= rates.Crash + rates.Unavailable + rates.LostAnswer ? PortFault.None : Strike(point, possible, roll);
    }

    private PortFault Strike(Point point, IReadOnlyList<PortFault> possible, double roll)
    {
        Func<PortFault, bool> kind =
            roll < rates.Crash ? f => f.IsCrash()
            : roll < rates.Crash + rates.Unavailable ? f => f == PortFault.Unavailable
            : f => f.Moment() == FaultMoment.AnswerLost;
        var faults = possible.Where(kind).ToList();
        if (faults.Count == 0)
        {
            return PortFault.None;
        }

        var least = faults.Min(f => point.Struck[(int)f]);
        return random.Pick(faults.FindAll(f => point.Struck[(int)f] == least));
    }

    private sealed class Point(int[] struck, double less)
    {
        public int[] Struck => struck;

        public double Less => less;

        public int Passed { get; set; }
    }
}
