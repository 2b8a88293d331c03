using RetentionFuncs.Customers;
using RetentionFuncs.Keeping;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.HandOffs;

/// <summary>A card that is on its way to a customer's partition while that customer is being erased.</summary>
public sealed class CardOfTheErasedTests
{
    private const string Name = "王芳";

    [Theory]
    [InlineData(null)]
    [InlineData(Contact.Primary)]
    public async Task Erased_before_any_one_step_of_the_hand_off_the_card_does_not_come_behind_the_tombstone(string? contact)
    {
        for (var at = 0; ; at++)
        {
            var inner = SimRowStore.Quiet();
            var store = new SteppedStore(inner);
            var world = await PlannedAsync(store);
            store.Before(at, () => EraseAsync(world, contact));
            await world.Trip.Queue.DeliverDueAsync(world.Trip.Product.Handler);
            if (store.Calls <= at)
            {
                at.ShouldBeGreaterThan(7);
                inner.Everything(StoreTable.Customers).ShouldContain(r => r.Row.Key.StartsWith("x-handoff|", StringComparison.Ordinal));
                return;
            }

            await ShouldBeForgottenAsync(world, inner, $"erased before step {at}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Contact.Primary)]
    public async Task Handed_off_and_erased_step_by_step_together_nothing_of_the_person_is_left(string? contact)
    {
        var cards = 0;
        for (ulong seed = 1; seed <= 80; seed++)
        {
            var scheduler = new SimScheduler(seed, DateTimeOffset.UnixEpoch);
            var store = new SimRowStore(new PortCalls(scheduler, new FaultPlan(scheduler.Random.Fork(), new FaultRates(0, 0, 0, 0.02))));
            store.Committed = (_, writes) =>
                cards += writes.Count(w => w.Key.StartsWith("x-handoff|", StringComparison.Ordinal) && w.Properties is not null);
            var world = await PlannedAsync(store);
            Begin(scheduler, "handler", async () => await world.Trip.Queue.DeliverDueAsync(world.Trip.Product.Handler));
            Begin(scheduler, "eraser", () => EraseAsync(world, contact));
            scheduler.RunUntilIdle();
            scheduler.Failures.ShouldBeEmpty();
            await ShouldBeForgottenAsync(world, store, $"seed {seed}");
        }

        cards.ShouldBeGreaterThan(10, "some of them were handed off before the erasing");
    }

    private static async Task EraseAsync(HandOffWorld world, string? contact) =>
        (await world.Trip.Product.EraseCustomer.RunAsync(new ErasureWish("c1", contact, true, "t", "asked"))).ShouldNotBeNull();

    private static async Task ShouldBeForgottenAsync(HandOffWorld world, SimRowStore store, string when)
    {
        var texts = store.Everything(StoreTable.Customers).Select(r => $"{r.Row.Key} {string.Join('|', r.Row.Properties.Entries)}");
        texts.Where(t => t.StartsWith("x-handoff|", StringComparison.Ordinal) || t.Contains(Name)).ShouldBeEmpty(when);
        (await world.Trip.TouchesAsync("c1")).ShouldAllBe(t => t.State != TouchpointState.Sending, when);
    }

    /// <summary>One customer whose message waits in the queue.</summary>
    private static async Task<HandOffWorld> PlannedAsync(IRowStore store)
    {
        var world = new HandOffWorld(store);
        await world.LaunchAsync(Channel.Phone);
        await world.CustomerAsync("c1", name: Name);
        await world.Trip.OrderAsync("c1", "2026-03-02");
        world.Trip.Clock.Now = DateTimeOffset.Parse("2026-03-09T10:00:00+01:00", null);
        await world.Trip.Product.ReviewDue.RunAsync();
        return world;
    }

    private static void Begin(SimScheduler scheduler, string name, Func<Task> work)
    {
        var wait = scheduler.Random.Fork().Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(400));
        _ = new SimProcess(
            scheduler,
            name,
            async _ =>
            {
                await scheduler.Pause(wait);
                await work();
            },
            (TimeSpan.Zero, TimeSpan.Zero)
        );
    }
}
