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
}
