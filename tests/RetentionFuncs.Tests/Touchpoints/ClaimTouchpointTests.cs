using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Touchpoints;

public sealed class ClaimTouchpointTests
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);

    /// <summary>One planned touch, and whatever a claim of it meets.</summary>
    private sealed class Desk
    {
        public required TripWorld World { get; init; }

        public required BentStore Store { get; init; }

        public required CustomerPartition Partition { get; init; }

        public required Touchpoint Touch { get; init; }

        public AddressKey Address => World.Secret.AddressKeyOf(Partition.ContactBy(Touch.Contact)!, Channel.Email)!.Value;

        public static async Task<Desk> SetAsync(Func<Touchpoint, Touchpoint>? change = null)
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
            touch = touch with { Reason = "waited", LogLooks = 2, NotFoundAt = Morning };
            partition.PutTouchpoint(change?.Invoke(touch) ?? touch);
            await partition.CommitAsync();
            partition = await world.PartitionAsync("c1");
            store.Commits.Clear();
            return new Desk
            {
                World = world,
                Store = store,
                Partition = partition,
                Touch = partition.Touchpoints().Single(),
            };
        }

        public async Task<ClaimResult> ClaimAsync(string attempt = "a1", string? topic = null) =>
            await new ClaimTouchpoint(Store, World.Clock).RunAsync(
                Partition,
                Touch,
                Address,
                attempt,
                FrequencyCap.Default,
                Morning,
                topic
            );

        public async Task<Touchpoint> NowAsync() => (await World.TouchesAsync("c1")).Single();

        /// <summary>Slots held by the customer and by the address.</summary>
        public async Task<(int Customer, int Address)> SlotsAsync() =>
            (
                CustomerGate.Of(await World.PartitionAsync("c1")).Slots.Taken.Count,
                (await new Suppress(Store).ReadAsync(Address)).Slots.Taken.Count
            );
    }

    [Fact]
    public async Task A_claim_takes_the_touch_and_a_slot_of_the_customer_and_of_the_address()
    {
        var desk = await Desk.SetAsync();

        var claimed = (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.Claimed>().Touch;

        claimed.ShouldBe(
            desk.Touch with
            {
                State = TouchpointState.Sending,
                AttemptId = "a1",
                Attempts = 1,
                Address = desk.Address,
                ClaimedAt = Morning,
                LogLooks = 0,
                NotFoundAt = null,
                Reason = null,
            }
        );
        (await desk.NowAsync()).ShouldBe(claimed);
        (await desk.SlotsAsync()).ShouldBe((1, 1));
        (await new Suppress(desk.Store).ReadAsync(desk.Address)).Slots.Holds(claimed.Id.Value, "a1").ShouldBeTrue();
    }

    [Fact]
    public async Task A_service_message_takes_no_slot_and_passes_a_full_cap_and_an_unsubscription()
    {
        var desk = await Desk.SetAsync(t => t with { Purpose = MessagePurpose.Service });
        await FillAsync(desk);
        await new Suppress(desk.Store).RunAsync(desk.Address, new Suppression(SuppressionReason.Unsubscribed, Morning, "x"));

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.Claimed>();

        (await desk.SlotsAsync()).ShouldBe((0, 2));
    }

    [Fact]
    public async Task A_suppressed_address_ends_the_touch_as_skipped_and_gives_the_customers_slot_back()
    {
        var desk = await Desk.SetAsync();
        await new Suppress(desk.Store).RunAsync(desk.Address, new Suppression(SuppressionReason.Unsubscribed, Morning, "x"));

        var denied = (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.Denied>().Touch;

        (denied.State, denied.Reason, denied.SettledAt).ShouldBe((TouchpointState.Skipped, nameof(GateReason.Unsubscribed), Morning));
        (await desk.NowAsync()).ShouldBe(denied);
        (await desk.SlotsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task An_address_that_others_have_filled_denies_and_one_slot_short_of_it_does_not()
    {
        var desk = await Desk.SetAsync();
        await FillAsync(desk);
        var denied = (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.Denied>().Touch;
        denied.Reason.ShouldBe(nameof(GateReason.AddressCapped));

        var other = await Desk.SetAsync();
        await FillAsync(other, FrequencyCap.Default.Messages - 1);
        (await other.ClaimAsync()).ShouldBeOfType<ClaimResult.Claimed>();
    }

    [Fact]
    public async Task A_customers_row_that_somebody_took_first_is_not_ours_and_the_address_is_not_asked()
    {
        var desk = await Desk.SetAsync();
        desk.Store.Bends = (table, _) => table == StoreTable.Customers ? Bend.Conflict : Bend.None;

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.NotOurs>().Why.ShouldContain("customer");

        desk.Store.Commits.ContainsKey(StoreTable.Addresses).ShouldBeFalse();
        (await desk.NowAsync()).State.ShouldBe(TouchpointState.Planned);
    }

    [Theory]
    [InlineData(Bend.AppliedUnheard, true)]
    [InlineData(Bend.LostUnheard, false)]
    internal async Task A_customers_answer_that_was_lost_is_settled_by_reading_back(Bend bend, bool claimed)
    {
        var desk = await Desk.SetAsync();
        desk.Store.Bends = (table, number) => table == StoreTable.Customers && number == 1 ? bend : Bend.None;

        var result = await desk.ClaimAsync();

        (result is ClaimResult.Claimed).ShouldBe(claimed);
        (await desk.NowAsync()).State.ShouldBe(claimed ? TouchpointState.Sending : TouchpointState.Planned);
    }

    [Fact]
    public async Task A_lost_answer_about_a_row_that_another_attempt_has_is_not_ours()
    {
        var desk = await Desk.SetAsync();
        desk.Store.Bends = (table, number) => table == StoreTable.Customers && number == 2 ? Bend.LostUnheard : Bend.None;
        (await desk.ClaimAsync("other")).ShouldBeOfType<ClaimResult.Claimed>();

        (await desk.ClaimAsync("mine")).ShouldBeOfType<ClaimResult.NotOurs>();

        (await desk.NowAsync()).AttemptId.ShouldBe("other");
    }

    [Theory]
    [InlineData(Bend.AppliedUnheard)]
    [InlineData(Bend.LostUnheard)]
    [InlineData(Bend.Conflict)]
    [InlineData(Bend.Away)]
    internal async Task An_addresss_answer_is_asked_for_again_up_to_six_times_and_the_slot_is_one(Bend bend)
    {
        var desk = await Desk.SetAsync();
        desk.Store.Bends = (table, number) => table == StoreTable.Addresses && number < 6 ? bend : Bend.None;

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.Claimed>();

        (await desk.SlotsAsync()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task An_address_that_never_answers_lets_the_touch_go_back_to_planned_with_the_slot_given_back()
    {
        var desk = await Desk.SetAsync();
        desk.Store.Bends = (table, number) => table == StoreTable.Addresses && number <= 6 ? Bend.LostUnheard : Bend.None;

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.NotOurs>().Why.ShouldBe("AddressUnanswered");

        var touch = await desk.NowAsync();
        (touch.State, touch.Reason).ShouldBe((TouchpointState.Planned, "AddressUnanswered"));
        (await desk.SlotsAsync()).ShouldBe((0, 0));
        desk.Store.Commits[StoreTable.Addresses].ShouldBe(6);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(59_999, true)]
    [InlineData(60_000, false)]
    [InlineData(-1, false)]
    public async Task A_process_that_stood_still_for_a_minute_or_whose_clock_went_back_asks_again(int milliseconds, bool claimed)
    {
        var desk = await Desk.SetAsync();
        desk.Store.Before = table => desk.World.Clock.Now = table == StoreTable.Addresses ? Morning.AddMilliseconds(milliseconds) : Morning;

        var result = await desk.ClaimAsync();

        if (claimed)
        {
            result.ShouldBeOfType<ClaimResult.Claimed>();
            return;
        }

        result.ShouldBeOfType<ClaimResult.NotOurs>().Why.ShouldBe("StoodStill");
        (await desk.NowAsync()).State.ShouldBe(TouchpointState.Planned);
        (await desk.SlotsAsync()).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task What_expires_while_it_is_claimed_is_not_called(int ticks, bool claimed)
    {
        var desk = await Desk.SetAsync(t => t with { ExpiresAt = Morning.AddSeconds(1).AddTicks(ticks) });
        desk.Store.Before = table => desk.World.Clock.Now = table == StoreTable.Addresses ? Morning.AddSeconds(1) : desk.World.Clock.Now;

        ((await desk.ClaimAsync()) is ClaimResult.Claimed).ShouldBe(claimed);
    }

    [Theory]
    [InlineData(Bend.Away)]
    [InlineData(Bend.Conflict)]
    internal async Task A_no_that_the_customers_row_does_not_take_leaves_the_touch_sending_for_the_reaper(Bend bend)
    {
        var desk = await Desk.SetAsync();
        await new Suppress(desk.Store).RunAsync(desk.Address, new Suppression(SuppressionReason.Complaint, Morning, "x"));
        desk.Store.Bends = (table, number) => table == StoreTable.Customers && number > 1 ? bend : Bend.None;

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.NotOurs>().Why.ShouldContain("said no");

        (await desk.NowAsync()).State.ShouldBe(TouchpointState.Sending);
    }

    [Fact]
    public async Task A_no_meets_a_row_that_was_changed_meanwhile_and_is_written_all_the_same()
    {
        var desk = await Desk.SetAsync();
        await new Suppress(desk.Store).RunAsync(desk.Address, new Suppression(SuppressionReason.Complaint, Morning, "x"));
        desk.Store.Bends = (table, number) => table == StoreTable.Customers && number is 2 or 3 ? Bend.Conflict : Bend.None;

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.Denied>();

        (await desk.NowAsync()).State.ShouldBe(TouchpointState.Skipped);
        (await desk.SlotsAsync()).ShouldBe((0, 0));
    }

    /// <summary>The reaper called it unknown, and evidence may come: the late no of this attempt must not undo that.</summary>
    [Theory]
    [InlineData(TouchpointState.Unknown, "a1")]
    [InlineData(TouchpointState.Sending, "a2")]
    public async Task A_late_no_does_not_touch_what_somebody_else_made_of_the_row(TouchpointState state, string attempt)
    {
        var desk = await Desk.SetAsync();
        await new Suppress(desk.Store).RunAsync(desk.Address, new Suppression(SuppressionReason.Complaint, Morning, "x"));
        var others = 0;
        desk.Store.Bends = (table, number) =>
        {
            if (table == StoreTable.Customers && number == 2 && others++ == 0)
            {
                var partition = desk.World.PartitionAsync("c1").GetAwaiter().GetResult();
                partition.PutTouchpoint(partition.Touchpoints().Single() with { State = state, AttemptId = attempt });
                partition.CommitAsync().AsTask().GetAwaiter().GetResult();
            }

            return Bend.None;
        };

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.NotOurs>();

        var touch = await desk.NowAsync();
        (touch.State, touch.AttemptId).ShouldBe((state, attempt));
    }

    [Fact]
    public async Task A_consent_refused_between_the_look_and_the_claim_makes_the_claim_fail()
    {
        var desk = await Desk.SetAsync();
        var no = new Consent(ConsentState.Denied, ConsentBasis.Express, "phone", Morning, Morning);
        await desk.World.CustomerAsync("c1", c => c with { EmailConsent = no });

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.NotOurs>();

        (await desk.NowAsync()).State.ShouldBe(TouchpointState.Planned);
    }

    [Fact]
    public async Task A_profiling_refused_between_the_look_and_the_claim_makes_the_claim_fail()
    {
        var desk = await Desk.SetAsync();
        await desk.World.CustomerAsync("c1", c => c with { DoNotProfile = true });

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.NotOurs>();
    }

    /// <summary>Each alone: news of a customer writes both rows, but a page, an erasure or a joining writes one.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_profile_or_a_contact_that_alone_was_changed_since_the_look_makes_the_claim_fail(bool profile)
    {
        var desk = await Desk.SetAsync();
        var other = await desk.World.PartitionAsync("c1");
        if (profile)
        {
            other.PutProfile(other.Profile()! with { DoNotProfile = true });
        }
        else
        {
            other.PutContact(other.Contacts().Single() with { Locale = "zh-CN" }, null);
        }

        (await other.CommitAsync()).ShouldBeOfType<CommitResult.Applied>();

        (await desk.ClaimAsync()).ShouldBeOfType<ClaimResult.NotOurs>();

        (await desk.NowAsync()).State.ShouldBe(TouchpointState.Planned);
    }

    [Theory]
    [InlineData(MessagePurpose.Promotion, "news", false)]
    [InlineData(MessagePurpose.Care, "news", false)]
    [InlineData(MessagePurpose.Care, "care", true)]
    [InlineData(MessagePurpose.Care, null, true)]
    [InlineData(MessagePurpose.Service, "news", true)]
    public async Task A_refused_topic_denies_what_is_about_it_and_never_a_service_message(
        MessagePurpose purpose,
        string? topic,
        bool claimed
    )
    {
        var desk = await Desk.SetAsync(t => t with { Purpose = purpose });
        await new Suppress(desk.Store).RefuseTopicsAsync(desk.Address, ["news"], Morning);

        var result = await desk.ClaimAsync(topic: topic);

        (result is ClaimResult.Claimed).ShouldBe(claimed);
        ((result as ClaimResult.Denied)?.Touch.Reason).ShouldBe(claimed ? null : nameof(GateReason.TopicRefused));
    }

    private static async Task FillAsync(Desk desk, int? slots = null)
    {
        for (var i = 0; i < (slots ?? FrequencyCap.Default.Messages); i++)
        {
            await new Suppress(desk.Store).TakeSlotAsync(desk.Address, $"other{i}", Morning.AddDays(-1), FrequencyCap.Default);
        }
    }
}
