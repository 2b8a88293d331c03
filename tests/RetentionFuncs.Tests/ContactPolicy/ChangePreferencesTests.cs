using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.ContactPolicy;

/// <summary>What a link in a message changes: the address it went to at once, and the contact behind it as long as it is the same one.</summary>
public sealed class ChangePreferencesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-04T09:00:00+01:00", null);
    private static readonly TouchRef Stranger = new(new CustomerKey(new string('b', 26)), new TouchId(new string('c', 26)));

    private readonly TripWorld _world = new();

    private ChangePreferences Preferences => _world.Product.ChangePreferences;

    /// <summary>A touch of one customer, sent unless it shall wait.</summary>
    private async Task<Touchpoint> TouchAsync(bool sent = true, Func<CustomerNews, CustomerNews>? change = null)
    {
        await _world.CustomerAsync("c1", change);
        await _world.OrderAsync("c1", "2026-03-01");
        await _world.LaunchAsync(CampaignWorks.AfterOrder(2) with { ExitOnOrder = false });
        _world.Clock.Now = DateTimeOffset.Parse("2026-03-03T10:00:00+01:00", null);
        await _world.Product.ReviewDue.RunAsync();
        if (sent)
        {
            await _world.Queue.DeliverDueAsync(_world.Product.Handler);
        }

        return (await _world.TouchesAsync("c1")).Single();
    }

    private async Task<Contact> ContactAsync() => (await _world.PartitionAsync("c1")).Contacts().Single();

    private async Task<AddressStanding> StandingAsync(string email) =>
        await new Suppress(_world.Store).ReadAsync(_world.Secret.AddressKeyOf(Mail(email)));

    private async Task<ConsentHistory> HistoryAsync() => await _world.Product.ReadConsents.RunAsync(_world.KeyOf("c1"));

    private static EmailAddress Mail(string text)
    {
        EmailAddress.TryParse(text, out var email, out _).ShouldBeTrue();
        return email;
    }

    [Theory]
    [InlineData(ConsentBasis.Express)]
    [InlineData(ConsentBasis.SoftOptIn)]
    public async Task Stopping_marks_the_address_and_puts_a_no_in_place_of_the_yes(ConsentBasis basis)
    {
        var touch = await TouchAsync(change: n => n with { EmailConsent = n.EmailConsent! with { Basis = basis } });

        var before = await Preferences.StopAsync(touch.Reference, "one-click", Now);

        (before!.Suppression, before.Channel, before.Address).ShouldBe((null, Channel.Email, touch.Address!.Value));
        var standing = await StandingAsync("c1@post.linden.shop");
        standing.Suppression.ShouldBe(new Suppression(SuppressionReason.Unsubscribed, Now, touch.Reference.ToString()));
        (await ContactAsync()).EmailConsent.ShouldBe(new Consent(ConsentState.Denied, basis, "one-click", Now, Now));
        var last = (await HistoryAsync()).Entries[^1];
        (last.Act, last.State, last.Source).ShouldBe((ConsentAct.Answered, ConsentState.Denied, "one-click"));
    }

    [Fact]
    public async Task Stopping_again_is_told_as_done_before_and_keeps_the_first_moment()
    {
        var touch = await TouchAsync();
        await Preferences.StopAsync(touch.Reference, "one-click", Now);
        var (count, partition) = ((await HistoryAsync()).Count, await _world.PartitionAsync("c1"));

        var before = await Preferences.StopAsync(touch.Reference, "page", Now.AddDays(1));

        before!.Suppression!.At.ShouldBe(Now);
        (await ContactAsync()).EmailConsent!.OccurredAt.ShouldBe(Now);
        (await HistoryAsync()).Count.ShouldBe(count);
        (await _world.PartitionAsync("c1")).Contacts().Single().EmailConsent.ShouldBe(partition.Contacts().Single().EmailConsent);
    }

    [Fact]
    public async Task Who_was_never_asked_and_stops_has_said_no_expressly()
    {
        var touch = await TouchAsync(change: n => n with { Country = "US", EmailConsent = null });

        await Preferences.StopAsync(touch.Reference, "page", Now);

        (await ContactAsync()).EmailConsent.ShouldBe(new Consent(ConsentState.Denied, ConsentBasis.Express, "page", Now, Now));
    }

    [Fact]
    public async Task A_link_of_a_touch_that_is_not_on_file_changes_nothing()
    {
        var touch = await TouchAsync();
        var everything = Rows();
        foreach (var link in new[] { Stranger, touch.Reference with { Touch = Stranger.Touch } })
        {
            (await Preferences.ReadAsync(link)).ShouldBeNull();
            (await Preferences.StopAsync(link, "page", Now)).ShouldBeNull();
            await Preferences.RefuseOffersAsync(link, Now);
            await Preferences.RefuseTopicsAsync(link, ["news"], Now);
            await Preferences.PauseAsync(link, Now, Now.AddDays(30));
            await Preferences.SpeakAsync(link, "zh-CN");
        }

        Rows().ShouldBe(everything);

        string[] Rows() =>
            [
                .. Enum.GetValues<StoreTable>()
                    .SelectMany(t => _world.Store.Everything(t))
                    .Select(r => r.Row.Key + string.Join(',', r.Row.Properties.Entries)),
            ];
    }

    [Fact]
    public async Task Offers_refused_stop_promotion_and_leave_the_consent()
    {
        var touch = await TouchAsync();

        await Preferences.RefuseOffersAsync(touch.Reference, Now);

        (await StandingAsync("c1@post.linden.shop")).Suppression.ShouldBe(
            new Suppression(SuppressionReason.NoOffers, Now, touch.Reference.ToString())
        );
        (await ContactAsync()).EmailConsent!.State.ShouldBe(ConsentState.Granted);
    }

    [Fact]
    public async Task A_break_and_a_language_are_kept_and_are_no_answer_to_the_consent()
    {
        var touch = await TouchAsync();
        var count = (await HistoryAsync()).Count;

        await Preferences.PauseAsync(touch.Reference, Now, Now.AddDays(30));
        await Preferences.SpeakAsync(touch.Reference, "zh-CN");

        var known = (await Preferences.ReadAsync(touch.Reference))!;
        (known.Pause, known.Suppression, known.Contact.Locale).ShouldBe((new Pause(Now, Now.AddDays(30)), null, "zh-CN"));
        known.Contact.Name.ShouldBe("Ada Winter");
        (await HistoryAsync()).Count.ShouldBe(count);
    }

    [Fact]
    public async Task Topics_are_refused_in_one_entry_and_once()
    {
        var touch = await TouchAsync();
        var count = (await HistoryAsync()).Count;

        await Preferences.RefuseTopicsAsync(touch.Reference, [], Now);
        (await HistoryAsync()).Count.ShouldBe(count);
        await Preferences.RefuseTopicsAsync(touch.Reference, ["news", "care"], Now);
        await Preferences.RefuseTopicsAsync(touch.Reference, ["care"], Now.AddDays(1));
        await Preferences.RefuseTopicsAsync(touch.Reference, ["sale", "care"], Now.AddDays(2));

        var told = (await HistoryAsync()).Entries.Where(e => e.Act == ConsentAct.TopicsRefused).ToArray();
        told.Select(e => (e.Detail, e.Source, e.OccurredAt, e.Address))
            .ShouldBe([("care news", "page", Now, touch.Address), ("care sale", "page", Now.AddDays(2), touch.Address)]);
        (await StandingAsync("c1@post.linden.shop")).RefusedTopics.ShouldBe("care news sale");
        (await ContactAsync()).EmailConsent!.State.ShouldBe(ConsentState.Granted);
    }

    /// <summary>An earlier try went nowhere: the link speaks for the address that the message would go to now.</summary>
    [Fact]
    public async Task A_link_of_a_message_that_waits_speaks_for_the_contacts_address_of_now()
    {
        var touch = await TouchAsync(sent: false);
        var partition = await _world.PartitionAsync("c1");
        partition.PutTouchpoint(touch with { Address = _world.Secret.AddressKeyOf(Mail("c1@post.linden.shop")) });
        (await partition.CommitAsync()).ShouldBeOfType<CommitResult.Applied>();
        await _world.CustomerAsync("c1", n => n with { Email = Mail("new@post.linden.shop") });

        await Preferences.StopAsync(touch.Reference, "page", Now);

        (await StandingAsync("c1@post.linden.shop")).Suppression.ShouldBeNull();
        (await StandingAsync("new@post.linden.shop")).Suppression.ShouldNotBeNull();
        (await ContactAsync()).EmailConsent!.State.ShouldBe(ConsentState.Denied);
    }

    [Fact]
    public async Task A_link_of_a_sent_message_speaks_for_the_address_it_went_to_and_not_for_the_contact_who_has_moved()
    {
        var touch = await TouchAsync();
        await _world.CustomerAsync("c1", n => n with { Email = Mail("new@post.linden.shop") });

        await Preferences.SpeakAsync(touch.Reference, "zh-CN");
        await Preferences.StopAsync(touch.Reference, "page", Now);
        await Preferences.RefuseTopicsAsync(touch.Reference, ["news"], Now);

        (await StandingAsync("new@post.linden.shop")).ShouldSatisfyAllConditions(
            s => s.Suppression.ShouldBeNull(),
            s => s.RefusedTopics.ShouldBeNull()
        );
        var old = await StandingAsync("c1@post.linden.shop");
        (old.Suppression!.Reason, old.RefusedTopics).ShouldBe((SuppressionReason.Unsubscribed, "news"));
        var contact = await ContactAsync();
        (contact.Locale, contact.EmailConsent!.State).ShouldBe(("en", ConsentState.Granted));
        (await HistoryAsync()).Entries.ShouldNotContain(e => e.Act == ConsentAct.TopicsRefused);
    }

    [Fact]
    public async Task A_waiting_message_to_a_contact_without_an_address_has_nothing_to_speak_for()
    {
        var touch = await TouchAsync(sent: false);
        var partition = await _world.PartitionAsync("c1");
        partition.PutContact(partition.Contacts().Single() with { Email = null }, null);
        (await partition.CommitAsync()).ShouldBeOfType<CommitResult.Applied>();

        (await Preferences.ReadAsync(touch.Reference)).ShouldBeNull();
        (await Preferences.StopAsync(touch.Reference, "page", Now)).ShouldBeNull();
    }

    /// <summary>An id that became another customer's, whose own contacts went with it.</summary>
    [Theory]
    [InlineData("c1@post.linden.shop", "second")]
    [InlineData("elsewhere@post.linden.shop", "main")]
    public async Task A_link_to_an_id_that_became_anothers_finds_the_contact_there_with_the_address_else_the_main_one(
        string second,
        string found
    )
    {
        var touch = await TouchAsync();
        await _world.CustomerAsync("c2", n => n with { ContactName = "main" });
        await _world.CustomerAsync("c2", n => n with { ContactId = "k2", ContactName = "second", Roles = ["buyer"], Email = Mail(second) });
        var old = await _world.PartitionAsync("c1");
        old.Put(CustomerForward.RowKey, new CustomerForward(_world.KeyOf("c2"), Now, true).ToBag());
        (await old.CommitAsync()).ShouldBeOfType<CommitResult.Applied>();
        (await Preferences.ReadAsync(touch.Reference))!.Contact.Name.ShouldBe("Ada Winter");
        old = await _world.PartitionAsync("c1");
        old.Delete(CustomerPartition.ContactPrefix + touch.Contact.Value);
        (await old.CommitAsync()).ShouldBeOfType<CommitResult.Applied>();

        var known = (await Preferences.StopAsync(touch.Reference, "page", Now))!;

        (known.Contact.Name, known.Address).ShouldBe((found, touch.Address!.Value));
        var denied = (await _world.PartitionAsync("c2")).Contacts().Where(c => c.EmailConsent!.State == ConsentState.Denied);
        denied.Select(c => c.Name).ShouldBe(found == "second" ? ["second"] : []);
    }

    [Fact]
    public async Task A_press_that_meets_another_writer_counts_all_the_same()
    {
        var store = new Touchpoints.BentStore(_world.Store);
        var touch = await TouchAsync();
        store.Bends = (table, number) => table == StoreTable.Customers && number == 1 ? Touchpoints.Bend.Conflict : Touchpoints.Bend.None;

        await new ChangePreferences(store, _world.Secret, new Ids()).StopAsync(touch.Reference, "page", Now);

        (await ContactAsync()).EmailConsent!.State.ShouldBe(ConsentState.Denied);
    }

    private sealed class Ids : RetentionFuncs.Identity.IIdSource
    {
        public string NewId() => "id";
    }
}
