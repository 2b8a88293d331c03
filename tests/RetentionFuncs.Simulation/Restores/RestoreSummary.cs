using System.Globalization;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Restores;

/// <summary>Many restore points, each lived through without the guard and with it.</summary>
public sealed record RestoreSummary(IReadOnlyList<RestoredWorld> Unguarded, IReadOnlyList<RestoredWorld> Guarded)
{
    public int ResentUnguarded => Unguarded.Sum(w => w.Resent);

    public int ResentGuarded => Guarded.Sum(w => w.Resent);

    public static RestoreSummary Of(int points, ulong seed, int jobs)
    {
        var (unguarded, guarded) = (new RestoredWorld[points], new RestoredWorld[points]);
        Parallel.For(
            0,
            points,
            new ParallelOptions { MaxDegreeOfParallelism = jobs },
            i =>
            {
                var own = new SimRandom(seed + (ulong)i).Bits();
                unguarded[i] = RestoreRun.Of(own, guarded: false);
                guarded[i] = RestoreRun.Of(own, guarded: true);
            }
        );
        return new RestoreSummary(unguarded, guarded);
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Guarded.Count:N0} restore points
            without the guard: {Unguarded.Sum(w =>
                w.Accepted
            ):N0} touches accepted, {ResentUnguarded:N0} of them more than once, in {Unguarded.Count(w => w.Resent > 0):N0} worlds
            with the guard: {Guarded.Sum(w => w.Accepted):N0} touches accepted, {ResentGuarded:N0} of them more than once
            """
        );
}
