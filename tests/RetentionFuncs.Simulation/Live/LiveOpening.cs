using RetentionFuncs.Customers;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Simulation.Worlds;

namespace RetentionFuncs.Simulation.Live;

/// <summary>Puts customers, orders and campaigns on file before anything can go wrong.</summary>
internal static class LiveOpening
{
    public static async Task OpenAsync(LiveWorld world)
    {
        world.Faults.Active = false;
        var product = new LiveHost(world).Product;
        foreach (var version in SimShop.Campaigns(product.Calendar.DayOf(world.Clock.GetUtcNow())))
        {
            await product.LaunchCampaign.ApplyAsync(version);
            await product.LaunchCampaign.LaunchAsync(version.Campaign.Key);
        }

        var random = new SimRandom(world.Options.Seed);
        DateTimeOffset[] bought =
        [
            .. Enumerable.Range(0, world.Options.Customers).Select(_ => SimShop.LastPurchase(random, LiveWorld.Start)),
        ];
        await Parallel.ForAsync(
            0,
            world.Options.Customers,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (number, _) =>
            {
                await product.RecordCustomer.RunAsync(News(number), LiveWorld.Start);
                var order = SimShop.OrderOf(number, "first", bought[number]);
                await product.RecordOrders.RunAsync(SimShop.CustomerId(number), [order], LiveWorld.Start);
            }
        );

        // The first walk over an index looks far back; nobody need watch that.
        await product.ReviewDue.RunAsync();
        await product.SweepOpenWork.RunAsync();
        world.Faults.Active = true;
    }

    /// <summary>One in four shares an address with the customer before.</summary>
    private static CustomerNews News(int number) =>
        SimShop.NewsWith(
            number,
            SimShop.AddressOf(number % 4 == 3 ? number - 1 : number),
            ConsentState.Granted,
            LiveWorld.Start.AddYears(-1)
        );
}
