using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Simulation.Worlds;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Restores;

/// <summary>
/// What a home does when it finds that its store is older than the epoch it knows: everything stops, and what was planned is laid aside
/// for a person, because it may have been sent meanwhile. What was being sent is left to the reaper, which shows it as Unknown.
/// </summary>
internal static class EpochGuard
{
    public static void Close(World world)
    {
        world.IsQuarantined = true;
        CloseAsync(world).GetAwaiter().GetResult();
    }

    private static async Task CloseAsync(World world)
    {
        var row = new PropertyBag().Set("on", true).Set("by", "epoch").Set("at", world.Scheduler.Now);
        await world.Store.PutAnyAsync(CampaignBook.Heads, "~kill-switch", row);
        var customers = world.Store.Everything(StoreTable.Customers).Select(r => r.Partition.Key).Distinct(StringComparer.Ordinal).ToList();
        foreach (var customer in customers)
        {
            var partition = await CustomerPartition.LoadAsync(world.Store, new CustomerKey(customer));
            foreach (var touch in partition.Touchpoints(TouchpointState.Planned).ToList())
            {
                partition.PutTouchpoint(
                    touch with
                    {
                        State = TouchpointState.Parked,
                        Reason = "Restored",
                        SettledAt = world.Scheduler.Now,
                    }
                );
            }

            await partition.CommitAsync();
        }
    }
}
