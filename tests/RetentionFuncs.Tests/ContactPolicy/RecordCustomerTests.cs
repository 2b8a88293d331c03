using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.ContactPolicy;

public sealed class RecordCustomerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-02T10:00:00+01:00", null);

    private readonly TripWorld _world = new();

    private static EmailAddress Mail(string text)
    {
        EmailAddress.TryParse(text, out var email, out _).ShouldBeTrue();
        return email;
    }

    private static Consent Answer(ConsentState state, int day, ConsentBasis basis = ConsentBasis.Express) =>
        new(state, basis, "box", Now.AddDays(day), Now.AddDays(day + 1));

    private static CustomerNews News(Func<CustomerNews, CustomerNews>? change = null)
    {
        var news = new CustomerNews("c1", null, null, null, Contact.Primary, null, null, null, null, null, null, null, null, null);
        return change?.Invoke(news) ?? news;
    }

    private async Task<Recorded> RecordAsync(Func<CustomerNews, CustomerNews> change) =>
        await _world.Product.RecordCustomer.RunAsync(News(change), _world.Clock.Now);

    private async Task<Contact> ContactAsync() => (await _world.PartitionAsync("c1")).Contacts().Single();

    private async Task<Customer> CustomerAsync() => (await _world.PartitionAsync("c1")).Profile()!;

    [Fact]
    public async Task The_same_news_again_is_unchanged_and_writes_nothing()
    {
        CustomerNews Told(CustomerNews n) =>
            n with
            {
                Name = "Ada",
                ContactName = "Ada",
                Roles = ["buyer", "user"],
                Birthday = new(1990, 3, 5),
            };
        (await RecordAsync(Told)).ShouldBe(Recorded.New);
        var commits = _world.Store.Work.Commits;
        (await RecordAsync(Told)).ShouldBe(Recorded.Unchanged);
        _world.Store.Work.Commits.ShouldBe(commits);

        (await RecordAsync(n => Told(n) with { Roles = ["user", "buyer"] })).ShouldBe(Recorded.Changed);
        (await RecordAsync(n => Told(n) with { Name = "Eve" })).ShouldBe(Recorded.Changed);
    }

    [Fact]
    public async Task A_new_customer_is_a_person_who_may_be_profiled_with_a_primary_contact_and_stands_in_the_index()
    {
        await RecordAsync(n => n);
        (await CustomerAsync()).ShouldBe(new Customer(_world.KeyOf("c1"), "c1", CustomerKind.Person, null));
        (await ContactAsync()).Roles.ShouldBe([Contact.Primary]);
        _world.Store.Everything(StoreTable.CustomerIndex).Count().ShouldBe(1);

        await RecordAsync(n => n with { ContactId = "k2" });
        (await _world.PartitionAsync("c1")).Contacts().Single(c => c.ExternalId == "k2").Roles.ShouldBeEmpty();
        _world.Store.Everything(StoreTable.CustomerIndex).Count().ShouldBe(1);
    }

    [Fact]
    public async Task News_that_says_nothing_of_a_field_leaves_it_and_newer_news_replaces_it()
    {
        CustomerNews Whole(CustomerNews n, string mark, bool no) =>
            n with
            {
                Kind = no ? CustomerKind.Account : CustomerKind.Person,
                Name = mark,
                DoNotProfile = no,
                Roles = [mark],
                ContactName = mark,
                Email = Mail($"{mark}@linden.shop"),
                Phone = mark,
                Country = mark,
                Locale = mark,
                Zone = mark,
                Birthday = new Birthday(null, 1, mark.Length),
            };
        await RecordAsync(n => Whole(n, "one", false) with { ToldAt = Now });
        await RecordAsync(n => n with { ToldAt = Now.AddDays(1) });
        await CheckAsync("one", CustomerKind.Person, false);

        await RecordAsync(n => Whole(n, "three", true) with { ToldAt = Now.AddDays(2) });
        await CheckAsync("three", CustomerKind.Account, true);

        await RecordAsync(n => Whole(n, "older", false) with { ToldAt = Now.AddDays(1) });
        await CheckAsync("three", CustomerKind.Account, true);
        (await ContactAsync()).ToldAt.ShouldBe(Now.AddDays(2));

        // At the same moment the later telling counts; a telling without a moment counts, and the moment stays.
        await RecordAsync(n => Whole(n, "seven77", false) with { ToldAt = Now.AddDays(2) });
        await CheckAsync("seven77", CustomerKind.Person, false);
        await RecordAsync(n => Whole(n, "undated", true));
        await CheckAsync("undated", CustomerKind.Account, true);
        (await ContactAsync()).ToldAt.ShouldBe(Now.AddDays(2));
    }

    private async Task CheckAsync(string mark, CustomerKind kind, bool doNotProfile)
    {
        (await CustomerAsync()).ShouldBe(new Customer(_world.KeyOf("c1"), "c1", kind, mark, doNotProfile));
        var c = await ContactAsync();
        (c.Name, c.Email!.Value, c.Phone, c.Country, c.Locale, c.Zone).ShouldBe((mark, $"{mark}@linden.shop", mark, mark, mark, mark));
        (c.Roles.Single(), c.Birthday).ShouldBe((mark, new Birthday(null, 1, mark.Length)));
    }

    [Fact]
    public async Task Older_news_fills_gaps()
    {
        await RecordAsync(n => n with { Name = "Ada", ToldAt = Now });
        await RecordAsync(n =>
            n with
            {
                Name = "Old",
                Phone = "1",
                Birthday = new(null, 2, 3),
                DoNotProfile = true,
                ToldAt = Now.AddDays(-1),
            }
        );

        ((await CustomerAsync()).Name, (await CustomerAsync()).DoNotProfile).ShouldBe(("Ada", false));
        var contact = await ContactAsync();
        (contact.Phone, contact.Birthday, contact.ToldAt).ShouldBe(("1", new Birthday(null, 2, 3), Now));
    }

    [Theory]
    [InlineData(Channel.Email)]
    [InlineData(Channel.Sms)]
    [InlineData(Channel.Phone)]
    public async Task The_newest_consent_by_its_own_moment_counts_whenever_it_is_told(Channel channel)
    {
        CustomerNews With(CustomerNews n, Consent consent) =>
            channel switch
            {
                Channel.Sms => n with { SmsConsent = consent },
                Channel.Phone => n with { PhoneConsent = consent },
                _ => n with { EmailConsent = consent },
            };
        await RecordAsync(n => With(n, Answer(ConsentState.Granted, 5)));
        await RecordAsync(n => With(n, Answer(ConsentState.Denied, 4)));
        (await ContactAsync()).ConsentFor(channel)!.State.ShouldBe(ConsentState.Granted);

        await RecordAsync(n => With(n, Answer(ConsentState.Denied, 6)));
        (await ContactAsync()).ConsentFor(channel).ShouldBe(Answer(ConsentState.Denied, 6));

        await RecordAsync(n => n);
        await RecordAsync(n => With(n, Answer(ConsentState.Granted, 6)));
        (await ContactAsync()).ConsentFor(channel)!.State.ShouldBe(ConsentState.Denied);
        Enum.GetValues<Channel>().Count(c => ContactAsync().Result.ConsentFor(c) is not null).ShouldBe(1);
    }

    [Theory]
    [InlineData(null, ConsentState.Granted, true)]
    [InlineData(null, ConsentState.Denied, true)]
    [InlineData(ConsentState.Granted, ConsentState.Granted, false)]
    [InlineData(ConsentState.Granted, ConsentState.Denied, true)]
    [InlineData(ConsentState.Denied, ConsentState.Granted, false)]
    [InlineData(ConsentState.Denied, ConsentState.Denied, false)]
    public async Task A_consent_without_its_moment_fills_a_gap_or_takes_a_yes_away(ConsentState? known, ConsentState news, bool counts)
    {
        if (known is { } state)
        {
            await RecordAsync(n => n with { EmailConsent = Answer(state, 0) });
        }

        await RecordAsync(n => n with { EmailConsent = Answer(news, 9), IsConsentUndated = true });

        ((await ContactAsync()).EmailConsent == Answer(news, 9)).ShouldBe(counts);
    }

    [Fact]
    public async Task No_news_lifts_a_suppression()
    {
        await RecordAsync(n => n with { Email = Mail("ada@linden.shop") });
        var address = _world.Secret.AddressKeyOf(await ContactAsync(), Channel.Email)!.Value;
        await new Suppress(_world.Store).RunAsync(address, new Suppression(SuppressionReason.Unsubscribed, Now, "page"));

        await RecordAsync(n => n with { Email = Mail("ada@linden.shop"), EmailConsent = Answer(ConsentState.Granted, 100) });

        (await new Suppress(_world.Store).ReadAsync(address)).Suppression!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
    }

    [Fact]
    public async Task A_person_is_who_was_first_seen_with_the_address_and_an_account_is_itself()
    {
        await RecordAsync(n => n with { Email = Mail("shared@linden.shop") });
        await RecordAsync(n => n with { ExternalId = "c2", Email = Mail("shared@linden.shop") });
        await RecordAsync(n => n with { ExternalId = "c3", Email = Mail("shared@linden.shop"), Kind = CustomerKind.Account });
        await RecordAsync(n => n with { ExternalId = "c4", Phone = "+4930123456" });
        await RecordAsync(n => n with { ExternalId = "c5", Phone = "+4930123456" });
        await RecordAsync(n => n with { ExternalId = "c6" });
        await RecordAsync(n => n with { ExternalId = "c7", Email = Mail("shared@linden.shop"), Phone = "+4930123456" });

        (await PersonAsync("c1")).ShouldBe(_world.KeyOf("c1").Value);
        (await PersonAsync("c2")).ShouldBe(_world.KeyOf("c1").Value);
        (await PersonAsync("c3")).ShouldBe(_world.KeyOf("c3").Value);
        (await PersonAsync("c5")).ShouldBe(_world.KeyOf("c4").Value);
        (await PersonAsync("c6")).ShouldBeNull();
        (await PersonAsync("c7")).ShouldBe(_world.KeyOf("c1").Value, "the address says who it is, before the number");

        // Stored at first sight and never worked out again.
        await RecordAsync(n => n with { ExternalId = "c2", Email = Mail("other@linden.shop") });
        (await PersonAsync("c2")).ShouldBe(_world.KeyOf("c1").Value);
    }

    private async Task<string?> PersonAsync(string customer)
    {
        var partition = await _world.PartitionAsync(customer);
        return partition.PersonOf(partition.Contacts().Single().Key)?.Value;
    }

    [Fact]
    public async Task A_birthday_is_planned_when_it_is_new_or_another()
    {
        int Due() =>
            _world.Store.Everything(StoreTable.Due).Count(r => r.Row.Key.Contains(_world.KeyOf("c1").Value, StringComparison.Ordinal));
        await RecordAsync(n => n with { Name = "Ada" });
        Due().ShouldBe(0);
        await RecordAsync(n => n with { Birthday = new(1990, 3, 5) });
        Due().ShouldBe(1);
        await RecordAsync(n => n with { Birthday = new(1990, 3, 5), Name = "Eve" });
        Due().ShouldBe(1);
        await RecordAsync(n => n with { Birthday = new(1990, 4, 6) });
        Due().ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task News_of_somebody_erased_writes_nothing(bool customer)
    {
        await RecordAsync(n => n with { Name = "Ada" });
        var partition = await _world.PartitionAsync("c1");
        var contact = partition.Contacts().Single().Key;
        partition.Put(CustomerPartition.ErasedRow + (customer ? "" : "|" + contact.Value), new PropertyBag());
        await partition.CommitAsync();
        var commits = _world.Store.Work.Commits;

        (await RecordAsync(n => n with { Name = "Eve" })).ShouldBe(Recorded.Erased);

        _world.Store.Work.Commits.ShouldBe(commits);
        (await RecordAsync(n => n with { ContactId = "k2" })).ShouldBe(customer ? Recorded.Erased : Recorded.Changed);
    }

    [Fact]
    public async Task A_proof_goes_with_the_address_it_was_given_at_and_a_new_one_told_with_a_new_address_stays()
    {
        static CustomerNews At(CustomerNews n, string mail, Consent? consent) => n with { Email = Mail(mail), EmailConsent = consent };
        var proven = Answer(ConsentState.Granted, 0) with { ConfirmedAt = Now };
        await RecordAsync(n => At(n, "ada@linden.shop", proven));
        await RecordAsync(n => At(n, "ADA@linden.shop", null));
        (await ContactAsync()).EmailConsent!.ConfirmedAt.ShouldBe(Now);

        await RecordAsync(n => At(n, "new@linden.shop", null));
        (await ContactAsync()).EmailConsent.ShouldBe(proven with { ConfirmedAt = null });

        var again = Answer(ConsentState.Granted, 3) with { ConfirmedAt = Now.AddDays(3) };
        await RecordAsync(n => At(n, "third@linden.shop", again));
        (await ContactAsync()).EmailConsent.ShouldBe(again);
    }

    [Fact]
    public async Task A_yes_without_proof_leaves_a_proven_one_and_a_newer_proof_or_a_no_replaces_it()
    {
        var proven = Answer(ConsentState.Granted, 0) with { ConfirmedAt = Now };
        await RecordAsync(n => n with { EmailConsent = proven });
        await RecordAsync(n => n with { EmailConsent = Answer(ConsentState.Granted, 1) });
        (await ContactAsync()).EmailConsent.ShouldBe(proven);

        var newer = Answer(ConsentState.Granted, 2) with { ConfirmedAt = Now.AddDays(2) };
        await RecordAsync(n => n with { EmailConsent = newer });
        (await ContactAsync()).EmailConsent.ShouldBe(newer);

        await RecordAsync(n => n with { EmailConsent = Answer(ConsentState.Denied, 3) });
        (await ContactAsync()).EmailConsent.ShouldBe(Answer(ConsentState.Denied, 3));
        await RecordAsync(n => n with { EmailConsent = Answer(ConsentState.Granted, 4) });
        (await ContactAsync()).EmailConsent.ShouldBe(Answer(ConsentState.Granted, 4));
    }

    [Theory]
    [InlineData(ConsentState.Granted, ConsentState.Denied, true)]
    [InlineData(ConsentState.Denied, ConsentState.Granted, false)]
    [InlineData(ConsentState.Granted, ConsentState.Granted, false)]
    [InlineData(ConsentState.Denied, ConsentState.Denied, false)]
    public async Task Of_two_answers_for_one_moment_the_no_counts_else_the_first_told(
        ConsentState first,
        ConsentState second,
        bool replaces
    )
    {
        var (known, news) = (Answer(first, 5), Answer(second, 5) with { Source = "till" });
        await RecordAsync(n => n with { EmailConsent = known });
        await RecordAsync(n => n with { EmailConsent = news });
        (await ContactAsync()).EmailConsent.ShouldBe(replaces ? news : known);
    }

    /// <summary>Declared for many at once: it fills a gap, and replaces only an older yes that rests on no better ground.</summary>
    [Theory]
    [InlineData(null, null, ConsentBasis.Implied, true)]
    [InlineData(ConsentState.Denied, ConsentBasis.Implied, ConsentBasis.Express, false)]
    [InlineData(ConsentState.Granted, ConsentBasis.Express, ConsentBasis.Implied, false)]
    [InlineData(ConsentState.Granted, ConsentBasis.Implied, ConsentBasis.Implied, true)]
    [InlineData(ConsentState.Granted, ConsentBasis.Implied, ConsentBasis.Express, true)]
    public async Task A_declared_consent_never_takes_the_place_of_a_no_or_of_a_better_yes(
        ConsentState? state,
        ConsentBasis? basis,
        ConsentBasis declared,
        bool counts
    )
    {
        foreach (var channel in Enum.GetValues<Channel>())
        {
            CustomerNews With(CustomerNews n, Consent consent) =>
                (channel, n with { ExternalId = $"{channel}" }) switch
                {
                    (Channel.Sms, var m) => m with { SmsConsent = consent },
                    (Channel.Phone, var m) => m with { PhoneConsent = consent },
                    (_, var m) => m with { EmailConsent = consent },
                };
            if (state is { } known)
            {
                await RecordAsync(n => With(n, Answer(known, 0, basis!.Value)));
            }

            var news = Answer(ConsentState.Granted, 9, declared);
            await RecordAsync(n => With(n, news) with { Declared = [channel] });

            var contact = (await _world.PartitionAsync($"{channel}")).Contacts().Single();
            (contact.ConsentFor(channel) == news).ShouldBe(counts, $"{channel}");
        }
    }

    [Fact]
    public async Task A_wish_that_waits_for_its_confirmation_outlives_any_news()
    {
        await RecordAsync(n => n with { Email = Mail("ada@linden.shop") });
        var wish = new RetentionFuncs.ContactPolicy.Confirmations.ConsentWish("w", "form", null, _world.Clock.Now);
        await _world.Product.RequestConsent.RunAsync("c1", wish, _world.Clock.Now);

        await RecordAsync(n => n with { Email = Mail("new@linden.shop"), Name = "Ada", ToldAt = Now });

        (await ContactAsync()).Request!.Id.ShouldBe(wish.RequestId);
    }

    /// <summary>The house was never wound up before: what is planned on the first day is found however late the first tick comes.</summary>
    [Fact]
    public async Task A_birthday_planned_before_the_first_tick_is_found_when_that_comes_late()
    {
        await RecordAsync(n => n with { Birthday = new(1990, 3, 3), Email = Mail("ada@linden.shop"), Country = "US" });
        _world.Store.Everything(StoreTable.Due).Count().ShouldBe(1);

        _world.Clock.Now = DateTimeOffset.Parse("2026-04-20T10:00:00+02:00", null);
        await _world.Product.ReviewDue.RunAsync();

        // Looked at, and planned again for next year.
        _world.Store.Everything(StoreTable.Due).Single().Partition.ToString().ShouldContain("2027");
    }

    [Fact]
    public async Task News_that_meets_another_writer_is_recorded_once_all_the_same()
    {
        var store = new Touchpoints.BentStore(_world.Store)
        {
            Bends = (table, number) => table == StoreTable.Customers && number == 1 ? Touchpoints.Bend.Conflict : Touchpoints.Bend.None,
        };
        var world = new TripWorld(store: store);

        var news = News(n => n with { Name = "Ada", EmailConsent = Answer(ConsentState.Granted, 0) });
        (await world.Product.RecordCustomer.RunAsync(news, Now)).ShouldBe(Recorded.New);

        (await CustomerAsync()).Name.ShouldBe("Ada");
        (await world.Product.ReadConsents.RunAsync(world.KeyOf("c1"))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task News_under_an_id_that_became_anothers_is_recorded_there_and_does_not_rename_it()
    {
        await RecordAsync(n => n with { ExternalId = "c2", Name = "Bob" });
        var old = await _world.PartitionAsync("c1");
        old.Put(CustomerForward.RowKey, new CustomerForward(_world.KeyOf("c2"), Now, true).ToBag());
        await old.CommitAsync();

        (await RecordAsync(n => n with { Phone = "+4930123456" })).ShouldBe(Recorded.Changed);

        var partition = await _world.PartitionAsync("c2");
        (partition.Profile()!.ExternalId, partition.Contacts().Single().Phone).ShouldBe(("c2", "+4930123456"));
        (await _world.PartitionAsync("c1")).Profile().ShouldBeNull();
    }

    [Fact]
    public async Task An_import_keeps_what_stood_before_and_a_telling_without_one_keeps_nothing()
    {
        await RecordAsync(n => n with { Name = "Ada" });
        (await KeptAsync()).ShouldBeEmpty();

        var trail = new RetentionFuncs.Undoing.UndoTrail("run1", Now);
        await _world.Product.RecordCustomer.RunAsync(News(n => n with { Phone = "1" }), Now, trail);

        // The contact changed, the profile did not.
        var kept = (await KeptAsync()).ShouldHaveSingleItem();
        kept.Key.ShouldContain(CustomerPartition.ContactPrefix);

        await _world.Product.RecordCustomer.RunAsync(News(n => n with { Name = "Eve" }), Now, trail with { Run = "run2" });
        (await KeptAsync()).Count(r => r.Key.Contains("run2", StringComparison.Ordinal)).ShouldBe(1);
    }

    private async Task<List<StoredRow>> KeptAsync()
    {
        var rows = new List<StoredRow>();
        var prefix = RetentionFuncs.Undoing.UndoTrail.Prefix;
        await foreach (var row in _world.Rows.ReadAllAsync(CustomerPartition.IdOf(_world.KeyOf("c1")), new RowRange(prefix, prefix + "~")))
        {
            rows.Add(row);
        }

        return rows;
    }
}
