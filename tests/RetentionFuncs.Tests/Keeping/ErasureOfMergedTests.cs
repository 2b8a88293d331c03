using RetentionFuncs.Customers;
using RetentionFuncs.Customers.Joining;
using RetentionFuncs.Experiences;
using RetentionFuncs.Keeping;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Keeping;

/// <summary>Erasing somebody who was known under other ids before.</summary>
public sealed class ErasureOfMergedTests
{
    private static readonly string[] Ids = ["kd-oldest", "kd-older", "kd-newest"];
    private static readonly string[] Words = [.. Ids, "Ada Winter", "@post.linden.shop"];

    [Theory]
    [InlineData("kd-oldest")]
    [InlineData("kd-older")]
    [InlineData("kd-newest")]
    public async Task Whichever_of_a_person_s_ids_is_named_everything_under_all_of_them_goes(string named)
    {
        var world = await MergedAsync();
        world.Store.Everything(StoreTable.Customers).Count(r => r.Partition.Key != world.KeyOf("kd-newest").Value).ShouldBeGreaterThan(2);

        var report = await EraseAsync(world, named);

        report.ShouldNotBeNull().Customer.ShouldBe(world.KeyOf("kd-newest"));
        foreach (var id in Ids)
        {
            var partition = await world.PartitionAsync(id);
            partition.IsErased.ShouldBeTrue(id);
            partition.Touchpoints().ShouldBeEmpty(id);
        }

        Telling(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task None_of_the_ids_is_taken_in_again()
    {
        var world = await MergedAsync();
        await EraseAsync(world, "kd-newest");
        var now = world.Clock.Now;
        foreach (var id in Ids)
        {
            var order = new Order("late-" + id, now, now, OrderStatus.Placed, new Money(5, "EUR"), 0, [], []);
            (await world.Product.RecordOrders.RunAsync(id, [order], now)).Erased.ShouldBeTrue(id);
            await world.CustomerAsync(id, n => n with { Name = "Ada Winter" });
        }

        Telling(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task Erased_once_more_it_does_no_harm_and_somebody_else_keeps_everything()
    {
        var world = await MergedAsync();
        await world.CustomerAsync("other", n => n with { Name = "Bo Lind" });
        await world.OrderAsync("other", "2026-03-01");
        await EraseAsync(world, "kd-older");

        (await EraseAsync(world, "kd-newest")).ShouldNotBeNull().AlreadyErased.ShouldBeTrue();

        var other = await world.PartitionAsync("other");
        (other.Profile()!.Name, other.Summary().Orders).ShouldBe(("Bo Lind", 1));
    }

    private static Task<ErasureReport?> EraseAsync(TripWorld world, string id) =>
        world.Product.EraseCustomer.RunAsync(new ErasureWish(id, null, true, "tester", "asked")).AsTask();

    /// <summary>Three ids, each with an order, a complaint and a message that was sent, joined one after the other.</summary>
    private static async Task<TripWorld> MergedAsync()
    {
        var world = new TripWorld();
        await world.LaunchAsync(CampaignWorks.AfterOrder(7));
        foreach (var id in Ids)
        {
            await world.CustomerAsync(id, n => n with { Name = "Ada Winter" });
            await world.OrderAsync(id, "2026-03-02");
            var complaint = new ExperienceNews.ComplaintOpened("case-" + id, world.Clock.Now, "late", null);
            await world.Product.RecordExperience.RunAsync(id, complaint, world.Clock.Now);
        }

        await world.TickAsync("2026-03-09");
        await JoinAsync(world, "kd-oldest", "kd-older");
        await JoinAsync(world, "kd-older", "kd-newest");
        return world;
    }

    private static async Task JoinAsync(TripWorld world, string from, string into) =>
        await world.Product.JoinCustomers.RunAsync(new CustomerJoin.Merged(from, into), world.Clock.Now, world.Clock.Now);

    private static IEnumerable<string> Telling(TripWorld world) =>
        Enum.GetValues<StoreTable>()
            .SelectMany(world.Store.Everything)
            .Select(r => $"{r.Partition} {r.Row.Key} {string.Join('|', r.Row.Properties.Entries)}")
            .Where(row => Words.Any(row.Contains));
}
