using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.Customers;
using RetentionFuncs.Touchpoints;
using RetentionFuncs.Web.PublicPages;

namespace RetentionFuncs.Tests.ContactPolicy.Confirmations;

/// <summary>The preference page over the real verbs, for somebody who left and wants to come back.</summary>
public sealed class ComeBackTests
{
    private static PublicRequests PagesOf(SignUps shop) =>
        new(
            shop.World.Product.ChangePreferences,
            shop.World.Product.RequestConsent,
            shop.World.Product.ConfirmConsent,
            shop.World.Settings.Topics,
            shop.World.Clock
        );

    /// <summary>Somebody who bought, confirmed a sign-up, and holds the preference link of that mail.</summary>
    private static async Task<(SignUps Shop, TouchRef Link)> ReaderAsync(bool answered = true)
    {
        var shop = await SignUps.OpenAsync();
        await shop.World.CustomerAsync("ada");
        await shop.AskAsync("ada");
        await shop.WorkAsync();
        var link = shop.Link();
        if (!answered)
        {
            (await shop.World.Product.LaunchCampaign.StopAsync("confirm")).ShouldNotBeNull();
        }

        shop.World.Clock.Now += TimeSpan.FromDays(2);
        return (shop, link);
    }

    [Fact]
    public async Task Saying_so_on_the_page_sends_one_mail_and_only_its_button_lifts()
    {
        var (shop, link) = await ReaderAsync();
        var pages = PagesOf(shop);
        await pages.UnsubscribeAsync(link, UnsubscribeSource.OneClick, shop.World.Clock.Now);
        await pages.ChangeAsync(link, new PreferenceChange(null, 0, null) { RefusedTopics = ["news", "unheard-of"] }, shop.World.Clock.Now);
        var view = (await pages.ReadAsync(link))!;
        (view.Choice, view.MayComeBack).ShouldBe((MailChoice.Nothing, true));
        view.Topics.Select(t => t.Refused).ShouldBe([true, false]);
        (await shop.StandingAsync("ada")).RefusedTopics.ShouldBe("news");

        var sent = shop.World.Provider.Accepted.Count;
        shop.World.Clock.Now += TimeSpan.FromHours(1);
        for (var i = 0; i < 5; i++)
        {
            await pages.ChangeAsync(link, new PreferenceChange(null, 0, null) { ComeBack = true }, shop.World.Clock.Now);
            await shop.WorkAsync(TimeSpan.FromMinutes(1));
        }

        (await shop.StandingAsync("ada")).Suppression!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
        shop.World.Provider.Accepted.Count.ShouldBe(sent + 1);

        (await pages.ConfirmAsync(shop.Link(), null, shop.World.Clock.Now)).ShouldBe(ConfirmAnswer.Confirmed);
        (await pages.ReadAsync(link))!.Choice.ShouldBe(MailChoice.Everything);
        (await shop.ContactAsync("ada")).EmailConsent!.Source.ShouldBe("preference page");
    }

    [Fact]
    public async Task The_way_back_is_not_shown_to_who_gets_everything_nor_without_a_campaign_that_asks()
    {
        var (shop, link) = await ReaderAsync();
        (await PagesOf(shop).ReadAsync(link))!.MayComeBack.ShouldBeFalse();

        var (silent, other) = await ReaderAsync(answered: false);
        await silent.World.Product.ChangePreferences.StopAsync(other, "page", silent.World.Clock.Now);
        (await PagesOf(silent).ReadAsync(other))!.MayComeBack.ShouldBeFalse();
    }

    [Theory]
    [InlineData(SuppressionReason.Complaint)]
    [InlineData(SuppressionReason.Manual)]
    public async Task The_way_back_is_closed_where_more_than_an_unsubscription_stands(SuppressionReason reason)
    {
        var (shop, link) = await ReaderAsync();
        var address = shop.World.Secret.AddressKeyOf((await shop.ContactAsync("ada")).Email!);
        await new Suppress(shop.World.Rows).RunAsync(address, new Suppression(reason, shop.World.Clock.Now, "test"));
        (await PagesOf(shop).ReadAsync(link))!.MayComeBack.ShouldBeFalse();
        var sent = shop.World.Provider.Accepted.Count;
        await PagesOf(shop).ChangeAsync(link, new PreferenceChange(null, 0, null) { ComeBack = true }, shop.World.Clock.Now);
        await shop.WorkAsync();
        shop.World.Provider.Accepted.Count.ShouldBe(sent);
    }
}
