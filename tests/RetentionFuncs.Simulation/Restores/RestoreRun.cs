using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Simulation.Worlds;

namespace RetentionFuncs.Simulation.Restores;

/// <summary>What became of one world whose store was put back to an earlier moment.</summary>
/// <param name="Resent">Touches of which more than one submission was accepted.</param>
public sealed record RestoredWorld(DateTimeOffset SavedAt, DateTimeOffset PutBackAt, int Accepted, int Resent);

/// <summary>
/// Restores at random moments: a copy of the store is taken, the shop goes on for hours or days, and the copy is put back under the same
/// provider and the same queue. What was sent meanwhile is no longer on file, so nothing in the store can prevent that it is sent again;
/// the guard of the epoch can (row 24 of the failure table).
/// </summary>
public static class RestoreRun
{
    /// <summary>Longer than anything that was planned before the restore is of use.</summary>
    private static readonly TimeSpan Quarantine = TimeSpan.FromDays(4.5);

    /// <param name="guarded">Whether the product starts in quarantine after the restore.</param>
    public static RestoredWorld Of(ulong seed, bool guarded)
    {
        var options = new WorldOptions(seed, Harshness.Believable, WildClocks: false, null);
        var world = new World(options);
        var random = new SimRandom(seed ^ 0xC0FFEE);
        var savedAt = world.Start + random.Between(TimeSpan.FromDays(1), TimeSpan.FromDays(5));
        var putBackAt = savedAt + random.Between(TimeSpan.FromMinutes(10), TimeSpan.FromDays(2));
        world.Open();
        world.Scheduler.RunUntil(savedAt);
        var saved = world.Store.Save();
        world.Scheduler.RunUntil(putBackAt);
        PutBack(world, saved, guarded);
        world.Finish();
        var accepted = world.Provider.Accepted.GroupBy(s => s.Message.Reference, StringComparer.Ordinal).ToList();
        return new RestoredWorld(savedAt, putBackAt, accepted.Count, accepted.Count(g => g.Count() > 1));
    }

    /// <summary>Every process dies with the store it worked on; what comes back finds the copy.</summary>
    private static void PutBack(World world, SavedRows saved, bool guarded)
    {
        foreach (var process in world.Processes)
        {
            process.Kill();
        }

        world.Store.PutBack(saved);
        if (guarded)
        {
            EpochGuard.Close(world);
            world.Scheduler.After(Quarantine, () => world.IsQuarantined = false);
        }
    }
}
