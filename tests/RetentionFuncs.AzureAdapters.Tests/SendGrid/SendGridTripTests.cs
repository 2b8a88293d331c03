using System.Net;
using RetentionFuncs.AzureAdapters.SendGrid;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Loopback;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Tests.Web;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.AzureAdapters.Tests.SendGrid;

/// <summary>The whole way over real HTTP: sent with the package, told by signed events, found in the logs.</summary>
public sealed class SendGridTripTests : IAsyncLifetime
{
    private LoopbackProvider _provider = null!;
    private SendGridMessageSender _sender = null!;
    private TripWorld _trip = null!;
    private WebhookWorld _web = null!;

    public async Task InitializeAsync()
    {
        _provider = await LoopbackProvider.StartAsync();
        _sender = SendGridMessageSenderTests.SenderTo(_provider.Endpoint);
        _trip = new TripWorld(sender: _ => _sender);
        _provider.Clock = _trip.Clock;
        _web = await WebhookWorld.StartAsync(_trip);
    }

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        _sender.Dispose();
        await _provider.DisposeAsync();
    }

    private async Task<Touchpoint> SendAsync(ProviderAct? act = null)
    {
        _provider.Acts = _ => act ?? ProviderAct.Accept;
        await _trip.CustomerAsync("c1");
        await _trip.OrderAsync("c1", "2026-03-01");
        await _trip.LaunchAsync(CampaignWorks.WinBack());
        await _trip.TickEveryDayAsync("2026-06-25", "2026-06-29");
        return await TouchAsync();
    }

    private async Task<Touchpoint> TouchAsync() => (await _trip.TouchesAsync("c1")).Single();

    private async Task<StoredRow[]> EvidenceAsync(Touchpoint touch) =>
        [.. await _trip.Store.ReadAllAsync(CustomerPartition.IdOf(touch.Customer), DeliveryEventRows.RangeOf(touch.Id)).ToListAsync()];

    [Fact]
    public async Task Catalogue_138_a_message_whose_events_come_twice_over_and_out_of_order_is_delivered_once()
    {
        var touch = await SendAsync();
        touch.ShouldSatisfyAllConditions(
            t => t.State.ShouldBe(TouchpointState.Sent),
            t => t.ProviderMessageId.ShouldBe(_provider.Accepted.Single().MessageId)
        );
        var (sent, at) = (_provider.Accepted.Single(), touch.SettledAt!.Value);
        Dictionary<string, object>[] events =
        [
            _web.Events.Event(sent, "open", at.AddMinutes(9)),
            _web.Events.Event(sent, "delivered", at.AddMinutes(3), ("response", "250 OK")),
            _web.Events.Event(sent, "processed", at.AddMinutes(1)),
            _web.Events.Event(sent, "deferred", at.AddMinutes(2), ("attempt", "1"), ("response", "451 later")),
        ];
        var random = new Random(3);
        for (var i = 0; i < 12; i++)
        {
            random.Shuffle(events);
            var part = random.Next(1, 5);
            (await _web.PostAsync(LoopbackEvents.Body([.. events[..part]]))).ShouldBe(HttpStatusCode.NoContent);
            (await _web.PostAsync(LoopbackEvents.Body([.. events]))).ShouldBe(HttpStatusCode.NoContent);
            if (i % 3 == 0)
            {
                await _trip.Queue.DeliverDueAsync(_trip.Product.Handler);
            }
        }

        await _trip.Queue.DeliverDueAsync(_trip.Product.Handler);

        (await TouchAsync()).DeliveredAt.ShouldBe(at.AddMinutes(3));
        var evidence = await EvidenceAsync(touch);
        evidence.Select(r => r.Properties.Text("kind")).Order().ShouldBe(["Deferred", "Delivered", "Opened", "Processed"]);
        _trip.Store.Everything(StoreTable.Inbox).ShouldBeEmpty();
        _trip.Queue.Parked.ShouldBeEmpty();
        _provider.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_141_forged_events_are_refused_and_nothing_is_written()
    {
        var touch = await SendAsync();
        using var forger = new LoopbackEvents();
        var before = _web.Everything();
        var body = LoopbackEvents.Body(forger.Event(_provider.Accepted.Single(), "spamreport", touch.SettledAt!.Value));

        (await _web.SendAsync(forger.Post(_web.Webhook, body, _trip.Clock.Now))).ShouldBe(HttpStatusCode.Unauthorized);

        _web.Everything().ShouldBe(before);
    }

    [Fact]
    public async Task Catalogue_106_a_cut_off_answer_is_repaired_by_the_events_alone()
    {
        var touch = await SendAsync(new ProviderAct.CutAfter());
        touch.State.ShouldBe(TouchpointState.Unknown);
        var body = LoopbackEvents.Body(_web.Events.Event(_provider.Accepted.Single(), "delivered", touch.ClaimedAt!.Value.AddMinutes(1)));

        (await _web.Events.DeliverAsync(_web.Http, _web.Webhook, body, _trip.Clock.Now)).ShouldBe([HttpStatusCode.NoContent]);
        await _trip.Queue.DeliverDueAsync(_trip.Product.Handler);

        (await TouchAsync()).ShouldSatisfyAllConditions(t => t.State.ShouldBe(TouchpointState.Sent), t => t.DeliveredAt.ShouldNotBeNull());
        _provider.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_hard_bounce_by_webhook_ends_the_journey_for_the_address()
    {
        var touch = await SendAsync();
        var bounce = _web.Events.Event(
            _provider.Accepted.Single(),
            "bounce",
            touch.SettledAt!.Value.AddMinutes(1),
            ("type", "bounce"),
            ("bounce_classification", "Invalid Address"),
            ("status", "5.1.1"),
            ("reason", "550 no such user")
        );
        _ = await _web.PostAsync(LoopbackEvents.Body(bounce));
        await _trip.Queue.DeliverDueAsync(_trip.Product.Handler);
        await _trip.TickEveryDayAsync("2026-06-30", "2026-07-10");

        _provider.Requests.ShouldBe(1);
        (await _trip.LedgerAsync("c1")).Last(l => l.Step == "offer").Reason.ShouldBe(RetentionFuncs.Campaigns.GateReason.HardBounced);
    }

    [Fact]
    public async Task A_cut_off_answer_is_found_in_the_logs_with_all_they_tell()
    {
        var touch = await SendAsync(new ProviderAct.CutAfter());
        _provider.LoggedEvents = s =>
            [
                new()
                {
                    ["event"] = "delivered",
                    ["timestamp"] = s.At.AddMinutes(2).ToUnixTimeSeconds(),
                    ["email"] = s.To,
                    ["response"] = "250 OK",
                },
            ];
        using var log = SendGridEmailLogTests.LogAt(_provider, _trip.Clock);
        var reconcile = new ReconcileUnknowns(_trip.Store, _trip.Product.RecordDeliveryEvents, _trip.Secret, log, _trip.Clock);
        _trip.Clock.Now = touch.ClaimedAt!.Value.AddMinutes(15);

        (await reconcile.RunAsync()).Found.ShouldBe(1);

        (await TouchAsync()).ShouldSatisfyAllConditions(t => t.State.ShouldBe(TouchpointState.Sent), t => t.DeliveredAt.ShouldNotBeNull());
        (await EvidenceAsync(touch)).Select(r => r.Properties.TextOrNull("detail")).ShouldContain(d => d!.Contains("Email Logs as m-"));
        _provider.Requests.ShouldBe(1);
    }
}
