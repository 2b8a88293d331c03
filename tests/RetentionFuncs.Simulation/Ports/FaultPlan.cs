using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>Chances per port call, each 0 to 1.</summary>
/// <param name="Crash">That the process dies before or after it.</param>
/// <param name="Unavailable">That the port refuses.</param>
/// <param name="LostAnswer">That the answer is lost.</param>
/// <param name="LongPause">That the process stands still for minutes or hours before the call.</param>
public sealed record FaultRates(double Crash, double Unavailable, double LostAnswer, double LongPause)
{
    public static FaultRates None { get; } = new(0, 0, 0, 0);
}

/// <summary>
/// Draws a fault for each port call and counts where each has struck. Among the faults of the drawn kind the one that this point
/// has seen least is taken, so that rare points are covered too.
/// </summary>
public sealed class FaultPlan(SimRandom random, FaultRates rates)
{
    private readonly Dictionary<string, int[]> _struck = new(StringComparer.Ordinal);

    /// <summary>False lets the world come to rest without further faults.</summary>
    public bool Active { get; set; } = true;

    /// <summary>How often each fault struck at each point, points in ordinal order; index by <see cref="PortFault"/>.</summary>
    public IEnumerable<KeyValuePair<string, int[]>> Struck => _struck.OrderBy(p => p.Key, StringComparer.Ordinal);

    public PortFault Draw(string point, IReadOnlyList<PortFault> possible)
    {
        if (!_struck.TryGetValue(point, out var counts))
        {
            _struck[point] = counts = new int[Enum.GetValues<PortFault>().Length];
        }

        var fault = Active ? LeastSeen(counts, possible, random.Share()) : PortFault.None;
        counts[(int)fault]++;
        return fault;
    }

    /// <summary>Time on the wire, one way.</summary>
    public TimeSpan Latency() =>
        Active && random.Chance(rates.LongPause)
            ? random.Between(TimeSpan.FromMinutes(1), TimeSpan.FromHours(8))
            : random.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(40));

    /// <summary>How long after it was given up a late write lands.</summary>
    public TimeSpan Lateness() => random.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(90));

    private PortFault LeastSeen(int[] counts, IReadOnlyList<PortFault> possible, double roll)
    {
        Func<PortFault, bool>? kind =
            roll < rates.Crash ? f => f.IsCrash()
            : roll < rates.Crash + rates.Unavailable ? f => f == PortFault.Unavailable
            : roll < rates.Crash + rates.Unavailable + rates.LostAnswer ? f => f.Moment() == FaultMoment.AnswerLost
            : null;
        return kind is null ? PortFault.None : possible.Where(kind).OrderBy(f => counts[(int)f]).FirstOrDefault(PortFault.None);
    }
}
