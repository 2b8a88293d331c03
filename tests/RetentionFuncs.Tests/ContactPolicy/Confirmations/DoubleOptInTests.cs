using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.ContactPolicy.Confirmations;

public sealed class DoubleOptInTests
{
    [Fact]
    public async Task A_sign_up_counts_once_the_button_is_pressed_and_leaves_its_proof()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada");
        await shop.WorkAsync();

        (await shop.ContactAsync("ada")).EmailConsent.ShouldBeNull();
        var mail = shop.World.Provider.Accepted.Single().Message;
        mail.To.Address.ShouldBe("ada@post.linden.shop");
        mail.Headers.ShouldBeEmpty();
        mail.Text.ShouldContain("because somebody asked for news of Linden & Co at this address");

        shop.World.Clock.Now += TimeSpan.FromHours(1);
        (await shop.World.Product.ConfirmConsent.RunAsync(shop.Link(), "203.0.113.7", shop.World.Clock.Now)).ShouldBe(
            ConfirmAnswer.Confirmed
        );

        var consent = (await shop.ContactAsync("ada")).EmailConsent!;
        consent.ShouldBe(
            new Consent(ConsentState.Granted, ConsentBasis.Express, "newsletter form", shop.World.Clock.Now, shop.World.Clock.Now)
            {
                ConfirmedAt = shop.World.Clock.Now,
                Words = "form v3",
            }
        );
        var history = await shop.World.Product.ReadConsents.RunAsync(shop.World.KeyOf("ada"));
        history.IsWhole.ShouldBeTrue();
        history.Entries.Select(e => e.Act).ShouldBe([ConsentAct.Requested, ConsentAct.Answered]);
        history.Entries[1].From.ShouldNotBeNull().ShouldNotContain("203");
        history.Entries[1].Words.ShouldBe("form v3");
    }

    [Fact]
    public async Task Looking_at_the_link_or_waiting_changes_nothing_and_pressing_twice_is_pressing_once()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        var link = shop.Link();
        (await shop.World.Product.ConfirmConsent.RunAsync(link, null, shop.World.Clock.Now)).ShouldBe(ConfirmAnswer.Confirmed);
        var first = await shop.ContactAsync("ada");
        (await shop.World.Product.ConfirmConsent.RunAsync(link, null, shop.World.Clock.Now.AddDays(400))).ShouldBe(ConfirmAnswer.Already);
        (await shop.ContactAsync("ada")).EmailConsent.ShouldBe(first.EmailConsent);
    }

    [Fact]
    public async Task Ten_thousand_sign_ups_of_one_address_send_one_mail_a_day()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada");
        var key = shop.World.KeyOf("ada");
        var contact = (await shop.ContactAsync("ada")).Key;
        for (var i = 0; i < 10_000; i++)
        {
            var wish = new ConsentWish($"bomb-{i}", "newsletter form", null, shop.World.Clock.Now);
            (await shop.World.Product.RequestConsent.RunAsync(key, contact, wish, shop.World.Clock.Now)).ShouldBe(
                RequestAnswer.AskedBefore
            );
        }

        // Under other names, too: the limit is the address's.
        await shop.AskAsync("somebody-else", "Ada@post.linden.shop");
        await shop.WorkAsync();
        await shop.WorkAsync(TimeSpan.FromHours(1));
        shop.World.Provider.Accepted.Count.ShouldBe(1);

        shop.World.Clock.Now += TimeSpan.FromDays(1);
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        shop.World.Provider.Accepted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_event_twice_asks_once_and_an_old_one_asks_nothing()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada", id: "evt-x");
        await shop.AskAsync("ada", id: "evt-x");
        await shop.WorkAsync();
        shop.World.Provider.Accepted.Count.ShouldBe(1);

        var late = new ConsentWish("old", "form", null, shop.World.Clock.Now - RequestConsent.Freshness);
        (await shop.World.Product.RequestConsent.RunAsync("ada", late, shop.World.Clock.Now)).ShouldBe(RequestAnswer.TooOld);
    }

    [Fact]
    public async Task A_new_wish_makes_the_old_link_worthless_and_a_link_ends_after_thirty_days()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        var old = shop.Link();
        await shop.WorkAsync(TimeSpan.FromDays(2));
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        (await shop.World.Product.ConfirmConsent.RunAsync(old, null, shop.World.Clock.Now)).ShouldBe(ConfirmAnswer.NotFound);

        var asked = (await shop.ContactAsync("ada")).Request!.RequestedAt;
        var end = asked + ConfirmConsent.Lasting;
        (await shop.World.Product.ConfirmConsent.RunAsync(shop.Link(), null, end)).ShouldBe(ConfirmAnswer.TooLate);
        (await shop.World.Product.ConfirmConsent.RunAsync(shop.Link(), null, end.AddTicks(-1))).ShouldBe(ConfirmAnswer.Confirmed);
    }

    [Fact]
    public async Task Catalogue_153_another_address_is_not_confirmed_by_a_link_to_the_old_one_and_inherits_no_proof()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        var link = shop.Link();
        await shop.World.CustomerAsync("ada", n => n with { Email = Mail("ada@new.linden.shop"), EmailConsent = null });
        (await shop.World.Product.ConfirmConsent.RunAsync(link, null, shop.World.Clock.Now)).ShouldBe(ConfirmAnswer.AddressChanged);

        await shop.World.CustomerAsync("ada", n => n with { Email = Mail("ada@post.linden.shop"), EmailConsent = null });
        (await shop.World.Product.ConfirmConsent.RunAsync(link, null, shop.World.Clock.Now)).ShouldBe(ConfirmAnswer.Confirmed);
        await shop.World.CustomerAsync("ada", n => n with { Email = Mail("ada@new.linden.shop"), EmailConsent = null });
        var consent = (await shop.ContactAsync("ada")).EmailConsent!;
        (consent.State, consent.ConfirmedAt).ShouldBe((ConsentState.Granted, null));
    }

    [Fact]
    public async Task A_yes_of_a_later_import_does_not_take_the_proof_away_and_a_no_takes_it()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        await shop.World.Product.ConfirmConsent.RunAsync(shop.Link(), null, shop.World.Clock.Now);
        var later = shop.World.Clock.Now.AddDays(1);
        var yes = new Consent(ConsentState.Granted, ConsentBasis.Express, "export", later, later);
        await shop.World.CustomerAsync("ada", n => n with { EmailConsent = yes });
        (await shop.ContactAsync("ada")).EmailConsent!.ConfirmedAt.ShouldNotBeNull();
        await shop.World.CustomerAsync("ada", n => n with { EmailConsent = yes with { State = ConsentState.Denied } });
        (await shop.ContactAsync("ada")).EmailConsent!.State.ShouldBe(ConsentState.Denied);
    }

    [Theory]
    [InlineData(SuppressionReason.Complaint)]
    [InlineData(SuppressionReason.Manual)]
    [InlineData(SuppressionReason.HardBounce)]
    public async Task Nothing_is_asked_where_a_complaint_a_hand_or_a_dead_mailbox_stands(SuppressionReason reason)
    {
        var shop = await SignUps.OpenAsync();
        await shop.World.CustomerAsync("ada");
        await SuppressAsync(shop, reason, shop.World.Clock.Now);
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        shop.World.Provider.Calls.ShouldBe(0);
        (await shop.StandingAsync("ada")).Suppression!.Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Who_unsubscribed_comes_back_by_confirming_and_the_audit_says_what_was_lifted()
    {
        var shop = await SignUps.OpenAsync();
        await shop.World.CustomerAsync("ada");
        await SuppressAsync(shop, SuppressionReason.Unsubscribed, shop.World.Clock.Now.AddDays(-3));
        await new Suppress(shop.World.Rows).RefuseTopicsAsync(await AddressAsync(shop), ["news"], shop.World.Clock.Now.AddDays(-2));
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        (await shop.StandingAsync("ada")).Suppression.ShouldNotBeNull();

        (await shop.World.Product.ConfirmConsent.RunAsync(shop.Link(), null, shop.World.Clock.Now)).ShouldBe(ConfirmAnswer.Confirmed);
        var standing = await shop.StandingAsync("ada");
        (standing.Suppression, standing.RefusedTopics).ShouldBe((null, null));
        var lifted = (await shop.World.Product.ReadConsents.RunAsync(shop.World.KeyOf("ada"))).Entries[^1];
        (lifted.Act, lifted.Detail).ShouldBe((ConsentAct.Lifted, "Unsubscribed 2026-02-27, topics: news"));
    }

    [Fact]
    public async Task Who_unsubscribes_after_asking_is_not_brought_back_by_the_older_wish()
    {
        var shop = await SignUps.OpenAsync();
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        var link = shop.Link();
        await shop.World.Product.ChangePreferences.StopAsync(link, "page", shop.World.Clock.Now.AddMinutes(1));
        (await shop.World.Product.ConfirmConsent.RunAsync(link, null, shop.World.Clock.Now.AddMinutes(2))).ShouldBe(
            ConfirmAnswer.Withdrawn
        );
        (await shop.StandingAsync("ada")).Suppression!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
    }

    /// <summary>Everything that may be told of or done to an address, in any order; only the confirmation of a younger wish lifts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task No_other_path_lifts_a_suppression(int seed)
    {
        var random = new Random(seed);
        var shop = await SignUps.OpenAsync();
        await shop.World.CustomerAsync("ada");
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        var (link, asked) = (shop.Link(), (await shop.ContactAsync("ada")).Request!.RequestedAt);
        for (var i = 0; i < 60; i++)
        {
            shop.World.Clock.Now += TimeSpan.FromHours(random.Next(1, 30));
            var now = shop.World.Clock.Now;
            var before = await shop.StandingAsync("ada");
            var confirms = random.Next(8) == 0;
            if (confirms)
            {
                await shop.World.Product.ConfirmConsent.RunAsync(link, null, now);
            }
            else
            {
                await ActAsync(shop, link, random, now);
            }

            var after = await shop.StandingAsync("ada");
            if (before.Suppression is { } was && !(confirms && was.Reason <= SuppressionReason.Unsubscribed && was.At <= asked))
            {
                ((int)after.Suppression.ShouldNotBeNull().Reason).ShouldBeGreaterThanOrEqualTo((int)was.Reason, $"seed {seed}, act {i}");
            }

            (
                before.RefusedTopics is null || after.RefusedTopics is not null || (confirms && before.TopicsRefusedAt <= asked)
            ).ShouldBeTrue();
            (before.Pause is null || after.Pause?.Until >= before.Pause.Until || confirms).ShouldBeTrue();
        }
    }

    private static async Task ActAsync(SignUps shop, TouchRef link, Random random, DateTimeOffset now)
    {
        var preferences = shop.World.Product.ChangePreferences;
        switch (random.Next(11))
        {
            case 0:
                await preferences.StopAsync(link, "one-click", now);
                break;
            case 1:
                await preferences.RefuseOffersAsync(link, now);
                break;
            case 2:
                await preferences.PauseAsync(link, now, now.AddDays(random.Next(1, 90)));
                break;
            case 3:
                await preferences.RefuseTopicsAsync(link, [random.Next(2) == 0 ? "news" : "care"], now);
                break;
            case 4:
                await preferences.SpeakAsync(link, "zh-CN");
                break;
            case 5:
                await SuppressAsync(shop, (SuppressionReason)random.Next(5), now);
                break;
            case 6:
                await shop.AskAsync("ada");
                break;
            case 7:
                await shop.WorkAsync();
                break;
            case 8:
                await shop.World.OrderAsync("ada", now.ToString("yyyy-MM-dd"), id: $"o-{now.Ticks}");
                break;
            case 9:
                await new Suppress(shop.World.Rows).FreeSlotAsync(await AddressAsync(shop), "t", "a");
                break;
            default:
                await shop.World.CustomerAsync(
                    "ada",
                    n => n with { EmailConsent = new Consent((ConsentState)random.Next(2), ConsentBasis.Express, "export", now, now) }
                );
                break;
        }
    }

    private static async Task<AddressKey> AddressAsync(SignUps shop) =>
        shop.World.Secret.AddressKeyOf((await shop.ContactAsync("ada")).Email!);

    private static async Task SuppressAsync(SignUps shop, SuppressionReason reason, DateTimeOffset at) =>
        await new Suppress(shop.World.Rows).RunAsync(await AddressAsync(shop), new Suppression(reason, at, "test"));

    private static EmailAddress Mail(string text)
    {
        EmailAddress.TryParse(text, out var email, out _).ShouldBeTrue();
        return email;
    }
}
