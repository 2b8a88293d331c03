using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Touchpoints;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.ContactPolicy.Confirmations;

/// <summary>What a press of the button meets, to the tick.</summary>
public sealed class ConfirmConsentTests
{
    /// <summary>Somebody was asked, the mail is sent, and it is an hour later.</summary>
    private static async Task<(SignUps Shop, TouchRef Link, DateTimeOffset Asked)> AskedAsync()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        shop.World.Clock.Now += TimeSpan.FromHours(1);
        return (shop, shop.Link(), (await shop.ContactAsync("ada")).Request!.RequestedAt);
    }

    private static async Task<ConfirmAnswer> PressAsync(SignUps shop, TouchRef link) =>
        await shop.World.Product.ConfirmConsent.RunAsync(link, "203.0.113.7", shop.World.Clock.Now);

    private static async Task ChangeAsync(SignUps shop, Action<CustomerPartition> change)
    {
        var partition = await shop.World.PartitionAsync("ada");
        change(partition);
        (await partition.CommitAsync()).ShouldBeOfType<CommitResult.Applied>();
    }

    private static async Task<AddressKey> AddressAsync(SignUps shop) =>
        shop.World.Secret.AddressKeyOf((await shop.ContactAsync("ada")).Email!);

    private static async Task<IReadOnlyList<ConsentEntry>> EntriesAsync(SignUps shop) =>
        (await shop.World.Product.ReadConsents.RunAsync(shop.World.KeyOf("ada"))).Entries;

    [Fact]
    public async Task Only_the_mail_that_asked_confirms()
    {
        var (shop, link, _) = await AskedAsync();
        (await PressAsync(shop, link with { Touch = new TouchId(new string('a', 26)) })).ShouldBe(ConfirmAnswer.NotFound);
        (await PressAsync(shop, link with { Customer = new CustomerKey(new string('a', 26)) })).ShouldBe(ConfirmAnswer.NotFound);

        await ChangeAsync(shop, p => p.PutTouchpoint(p.Touchpoints().Single() with { Occasion = "another" }));
        (await PressAsync(shop, link)).ShouldBe(ConfirmAnswer.NotFound);
        await ChangeAsync(shop, p => p.PutContact(p.Contacts().Single() with { Request = null }, null));
        (await PressAsync(shop, link)).ShouldBe(ConfirmAnswer.NotFound);
        await ChangeAsync(shop, p => p.Delete(CustomerPartition.ContactPrefix + p.Contacts().Single().Key.Value));
        (await PressAsync(shop, link)).ShouldBe(ConfirmAnswer.NotFound);
    }

    /// <summary>The address changed before the mail went and was changed back since: whoever pressed is not who asked.</summary>
    [Fact]
    public async Task A_mail_that_went_elsewhere_does_not_confirm_for_the_address_that_asked()
    {
        var (shop, link, _) = await AskedAsync();
        await ChangeAsync(shop, p => p.PutTouchpoint(p.Touchpoints().Single() with { Address = new AddressKey(new string('x', 26)) }));

        (await PressAsync(shop, link)).ShouldBe(ConfirmAnswer.AddressChanged);

        (await shop.ContactAsync("ada")).EmailConsent.ShouldBeNull();
    }

    [Theory]
    [InlineData(-1, ConfirmAnswer.Confirmed)]
    [InlineData(0, ConfirmAnswer.Confirmed)]
    [InlineData(1, ConfirmAnswer.Withdrawn)]
    public async Task A_no_counts_against_the_wish_only_when_it_is_younger(int ticks, ConfirmAnswer answer)
    {
        var (shop, link, asked) = await AskedAsync();
        var no = new Consent(ConsentState.Denied, ConsentBasis.Express, "till", asked.AddTicks(ticks), asked.AddTicks(ticks));
        await ChangeAsync(shop, p => p.PutContact(p.Contacts().Single() with { EmailConsent = no }, null));

        (await PressAsync(shop, link)).ShouldBe(answer);

        (await shop.ContactAsync("ada")).EmailConsent!.State.ShouldBe(
            answer == ConfirmAnswer.Confirmed ? ConsentState.Granted : ConsentState.Denied
        );
    }

    [Fact]
    public async Task A_yes_given_after_asking_does_not_stand_in_the_way()
    {
        var (shop, link, asked) = await AskedAsync();
        var yes = new Consent(ConsentState.Granted, ConsentBasis.SoftOptIn, "till", asked.AddMinutes(1), asked.AddMinutes(1));
        await ChangeAsync(shop, p => p.PutContact(p.Contacts().Single() with { EmailConsent = yes }, null));
        (await PressAsync(shop, link)).ShouldBe(ConfirmAnswer.Confirmed);
    }

    [Theory]
    [InlineData(SuppressionReason.Unsubscribed, 0, ConfirmAnswer.Confirmed)]
    [InlineData(SuppressionReason.Unsubscribed, 1, ConfirmAnswer.Withdrawn)]
    [InlineData(SuppressionReason.NoOffers, 1, ConfirmAnswer.Withdrawn)]
    [InlineData(SuppressionReason.Manual, -1, ConfirmAnswer.Withdrawn)]
    [InlineData(SuppressionReason.Complaint, -1, ConfirmAnswer.Withdrawn)]
    [InlineData(SuppressionReason.HardBounce, -1, ConfirmAnswer.Withdrawn)]
    public async Task A_suppression_counts_against_the_wish_when_it_is_younger_or_not_the_persons_to_lift(
        SuppressionReason reason,
        int ticks,
        ConfirmAnswer answer
    )
    {
        var (shop, link, asked) = await AskedAsync();
        await new Suppress(shop.World.Rows).RunAsync(await AddressAsync(shop), new Suppression(reason, asked.AddTicks(ticks), "x"));

        (await PressAsync(shop, link)).ShouldBe(answer);

        ((await shop.StandingAsync("ada")).Suppression is null).ShouldBe(answer == ConfirmAnswer.Confirmed);
    }

    [Fact]
    public async Task A_press_that_only_lifts_a_break_says_so_and_one_that_lifts_nothing_says_nothing()
    {
        var (shop, link, asked) = await AskedAsync();
        await new Suppress(shop.World.Rows).PauseAsync(await AddressAsync(shop), new Pause(asked, asked.AddDays(30)));

        (await PressAsync(shop, link)).ShouldBe(ConfirmAnswer.Confirmed);

        (await shop.StandingAsync("ada")).Pause.ShouldBeNull();
        var entries = await EntriesAsync(shop);
        entries.Select(e => e.Act).ShouldBe([ConsentAct.Requested, ConsentAct.Answered, ConsentAct.Lifted]);
        entries[2].Detail.ShouldBe($"pause until {asked.AddDays(30).UtcDateTime:yyyy-MM-dd}");
        entries[1].Detail.ShouldBe((await shop.ContactAsync("ada")).Request!.Id);
        entries[2].From.ShouldBe(entries[1].From.ShouldNotBeNull());
    }

    [Fact]
    public async Task What_is_younger_than_the_wish_is_not_told_as_lifted_and_is_not()
    {
        var (shop, link, asked) = await AskedAsync();
        var (addresses, address) = (new Suppress(shop.World.Rows), await AddressAsync(shop));
        await addresses.PauseAsync(address, new Pause(asked.AddTicks(1), asked.AddDays(30)));
        await addresses.RefuseTopicsAsync(address, ["news"], asked.AddTicks(1));

        (await PressAsync(shop, link)).ShouldBe(ConfirmAnswer.Confirmed);

        var standing = await shop.StandingAsync("ada");
        (standing.Pause is null, standing.RefusedTopics).ShouldBe((false, "news"));
        (await EntriesAsync(shop)).ShouldNotContain(e => e.Act == ConsentAct.Lifted);
    }

    [Fact]
    public async Task A_press_cut_off_before_the_address_was_lifted_lifts_when_it_is_repeated()
    {
        var (shop, link, asked) = await AskedAsync();
        await new Suppress(shop.World.Rows).RunAsync(
            await AddressAsync(shop),
            new Suppression(SuppressionReason.Unsubscribed, asked.AddDays(-1), "x")
        );
        var away = new BentStore(shop.World.Store) { Bends = (t, _) => t == StoreTable.Addresses ? Bend.Away : Bend.None };
        var cut = new TripWorld(store: away);
        cut.Clock.Now = shop.World.Clock.Now;
        await Should.ThrowAsync<StoreUnavailableException>(async () =>
            await cut.Product.ConfirmConsent.RunAsync(link, null, cut.Clock.Now)
        );
        (await shop.ContactAsync("ada")).EmailConsent!.ConfirmedAt.ShouldNotBeNull();
        (await shop.StandingAsync("ada")).Suppression.ShouldNotBeNull();

        (await PressAsync(shop, link)).ShouldBe(ConfirmAnswer.Already);

        (await shop.StandingAsync("ada")).Suppression.ShouldBeNull();
    }

    [Fact]
    public async Task A_press_that_meets_another_writer_is_written_once_all_the_same()
    {
        var (shop, link, _) = await AskedAsync();
        var store = new BentStore(shop.World.Store) { Bends = (t, n) => t == StoreTable.Customers && n == 1 ? Bend.Conflict : Bend.None };
        var world = new TripWorld(store: store);

        (await world.Product.ConfirmConsent.RunAsync(link, null, shop.World.Clock.Now)).ShouldBe(ConfirmAnswer.Confirmed);

        (await EntriesAsync(shop)).Count(e => e.Act == ConsentAct.Answered).ShouldBe(1);
        (await shop.ContactAsync("ada")).Request!.ConfirmedAt.ShouldBe(shop.World.Clock.Now);
    }

    /// <summary>The draw of a campaign's control group is kept with the person: a press must not forget who it is.</summary>
    [Fact]
    public async Task A_press_keeps_the_person_the_contact_is_drawn_as()
    {
        var (shop, link, _) = await AskedAsync();
        var contact = await shop.ContactAsync("ada");
        var person = (await shop.World.PartitionAsync("ada")).PersonOf(contact.Key).ShouldNotBeNull();
        await PressAsync(shop, link);
        (await shop.World.PartitionAsync("ada")).PersonOf(contact.Key).ShouldBe(person);
    }
}
