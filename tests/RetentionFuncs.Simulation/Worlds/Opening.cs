using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>Puts customers, orders and campaigns on file before anything can go wrong.</summary>
internal static class Opening
{
    public static void Open(World world)
    {
        var product = new RetentionProduct(
            world.Store,
            world.Queue,
            world.Provider,
            new SendGovernor(SimShop.SendLimits),
            world.Options.Shop.Settings,
            World.Secret,
            world.Ids,
            new SimClock(world.Scheduler)
        );
        OpenAsync(world, product).GetAwaiter().GetResult();
    }

    private static async Task OpenAsync(World world, RetentionProduct product)
    {
        foreach (var version in world.Options.Shop.Campaigns(product.Calendar.DayOf(world.Start)))
        {
            await product.LaunchCampaign.ApplyAsync(version);
            await product.LaunchCampaign.LaunchAsync(version.Campaign.Key);
        }

        for (var number = 0; number < world.Options.Customers; number++)
        {
            await product.RecordCustomer.RunAsync(SimShop.News(number, world.Options.Customers, world.Start.AddYears(-1)), world.Start);
            var order = SimShop.OrderOf(number, "first", SimShop.LastPurchase(world.Random, world.Start));
            await product.RecordOrders.RunAsync(SimShop.CustomerId(number), [order], world.Start);
        }

        // The first walk over an index looks far back; nobody need watch that.
        await product.ReviewDue.RunAsync();
        await product.SweepOpenWork.RunAsync();
    }
}
