using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Tests.Touchpoints;
using static RetentionFuncs.Campaigns.MessagePurpose;
using static RetentionFuncs.ContactPolicy.SuppressionReason;

namespace RetentionFuncs.Tests.ContactPolicy;

public sealed class AddressStandingTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-02T12:00:00Z", null);
    private static readonly AddressKey Address = new(new string('a', 26));

    private static Suppression Of(SuppressionReason reason, int day = 0) => new(reason, Noon.AddDays(day), $"s{day}");

    private static Task<BentStore> StoreAsync() => Task.FromResult(new BentStore(SimRowStore.Quiet()));

    [Theory]
    [InlineData(NoOffers, true, false, false)]
    [InlineData(Unsubscribed, true, true, false)]
    [InlineData(Manual, true, true, false)]
    [InlineData(Complaint, true, true, false)]
    [InlineData(HardBounce, true, true, true)]
    public void What_a_suppression_blocks(SuppressionReason reason, bool promotion, bool care, bool service) =>
        (Of(reason).Blocks(Promotion), Of(reason).Blocks(Care), Of(reason).Blocks(Service)).ShouldBe((promotion, care, service));

    [Fact]
    public void The_stronger_reason_stays_and_of_two_alike_the_earlier()
    {
        foreach (var known in Enum.GetValues<SuppressionReason>())
        {
            Suppression.Stronger(null, Of(known)).ShouldBe(Of(known));
            foreach (var news in Enum.GetValues<SuppressionReason>())
            {
                Suppression.Stronger(Of(known), Of(news, 1)).ShouldBe(news > known ? Of(news, 1) : Of(known));
            }
        }
    }

    [Fact]
    public void An_objection_is_the_suppression_before_the_break_and_says_since_when()
    {
        var standing = AddressStanding.Unknown;
        standing.Objection(Promotion, Noon).ShouldBeNull();

        var paused = standing with { Pause = new Pause(Noon.AddDays(-1), Noon.AddTicks(1)) };
        paused.Objection(Care, Noon).ShouldBe((null, Noon.AddDays(-1)));
        paused.Objection(Service, Noon).ShouldBeNull();
        paused.Objection(Care, Noon.AddTicks(1)).ShouldBeNull();

        (paused with { Suppression = Of(NoOffers) }).Objection(Care, Noon)!.Value.Reason.ShouldBeNull();
        (paused with { Suppression = Of(NoOffers) }).Objection(Promotion, Noon).ShouldBe((NoOffers, Noon));
    }

    [Fact]
    public void Everything_about_an_address_reads_back()
    {
        AddressStanding.Read(null).ShouldBe(AddressStanding.Unknown);
        AddressStanding.Read(AddressStanding.Unknown.ToBag()).Slots.Taken.ShouldBeEmpty();
        var slots = CapSlots.None.Take("t", "1", Noon, FrequencyCap.Default);
        var whole = new AddressStanding(new PersonKey("p"), Of(Manual), slots) { Pause = new Pause(Noon, Noon.AddDays(30)) };

        var read = AddressStanding.Read(whole.ToBag());

        (read.Person, read.Suppression, read.Pause).ShouldBe((whole.Person, whole.Suppression, whole.Pause));
        read.Slots.Taken.ShouldBe(slots.Taken);
    }

    [Fact]
    public async Task A_suppression_that_is_there_is_not_written_again_and_a_break_never_gets_shorter()
    {
        var store = await StoreAsync();
        var suppress = new Suppress(store);
        await suppress.RunAsync(Address, Of(Complaint));
        await suppress.RunAsync(Address, Of(Unsubscribed, 1));
        store.Commits.Values.Sum().ShouldBe(1);

        await suppress.PauseAsync(Address, new Pause(Noon, Noon.AddDays(30)));
        await suppress.PauseAsync(Address, new Pause(Noon.AddDays(1), Noon.AddDays(30)));
        await suppress.PauseAsync(Address, new Pause(Noon.AddDays(1), Noon.AddDays(29)));
        (await suppress.ReadAsync(Address)).Pause.ShouldBe(new Pause(Noon, Noon.AddDays(30)));
        await suppress.PauseAsync(Address, new Pause(Noon.AddDays(1), Noon.AddDays(31)));

        var standing = await suppress.ReadAsync(Address);
        (standing.Pause!.Until, standing.Suppression).ShouldBe((Noon.AddDays(31), Of(Complaint)));
    }

    [Fact]
    public async Task The_first_person_seen_stays_and_a_slot_is_taken_and_given_back_by_its_attempt()
    {
        var suppress = new Suppress(await StoreAsync());
        (await suppress.PersonAsync(Address, new PersonKey("one"))).Value.ShouldBe("one");
        (await suppress.PersonAsync(Address, new PersonKey("two"))).Value.ShouldBe("one");

        var taken = await suppress.TakeSlotAsync(Address, "t", Noon, FrequencyCap.Default);
        taken.Slots.Taken.Single().ShouldBe(new CapSlot("t", Noon, CapSlot.Control));
        (await suppress.FreeSlotAsync(Address, "t", "1")).Slots.Taken.Count.ShouldBe(1);
        (await suppress.FreeSlotAsync(Address, "u", CapSlot.Control)).Slots.Taken.Count.ShouldBe(1);
        (await suppress.FreeSlotAsync(Address, "t", CapSlot.Control)).Slots.Taken.ShouldBeEmpty();
    }

    [Fact]
    public void A_gate_row_reads_back_and_slots_leave_after_exactly_their_window()
    {
        var cap = new FrequencyCap(1, 7);
        var slots = CapSlots.None.Take("t", "1", Noon, cap);
        slots.CountingAt(Noon.AddDays(7).AddTicks(-1), cap, "x").Count().ShouldBe(1);
        slots.CountingAt(Noon.AddDays(7), cap, "x").ShouldBeEmpty();
        slots.Take("u", "1", Noon.AddDays(7), cap).Taken.Single().Touch.ShouldBe("u");
        slots.Free("t", "2").ShouldBeSameAs(slots);
    }

    [Fact]
    public async Task A_customers_gate_reads_back_with_its_slots_and_its_complaint()
    {
        var partition = await CustomerPartition.LoadAsync(SimRowStore.Quiet(), new CustomerKey("c"));
        CustomerGate.Of(partition).ShouldBe(new CustomerGate(CapSlots.None, null));

        var slots = CapSlots.None.Take("t", "1", Noon, FrequencyCap.Default);
        new CustomerGate(slots, Noon.AddDays(-1)).PutTo(partition);
        var gate = CustomerGate.Of(partition);
        (gate.ComplaintSince, gate.Slots.Taken.Single()).ShouldBe((Noon.AddDays(-1), new CapSlot("t", Noon, "1")));

        new CustomerGate(CapSlots.None, null).PutTo(partition);
        partition.Find(CustomerPartition.GateRow)!.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void An_address_of_which_nothing_is_known_has_nothing_in_its_row()
    {
        AddressStanding.Unknown.ToBag().Entries.ShouldBeEmpty();
        var waits = AddressStanding.Unknown with { Pending = new PendingRequest("id", Noon) };
        AddressStanding.Read(waits.ToBag()).Pending.ShouldBe(waits.Pending);
    }

    /// <summary>The day of the refusal is the newest refusal's: only a wish after all of them takes them back.</summary>
    [Fact]
    public void A_topic_more_is_kept_beside_those_refused_before_and_renews_the_day()
    {
        var standing = AddressStanding.Unknown.Refusing(["news"], Noon).Refusing(["care", "news"], Noon.AddDays(1));
        (standing.RefusedTopics, standing.TopicsRefusedAt).ShouldBe(("care news", Noon.AddDays(1)));
        standing.Refusing(["sale"], Noon.AddDays(2)).RefusedTopics.ShouldBe("care news sale");
    }

    [Theory]
    [InlineData(NoOffers, -1, true)]
    [InlineData(NoOffers, 0, true)]
    [InlineData(NoOffers, 1, false)]
    [InlineData(Unsubscribed, -1, true)]
    [InlineData(Unsubscribed, 0, true)]
    [InlineData(Unsubscribed, 1, false)]
    [InlineData(Manual, -1, false)]
    [InlineData(Complaint, -1, false)]
    [InlineData(HardBounce, -1, false)]
    public void A_wish_takes_back_what_is_not_younger_and_only_what_the_person_did(SuppressionReason reason, int ticks, bool lifted)
    {
        var at = Noon.AddTicks(ticks);
        var standing = AddressStanding.Unknown with { Suppression = new Suppression(reason, at, "x") };
        (standing.LiftedBy(Noon).Suppression is null).ShouldBe(lifted);
        standing.MayComeBack.ShouldBe(reason <= Unsubscribed);

        var other = (standing with { Pause = new Pause(at, Noon.AddDays(30)) }).Refusing(["news"], at).LiftedBy(Noon);
        (other.Pause is null, other.RefusedTopics is null, other.TopicsRefusedAt is null).ShouldBe((ticks <= 0, ticks <= 0, ticks <= 0));
        AddressStanding.Unknown.MayComeBack.ShouldBeTrue();
    }
}
