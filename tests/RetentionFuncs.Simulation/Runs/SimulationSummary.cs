using System.Globalization;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Simulation.Worlds;

namespace RetentionFuncs.Simulation.Runs;

/// <summary>What a run of many worlds came to.</summary>
public sealed class SimulationSummary
{
    private readonly SortedDictionary<string, int[]> _struck = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _endStates = new(StringComparer.Ordinal);

    internal SimulationSummary(IReadOnlyList<WorldResult> worlds)
    {
        Worlds = worlds.Count;
        Touches = worlds.Sum(w => w.Touches);
        Accepted = worlds.Sum(w => w.Accepted);
        AcceptedAndSent = worlds.Sum(w => w.AcceptedAndSent);
        VirtualHours = worlds.Sum(w => w.Lived.TotalHours);
        Violations = [.. worlds.SelectMany((w, number) => w.Violations.Select(v => (number, v)))];
        SecondReading = [.. worlds.SelectMany((w, number) => w.SecondReading.Select(v => (number, v)))];
        Disagreements =
        [
            .. worlds.Index().Where(w => w.Item.Violations.Count == 0 != (w.Item.SecondReading.Count == 0)).Select(w => w.Index),
        ];
        var trace = new TraceHash();
        foreach (var world in worlds)
        {
            trace.Add((long)world.Trace);
            Add(world);
        }

        Trace = trace.Value;
    }

    public int Worlds { get; }

    public int Touches { get; }

    /// <summary>Touches of which a submission was accepted.</summary>
    public int Accepted { get; }

    /// <summary>Of those, the ones whose record says Sent in the end.</summary>
    public int AcceptedAndSent { get; }

    public double VirtualHours { get; }

    /// <summary>Hash over everything that crossed a port in every world.</summary>
    public ulong Trace { get; }

    /// <summary>Broken rules with the number of their world.</summary>
    public IReadOnlyList<(int World, Violation Violation)> Violations { get; }

    /// <summary>What the second, independent reader of the same histories found.</summary>
    public IReadOnlyList<(int World, Violation Violation)> SecondReading { get; }

    /// <summary>Worlds in which one reader found a broken rule and the other none.</summary>
    public IReadOnlyList<int> Disagreements { get; }

    public IReadOnlyDictionary<string, int> EndStates => _endStates;

    /// <summary>Crash points, each with how often every fault struck there; index by <see cref="PortFault"/>.</summary>
    public IReadOnlyDictionary<string, int[]> Struck => _struck;

    public int Crashes => Count(f => f.IsCrash());

    public int LostAnswers => Count(f => f.Moment() == FaultMoment.AnswerLost);

    /// <summary>Points of the list that were not struck in each of the three moments, and points that are on no list.</summary>
    public IEnumerable<string> CoverageGaps()
    {
        foreach (var point in CrashPoints.Listed)
        {
            var missing = Enum.GetValues<FaultMoment>().Where(m => !_struck.TryGetValue(point, out var counts) || Sum(counts, m) == 0);
            if (string.Join(", ", missing) is { Length: > 0 } moments)
            {
                yield return $"{point}: never struck {moments}";
            }
        }

        foreach (var point in _struck.Keys.Except(CrashPoints.Listed).Except(CrashPoints.Seldom))
        {
            yield return $"{point}: not listed";
        }
    }

    public void Print(TextWriter output, TimeSpan took)
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {Touches:N0} touches in {Worlds:N0} worlds, {VirtualHours:N0} virtual hours, {Touches / took.TotalSeconds:N0} touches/s
                {Crashes:N0} crashes, {LostAnswers:N0} lost answers, {_struck.Count} crash points, trace {Trace:x16}
                {Accepted:N0} accepted, of which {AcceptedAndSent:N0} are on file as Sent ({Percent(AcceptedAndSent, Accepted)})
                {string.Join(", ", _endStates.Select(s => $"{s.Key} {s.Value:N0} ({Percent(s.Value, Touches)})"))}
                {Violations.Count} violations
                """
            )
        );
        PrintKinds(output, Violations);
    }

    /// <summary>What the second reader found, and where the two do not agree.</summary>
    public void PrintSecondReading(TextWriter output)
    {
        output.WriteLine($"second reading: {Worlds:N0} histories, {SecondReading.Count} violations, {Disagreements.Count} disagreements");
        PrintKinds(output, SecondReading);
        foreach (var world in Disagreements)
        {
            output.WriteLine($"  the two disagree about world {world}");
        }
    }

    private static void PrintKinds(TextWriter output, IEnumerable<(int World, Violation Violation)> violations)
    {
        foreach (var kind in violations.GroupBy(v => v.Violation.Rule).OrderBy(g => g.Key))
        {
            output.WriteLine($"  {kind.Key}: {kind.Count()}, first in world {kind.First().World}: {kind.First().Violation}");
        }
    }

    /// <summary>Crash points with how often each fault struck.</summary>
    public void PrintPoints(TextWriter output)
    {
        var faults = Enum.GetValues<PortFault>();
        output.WriteLine(string.Join(' ', faults.Select(f => $"{f, 14}")) + "  point");
        foreach (var (point, counts) in _struck)
        {
            output.WriteLine(string.Join(' ', faults.Select(f => $"{counts[(int)f], 14}")) + "  " + point);
        }

        foreach (var gap in CoverageGaps())
        {
            output.WriteLine(gap);
        }
    }

    private static string Percent(int part, int whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{(whole == 0 ? 0 : 100.0 * part / whole):F2} %");

    private static int Sum(int[] counts, FaultMoment moment) =>
        Enum.GetValues<PortFault>().Where(f => f.Moment() == moment).Sum(f => counts[(int)f]);

    private int Count(Func<PortFault, bool> kind) =>
        Enum.GetValues<PortFault>().Where(kind).Sum(fault => _struck.Values.Sum(counts => counts[(int)fault]));

    private void Add(WorldResult world)
    {
        foreach (var (state, count) in world.EndStates)
        {
            _endStates[state] = _endStates.GetValueOrDefault(state) + count;
        }

        foreach (var (point, counts) in world.Struck)
        {
            if (!_struck.TryGetValue(point, out var total))
            {
                _struck[point] = total = new int[counts.Length];
            }

            for (var i = 0; i < counts.Length; i++)
            {
                total[i] += counts[i];
            }
        }
    }
}
