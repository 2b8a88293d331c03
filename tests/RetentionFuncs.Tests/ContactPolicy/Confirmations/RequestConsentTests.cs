using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Reviews;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Touchpoints;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.ContactPolicy.Confirmations;

/// <summary>Each answer that a wish for marketing mail can get.</summary>
public sealed class RequestConsentTests
{
    private readonly TripWorld _world = new();

    private DateTimeOffset Now => _world.Clock.Now;

    private async Task<RequestAnswer> AskAsync(DateTimeOffset? at = null, string id = "w1", string customer = "ada") =>
        await _world.Product.RequestConsent.RunAsync(customer, new ConsentWish(id, "form", "v3", at ?? Now), Now);

    private async Task<Contact> ContactAsync(string customer = "ada") => (await _world.PartitionAsync(customer)).Contacts().Single();

    private async Task<AddressKey> AddressAsync() => _world.Secret.AddressKeyOf((await ContactAsync()).Email!);

    private Suppress Addresses => new(_world.Rows);

    [Fact]
    public async Task A_wish_is_noted_on_the_contact_at_the_address_in_the_history_and_in_the_work_of_the_day()
    {
        await _world.CustomerAsync("ada", n => n with { EmailConsent = null });
        var wish = new ConsentWish("w1", "form", "v3", Now.AddHours(-5));

        (await _world.Product.RequestConsent.RunAsync("ada", wish, Now)).ShouldBe(RequestAnswer.Asked);

        var (contact, address) = (await ContactAsync(), await AddressAsync());
        contact.Request.ShouldBe(new ConsentRequest(wish.RequestId, address, "form", "v3", Now.AddHours(-5), null));
        contact.EmailConsent.ShouldBeNull();
        (await Addresses.ReadAsync(address)).Pending.ShouldBe(new PendingRequest(wish.RequestId, Now));
        var entry = (await _world.Product.ReadConsents.RunAsync(_world.KeyOf("ada"))).Entries.Single();
        (entry.Act, entry.Channel, entry.Address, entry.Source, entry.Words, entry.Detail, entry.OccurredAt, entry.RecordedAt).ShouldBe(
            (ConsentAct.Requested, Channel.Email, address, "form", "v3", wish.RequestId, Now.AddHours(-5), Now)
        );
        var due = _world.Store.Everything(StoreTable.Due).Select(r => r.Row.Key);
        due.ShouldContain($"{_world.KeyOf("ada").Value}|{DueKind.Request}|{contact.Key.Value}|{wish.RequestId}");
    }

    [Fact]
    public async Task A_stranger_and_a_contact_without_an_address_are_nobody_to_ask()
    {
        (await AskAsync()).ShouldBe(RequestAnswer.NobodyToAsk);
        await _world.CustomerAsync("ada", n => n with { Email = null, EmailConsent = null });
        (await AskAsync()).ShouldBe(RequestAnswer.NobodyToAsk);
    }

    [Fact]
    public async Task The_same_wish_told_again_is_the_same_wish_however_late()
    {
        await _world.CustomerAsync("ada", n => n with { EmailConsent = null });
        var at = Now;
        (await AskAsync(at)).ShouldBe(RequestAnswer.Asked);
        _world.Clock.Now += TimeSpan.FromDays(30);
        (await AskAsync(at)).ShouldBe(RequestAnswer.Repeated);
    }

    [Theory]
    [InlineData(0, RequestAnswer.TooOld)]
    [InlineData(1, RequestAnswer.Asked)]
    public async Task A_wish_is_fresh_for_three_days_the_end_not_counted(int ticks, RequestAnswer answer)
    {
        await _world.CustomerAsync("ada", n => n with { EmailConsent = null });
        (await AskAsync(Now.AddDays(-3).AddTicks(ticks))).ShouldBe(answer);
    }

    [Theory]
    [InlineData(-60, -60)]
    [InlineData(0, 0)]
    [InlineData(60, 0)]
    public async Task A_shops_clock_that_runs_ahead_makes_no_wish_younger_than_its_telling(int minutes, int kept)
    {
        await _world.CustomerAsync("ada", n => n with { EmailConsent = null });
        (await AskAsync(Now.AddMinutes(minutes))).ShouldBe(RequestAnswer.Asked);
        (await ContactAsync()).Request!.RequestedAt.ShouldBe(Now.AddMinutes(kept));
    }

