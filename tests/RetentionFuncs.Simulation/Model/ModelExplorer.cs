using System.Globalization;

namespace RetentionFuncs.Simulation.Model;

/// <summary>What an exhaustive exploration found.</summary>
/// <param name="States">Different worlds reached.</param>
/// <param name="Arcs">Arcs followed.</param>
/// <param name="MaxAccepted">Most accepted submissions of one touch; counted up to 3.</param>
/// <param name="Faults">Each kind of fault with the shortest way to it.</param>
public sealed record ModelOutcome(
    string Protocol,
    int States,
    long Arcs,
    int MaxAccepted,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Faults
)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Protocol, -42} {States, 10:N0} states {Arcs, 11:N0} arcs  max accepted {MaxAccepted}  {(Faults.Count == 0 ? "no fault" : string.Join("; ", Faults.Keys.Order()))}"
        );
}

/// <summary>Visits every reachable world of a protocol, breadth first, keeping each world's exact bits and how it was reached.</summary>
public static class ModelExplorer
{
    public static ModelOutcome Explore(Protocol protocol, ModelBounds bounds)
    {
        var seen = new Dictionary<UInt128, int>();
        var reached = new List<(UInt128 Bits, int From, string Arc)>();
        var faults = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var (arcs, current, maxAccepted) = (0L, -1, 0);
        ProtocolModel model = null!;
        model = new ProtocolModel(protocol, bounds, Reach);
        Reach(model.Start, "planned");
        for (current = 0; current < reached.Count; current++)
        {
            var before = arcs;
            var state = ModelState.Unpack(reached[current].Bits);
            model.Expand(state);
            if (arcs == before && Enumerable.Range(0, 3).Any(w => state.Workers[w].Step != WorkerStep.Idle))
            {
                Note(ModelFaults.Stuck, current);
            }
        }

        return new ModelOutcome(protocol.Name, reached.Count, arcs, maxAccepted, faults);

        void Reach(ModelState state, string arc)
        {
            arcs++;
            var bits = state.Pack();
            if (seen.TryAdd(bits, reached.Count))
            {
                reached.Add((bits, current, arc));
                maxAccepted = Math.Max(maxAccepted, Math.Max(state.Touches[0].Accepted, state.Touches[1].Accepted));
                foreach (var fault in model.Faults(state))
                {
                    Note(fault, reached.Count - 1);
                }
            }

            if (state.Wrong is { } wrong)
            {
                Note(wrong, seen[bits]);
            }
        }

        void Note(string fault, int at)
        {
            if (faults.ContainsKey(fault))
            {
                return;
            }

            var way = new List<string>();
            for (; at >= 0; at = reached[at].From)
            {
                way.Insert(0, reached[at].Arc);
            }

            faults[fault] = way;
        }
    }
}
