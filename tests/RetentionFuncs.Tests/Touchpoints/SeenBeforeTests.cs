using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Touchpoints;

/// <summary>What the gates saw is written over and not read again, unless it moved meanwhile.</summary>
public sealed class SeenBeforeTests
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);

    /// <summary>A touch that waits in the queue.</summary>
    private static async Task<(TripWorld World, Touchpoint Touch, AddressKey Address)> DueAsync(MessagePurpose? purpose = null)
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickAsync("2026-06-28");
        world.Clock.Now = Morning;
        await world.Product.ReviewDue.RunAsync();
        var partition = await world.PartitionAsync("c1");
        var touch = partition.Touchpoints().Single();
        partition.PutTouchpoint(touch with { Purpose = purpose ?? touch.Purpose });
        await partition.CommitAsync();
        return (
            world,
            (await world.TouchesAsync("c1")).Single(),
            world.Secret.AddressKeyOf(partition.ContactBy(touch.Contact)!, Channel.Email)!.Value
        );
    }

    private static async Task<ClaimResult> ClaimAsync(
        TripWorld world,
        CustomerPartition partition,
        AddressKey address,
        SeenStanding seen
    ) =>
        await new ClaimTouchpoint(world.Rows, world.Clock).RunAsync(
            partition,
            partition.Touchpoints().Single(),
            address,
            "a1",
            FrequencyCap.Default,
            Morning,
            null,
            seen
        );

    [Fact]
    public async Task A_message_is_sent_with_one_look_at_the_customer_and_one_at_the_address()
    {
        var (world, _, _) = await DueAsync();
        world.Store.ResetWork();

        await world.Queue.DeliverDueAsync(world.Product.Handler);

        world.Provider.Accepted.Count.ShouldBe(1);
        var (customers, addresses) = (world.Store.WorkOn(StoreTable.Customers), world.Store.WorkOn(StoreTable.Addresses));
        (customers.Reads, customers.Commits, customers.Conflicts).ShouldBe((1, 2, 0));
        (addresses.Reads, addresses.Commits, addresses.Conflicts).ShouldBe((1, 1, 0));
    }

    [Theory]
    [InlineData(MessagePurpose.Promotion)]
    [InlineData(MessagePurpose.Service)]
    public async Task An_address_that_was_suppressed_after_the_gates_saw_it_gets_nothing(MessagePurpose purpose)
    {
        var (world, _, address) = await DueAsync(purpose);
        var seen = await new Suppress(world.Rows).SeeAsync(address);
        await new Suppress(world.Rows).RunAsync(address, new Suppression(SuppressionReason.HardBounce, Morning, "x"));

        (await ClaimAsync(world, await world.PartitionAsync("c1"), address, seen)).ShouldBeOfType<ClaimResult.Denied>();
    }

    [Fact]
    public async Task A_slot_that_was_taken_after_the_gates_saw_the_address_stays_taken()
    {
        var (world, _, address) = await DueAsync();
        var addresses = new Suppress(world.Rows);
        var seen = await addresses.SeeAsync(address);
        await addresses.TakeSlotAsync(address, "another", Morning, FrequencyCap.Default);

        (await ClaimAsync(world, await world.PartitionAsync("c1"), address, seen)).ShouldBeOfType<ClaimResult.Claimed>();

        (await addresses.ReadAsync(address)).Slots.Taken.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Evidence_that_came_before_the_providers_answer_is_kept_when_the_answer_is_written()
    {
        var (world, touch, address) = await DueAsync();
        var held = await world.PartitionAsync("c1");
        var claimed = (await ClaimAsync(world, held, address, await new Suppress(world.Rows).SeeAsync(address)))
            .ShouldBeOfType<ClaimResult.Claimed>()
            .Touch;
        var delivered = new DeliveryEvent(touch.Reference, "a1", DeliveryEventKind.Delivered, null, Morning.AddSeconds(2), null);
        await world.Product.RecordDeliveryEvents.RunAsync([delivered]);

        await new SettleTouchpoint(world.Rows).RunAsync(claimed, new SendResult.Accepted("m1"), Morning.AddSeconds(3), held);

        var settled = (await world.TouchesAsync("c1")).Single();
        (settled.State, settled.DeliveredAt, settled.ProviderMessageId).ShouldBe((TouchpointState.Sent, Morning.AddSeconds(2), "m1"));
    }

    [Fact]
    public async Task The_outcome_of_somebody_erased_meanwhile_is_written_without_what_tells_of_the_person()
    {
        var (world, _, address) = await DueAsync();
        var held = await world.PartitionAsync("c1");
        var claimed = (await ClaimAsync(world, held, address, await new Suppress(world.Rows).SeeAsync(address)))
            .ShouldBeOfType<ClaimResult.Claimed>()
            .Touch;
        await world.Product.EraseCustomer.RunAsync(new("c1", null, false, "ops", "asked for it", false));

        await new SettleTouchpoint(world.Rows).RunAsync(claimed, new SendResult.Accepted("m1"), Morning.AddSeconds(3), held);

        var settled = (await world.TouchesAsync("c1")).Single();
        (settled.State, settled.Occasion, settled.ProviderMessageId).ShouldBe((TouchpointState.Sent, "erased", null));
    }
}