    [Theory]
    [InlineData(ConsentState.Granted, true, "nothing", RequestAnswer.NothingToAsk)]
    [InlineData(ConsentState.Granted, true, "unsubscribed", RequestAnswer.Asked)]
    [InlineData(ConsentState.Granted, true, "break", RequestAnswer.Asked)]
    [InlineData(ConsentState.Granted, true, "topic", RequestAnswer.Asked)]
    [InlineData(ConsentState.Granted, false, "nothing", RequestAnswer.Asked)]
    [InlineData(ConsentState.Denied, true, "nothing", RequestAnswer.Asked)]
    [InlineData(ConsentState.Granted, false, "complaint", RequestAnswer.Blocked)]
    public async Task Only_who_receives_everything_with_proof_is_asked_nothing(
        ConsentState state,
        bool confirmed,
        string stands,
        RequestAnswer answer
    )
    {
        var consent = new Consent(state, ConsentBasis.Express, "form", Now.AddDays(-9), Now.AddDays(-9))
        {
            ConfirmedAt = confirmed ? Now.AddDays(-8) : null,
        };
        await _world.CustomerAsync("ada", n => n with { EmailConsent = consent });
        var address = await AddressAsync();
        switch (stands)
        {
            case "unsubscribed":
                await Addresses.RunAsync(address, new Suppression(SuppressionReason.Unsubscribed, Now.AddDays(-1), "x"));
                break;
            case "complaint":
                await Addresses.RunAsync(address, new Suppression(SuppressionReason.Complaint, Now.AddDays(-1), "x"));
                break;
            case "break":
                await Addresses.PauseAsync(address, new Pause(Now.AddDays(-1), Now.AddDays(9)));
                break;
            case "topic":
                await Addresses.RefuseTopicsAsync(address, ["news"], Now.AddDays(-1));
                break;
        }

        (await AskAsync()).ShouldBe(answer);
        ((await ContactAsync()).Request is not null).ShouldBe(answer == RequestAnswer.Asked);
    }

    [Fact]
    public async Task A_second_wish_within_the_day_comes_to_nothing_and_leaves_the_first()
    {
        await _world.CustomerAsync("ada", n => n with { EmailConsent = null });
        (await AskAsync()).ShouldBe(RequestAnswer.Asked);
        var first = (await ContactAsync()).Request;
        (await AskAsync(id: "w2")).ShouldBe(RequestAnswer.AskedBefore);
        (await ContactAsync()).Request.ShouldBe(first);
    }

    /// <summary>The address is noted first: the second try finds its own word there and is not told that a mail was sent before.</summary>
    [Theory]
    [InlineData(Bend.Conflict)]
    [InlineData(Bend.LostUnheard)]
    internal async Task A_wish_that_meets_another_writer_is_asked_all_the_same(Bend bend)
    {
        await _world.CustomerAsync("ada", n => n with { EmailConsent = null });
        var store = new BentStore(_world.Store) { Bends = (t, n) => t == StoreTable.Customers && n == 1 ? bend : Bend.None };
        var world = new TripWorld(store: store);

        (await world.Product.RequestConsent.RunAsync("ada", new ConsentWish("w1", "form", null, Now), Now)).ShouldBe(RequestAnswer.Asked);

        (await ContactAsync()).Request.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_wish_is_answered_while_a_campaign_of_that_trigger_is_live()
    {
        var shop = await SignUps.OpenAsync(answered: false);
        await shop.World.LaunchAsync(CampaignWorks.WinBack());
        (await shop.World.Product.RequestConsent.IsAnsweredAsync()).ShouldBeFalse();
        (await (await SignUps.OpenAsync()).World.Product.RequestConsent.IsAnsweredAsync()).ShouldBeTrue();
    }

    [Fact]
    public void The_id_of_a_wish_is_pinned_and_is_no_orders_with_the_same_id()
    {
        var wish = new ConsentWish("evt-1", "form", null, DateTimeOffset.UnixEpoch);
        wish.RequestId.ShouldBe("fiszlfz6l4n4wyze76tfnu2fpe");
        wish.RequestId.ShouldNotBe(RetentionFuncs.Orders.OrderKey.Of("evt-1").Value);
    }

    /// <summary>The house was never wound up before: what was wished on the first day is found however late the first tick comes.</summary>
    [Fact]
    public async Task A_wish_told_before_the_first_tick_of_all_is_looked_at_when_that_comes_late()
    {
        await _world.CustomerAsync("ada", n => n with { EmailConsent = null });
        (await AskAsync()).ShouldBe(RequestAnswer.Asked);
        _world.Clock.Now += TimeSpan.FromDays(60);

        await _world.Product.ReviewDue.RunAsync();

        _world.Store.Everything(StoreTable.Due).ShouldBeEmpty();
    }
}
