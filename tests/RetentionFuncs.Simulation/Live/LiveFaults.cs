using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Live;

/// <summary>Draws what goes wrong with one call. Safe to use from several threads.</summary>
public sealed class LiveFaults(ulong seed, FaultRates rates)
{
    private readonly Lock _gate = new();
    private readonly SimRandom _random = new(seed);
    private readonly int[] _struck = new int[Enum.GetValues<PortFault>().Length];

    /// <summary>False lets the world come to rest.</summary>
    public bool Active { get; set; } = true;

    public int Crashes => Count(f => f.IsCrash());

    public int LostAnswers => Count(f => f.Moment() == FaultMoment.AnswerLost);

    /// <param name="call">Port, verb and table; where less is at stake it suffers less.</param>
    public PortFault Draw(string call, IReadOnlyList<PortFault> possible)
    {
        var less = rates.Spared.FirstOrDefault(s => call.StartsWith(s.Call, StringComparison.Ordinal)).Less;
        lock (_gate)
        {
            var roll = _random.Share() * Math.Max(less, 1);
            Func<PortFault, bool>? kind =
                !Active || roll >= rates.Crash + rates.Unavailable + rates.LostAnswer ? null
                : roll < rates.Crash ? f => f.IsCrash()
                : roll < rates.Crash + rates.Unavailable ? f => f == PortFault.Unavailable
                : f => f.Moment() == FaultMoment.AnswerLost;
            PortFault[] faults = kind is null ? [] : [.. possible.Where(kind)];
            var fault = faults.Length == 0 ? PortFault.None : _random.Pick(faults);
            _struck[(int)fault]++;
            return fault;
        }
    }

    public bool Chance(double probability)
    {
        lock (_gate)
        {
            return _random.Chance(probability);
        }
    }

    public int Below(int count)
    {
        lock (_gate)
        {
            return _random.Below(count);
        }
    }

    private int Count(Func<PortFault, bool> kind) => Enum.GetValues<PortFault>().Where(kind).Sum(f => _struck[(int)f]);
}
