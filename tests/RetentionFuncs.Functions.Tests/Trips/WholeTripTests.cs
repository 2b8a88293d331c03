using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.Functions.Tests.Worlds;
using RetentionFuncs.Tests.Telemetry;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Functions.Tests.Trips;

/// <summary>Order event, due, decided, queued, sent, webhook, report: through the functions, as deployed.</summary>
public sealed class WholeTripTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task An_order_falls_silent_and_one_message_goes_out_is_delivered_and_shows_in_the_report()
    {
        await using var world = await FunctionsWorld.StartAsync(azurite.ConnectionString);
        await world.OrderAsync("c1", "2026-03-01");
        await world.OrderAsync("c2", "2026-03-01");
        await world.PumpAsync();
        await world.LaunchAsync(CampaignWorks.WinBack());

        await world.TickEveryDayAsync("2026-06-27", "2026-07-02");
        world.Provider.Accepted.Select(s => s.To).Order().ShouldBe(["c1@post.linden.shop", "c2@post.linden.shop"]);

        await world.TellAsync("delivered", "open");
        var touch = (await world.TouchesAsync("c1")).ShouldHaveSingleItem();
        touch.State.ShouldBe(TouchpointState.Sent);
        touch.DeliveredAt.ShouldNotBeNull();

        await world.OrderAsync("c1", "2026-07-02");
        await world.PumpAsync();
        await world.FireAsync("BuildReport");
        await world.PumpAsync();
        using var machine = world.Machine;
        var report = JsonDocument.Parse(await machine.GetStringAsync("/machine/v1/report")).RootElement;
        report.GetRawText().ShouldContain("win-back");
        world.Provider.Accepted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_second_order_before_the_day_means_no_message_at_all()
    {
        await using var world = await FunctionsWorld.StartAsync(azurite.ConnectionString);
        await world.OrderAsync("c1", "2026-03-01");
        await world.PumpAsync();
        await world.LaunchAsync(CampaignWorks.WinBack());
        world.Clock.Now = DateTimeOffset.Parse("2026-06-20T10:00:00+02:00", null);
        await world.OrderAsync("c1", "2026-06-20");
        await world.PumpAsync();

        await world.TickEveryDayAsync("2026-06-27", "2026-07-02");

        world.Provider.Accepted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_087_a_timer_that_fires_twice_and_a_message_that_comes_twice_send_once()
    {
        await using var world = await FunctionsWorld.StartAsync(azurite.ConnectionString);
        await world.OrderAsync("c1", "2026-03-01");
        await world.OrderAsync("c1", "2026-03-01", again: true);
        await world.PumpAsync();
        await world.LaunchAsync(CampaignWorks.WinBack());

        world.Clock.Now = DateTimeOffset.Parse("2026-06-30T10:00:00+02:00", null);
        await world.FireAsync("ReviewDue");
        await world.FireAsync("ReviewDue");
        world.Broker.Faults.LostLocks.Value = 6;
        await world.PumpAsync();
        world.Clock.Now = world.Clock.Now.AddMinutes(2);
        await world.PumpAsync();

        world.Provider.Accepted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_link_in_the_message_unsubscribes_and_nothing_more_is_sent()
    {
        await using var world = await FunctionsWorld.StartAsync(azurite.ConnectionString);
        await world.OrderAsync("c1", "2026-03-01");
        await world.PumpAsync();
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-29", "2026-06-30");
        var header = world
            .Provider.Accepted.ShouldHaveSingleItem()
            .Json.GetProperty("headers")
            .GetProperty("List-Unsubscribe")
            .GetString()!;
        var path = new Uri(header.Split('<', '>')[1]).PathAndQuery;

        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        (await world.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Http.PostAsync(path, form)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await world.TickEveryDayAsync("2026-07-06", "2026-07-09");

        world.Provider.Accepted.Count.ShouldBe(1);
        (await world.Http.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_of_a_customer_stands_in_what_the_app_tells_about_itself()
    {
        var bird = Canary.Bird;
        using var tap = TelemetryTap.OfEverything();
        await using var world = await FunctionsWorld.StartAsync(azurite.ConnectionString, tap: tap);
        await world.OrderAsync(bird.ExternalId, "2026-03-01", bird.Address, bird.Name);
        await world.PumpAsync();
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-29", "2026-06-30");
        world.Provider.Accepted.ShouldHaveSingleItem();
        await world.TellAsync("processed", "deferred", "delivered", "spamreport");
        await world.FireAsync("ObserveHome");
        using var machine = world.Machine;
        (await machine.PostAsJsonAsync("/machine/v1/explain", new { customer = bird.ExternalId })).StatusCode.ShouldBe(HttpStatusCode.OK);

        tap.Texts().Count().ShouldBeGreaterThan(20);
        bird.ShouldBeInNoneOf(tap);
    }
}
