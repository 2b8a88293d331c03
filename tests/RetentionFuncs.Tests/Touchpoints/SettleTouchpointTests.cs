using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Touchpoints;

public sealed class SettleTouchpointTests
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
    private static readonly DateTimeOffset Later = Morning.AddSeconds(7);

    private static readonly SendResult[] Results =
    [
        new SendResult.Accepted("m1"),
        new SendResult.Refused("400"),
        new SendResult.Unknown("500"),
        new SendResult.ProvenNotSent(Morning.AddHours(1), "429"),
        new SendResult.SystemicRefusal("401"),
    ];

    private static async Task<(TripWorld World, BentStore Store, Touchpoint Claimed)> ClaimedAsync()
    {
        var store = new BentStore(SimRowStore.Quiet());
        var world = new TripWorld(store: store);
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickAsync("2026-06-28");
        world.Clock.Now = Morning;
        await world.Product.ReviewDue.RunAsync();
        var partition = await world.PartitionAsync("c1");
        var touch = partition.Touchpoints().Single();
        var address = world.Secret.AddressKeyOf(partition.ContactBy(touch.Contact)!, Channel.Email)!.Value;
        var claim = await new ClaimTouchpoint(store, world.Clock).RunAsync(partition, touch, address, "a1", FrequencyCap.Default, Morning);
        store.Commits.Clear();
        return (world, store, claim.ShouldBeOfType<ClaimResult.Claimed>().Touch);
    }

    /// <summary>Every state under every answer: only to the right, but for the two proofs that nothing was sent.</summary>
    [Fact]
    public async Task An_answer_moves_a_touch_to_the_right_or_not_at_all()
    {
        var (_, _, claimed) = await ClaimedAsync();
        foreach (var state in Enum.GetValues<TouchpointState>())
        {
            foreach (var result in Results)
            {
                var touch = claimed with { State = state, Reason = "before" };
                var expected = (state, result) switch
                {
                    (TouchpointState.Sending or TouchpointState.Unknown, SendResult.Accepted) => touch with
                    {
                        State = TouchpointState.Sent,
                        SettledAt = Later,
                        ProviderMessageId = "m1",
                        Reason = null,
                    },
                    (TouchpointState.Sent, SendResult.Accepted) => touch with { ProviderMessageId = "m1" },
                    (TouchpointState.Sending or TouchpointState.Unknown, SendResult.Refused) => touch with
                    {
                        State = TouchpointState.Refused,
                        SettledAt = Later,
                        Reason = "400",
                    },
                    (TouchpointState.Sending, SendResult.Unknown) => touch with { State = TouchpointState.Unknown, Reason = "500" },
                    (TouchpointState.Sending, SendResult.ProvenNotSent) => touch with
                    {
                        State = TouchpointState.Planned,
                        DueAt = Morning.AddHours(1),
                        Reason = "429",
                    },
                    (TouchpointState.Sending, SendResult.SystemicRefusal) => touch with { State = TouchpointState.Planned, Reason = "401" },
                    _ => touch,
                };
                SettleTouchpoint.Merge(touch, result, Later).ShouldBe(expected, $"{state} {result}");
            }
        }
    }

    [Fact]
    public async Task A_known_message_id_stays_and_an_earlier_retry_does_not_hurry()
    {
        var (_, _, claimed) = await ClaimedAsync();
        var sent = claimed with { State = TouchpointState.Sent, ProviderMessageId = "m0" };
        SettleTouchpoint.Merge(sent, new SendResult.Accepted("m1"), Later).ProviderMessageId.ShouldBe("m0");

        var soon = new SendResult.ProvenNotSent(claimed.DueAt.AddHours(-1), "429");
        SettleTouchpoint.Merge(claimed, soon, Later).DueAt.ShouldBe(claimed.DueAt);
    }

    [Fact]
    public async Task What_was_accepted_keeps_its_slots_and_its_place_in_the_open_work()
    {
        var (world, store, claimed) = await ClaimedAsync();

        var settled = await new SettleTouchpoint(store).RunAsync(claimed, Results[0], Later);

        settled!.State.ShouldBe(TouchpointState.Sent);
        (await world.TouchesAsync("c1")).Single().ShouldBe(settled);
        (await SlotsAsync(world, claimed)).ShouldBe((1, 1));
        store.Commits.GetValueOrDefault(StoreTable.OpenWork).ShouldBe(0);
        store.Commits.GetValueOrDefault(StoreTable.Addresses).ShouldBe(0);
    }

    [Theory]
    [InlineData(1, TouchpointState.Refused, 1)]
    [InlineData(3, TouchpointState.Planned, 0)]
    [InlineData(4, TouchpointState.Planned, 0)]
    public async Task What_was_proven_not_sent_gives_both_slots_back_and_what_was_refused_leaves_the_open_work(
        int result,
        TouchpointState state,
        int removed
    )
    {
        var (world, store, claimed) = await ClaimedAsync();

        (await new SettleTouchpoint(store).RunAsync(claimed, Results[result], Later))!.State.ShouldBe(state);

        (await SlotsAsync(world, claimed)).ShouldBe((0, 0));
        store.Commits.GetValueOrDefault(StoreTable.OpenWork).ShouldBe(removed);
    }

    [Fact]
    public async Task An_unknown_outcome_keeps_its_slots()
    {
        var (world, store, claimed) = await ClaimedAsync();
        await new SettleTouchpoint(store).RunAsync(claimed, Results[2], Later);
        (await SlotsAsync(world, claimed)).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task A_store_that_does_not_take_it_is_asked_five_times(int failures, bool settled)
    {
        foreach (var bend in new[] { Bend.Conflict, Bend.Away, Bend.LostUnheard })
        {
            var (world, store, claimed) = await ClaimedAsync();
            store.Bends = (table, number) => table == StoreTable.Customers && number <= failures ? bend : Bend.None;

            var after = await new SettleTouchpoint(store).RunAsync(claimed, Results[0], Later);

            (after is not null).ShouldBe(settled);
            (await world.TouchesAsync("c1")).Single().State.ShouldBe(settled ? TouchpointState.Sent : TouchpointState.Sending);
            store.Commits[StoreTable.Customers].ShouldBe(5);
        }
    }

    [Fact]
    public async Task An_answer_whose_writing_was_applied_unheard_is_settled_at_the_next_look()
    {
        var (_, store, claimed) = await ClaimedAsync();
        store.Bends = (_, number) => number == 1 ? Bend.AppliedUnheard : Bend.None;

        (await new SettleTouchpoint(store).RunAsync(claimed, Results[0], Later))!.State.ShouldBe(TouchpointState.Sent);

        store.Commits[StoreTable.Customers].ShouldBe(1);
    }

    [Fact]
    public async Task The_answer_to_an_attempt_that_is_not_the_newest_changes_nothing()
    {
        var (world, store, claimed) = await ClaimedAsync();

        (await new SettleTouchpoint(store).RunAsync(claimed with { AttemptId = "a0" }, Results[0], Later)).ShouldBeNull();
        (
            await new SettleTouchpoint(store).RunAsync(claimed with { Id = new TouchId(new string('z', 26)) }, Results[0], Later)
        ).ShouldBeNull();

        (await world.TouchesAsync("c1")).Single().ShouldBe(claimed);
        store.Commits.ShouldBeEmpty();
    }

    private static async Task<(int Customer, int Address)> SlotsAsync(TripWorld world, Touchpoint touch) =>
        (
            CustomerGate.Of(await world.PartitionAsync("c1")).Slots.Taken.Count,
            (await new Suppress(world.Rows).ReadAsync(touch.Address!.Value)).Slots.Taken.Count
        );
}
