using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Queues;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.ShopEvents;

/// <summary>From what the shop posts to what is on file.</summary>
public sealed class ShopEventTripTests
{
    private readonly TripWorld _world = new();

    [Fact]
    public async Task An_order_that_is_posted_is_on_file_and_its_words_are_forgotten()
    {
        var received = await PostAsync(Order("e1", "order.placed", "10:00"));

        received.ShouldHaveSingleItem().Receipt.ShouldBe(EventReceipt.Accepted);
        (await WaitingAsync()).Single().Id.ShouldBe("e1");
        (await OrdersAsync()).ShouldBeEmpty();
        await DeliverAsync();
        (await OrdersAsync()).Single().Total.ShouldBe(new Money(50, "EUR"));
        (await _world.PartitionAsync("c1")).Contacts().Single().Email!.Value.ShouldBe("c1@post.linden.shop");
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_message_says_nothing_of_the_person()
    {
        await PostAsync(Order("order-of-ada", "order.placed", "10:00"));
        var message = _world.Queue.Waiting.Single();
        message.Purpose.ShouldBe(Purposes.ApplyEvent);
        InboxPlace.TryParse(message.Ref, out _).ShouldBeTrue();
        message.Ref.ShouldNotContain("ada");
    }

    [Fact]
    public async Task Catalogue_093_The_same_event_a_hundred_times_is_one_order()
    {
        var first = await PostAsync([.. Enumerable.Repeat(Order("e1", "order.placed", "10:00"), 50)]);
        first.Count(e => e.Receipt == EventReceipt.Accepted).ShouldBe(1);
        first.Count(e => e.Receipt == EventReceipt.Repeated).ShouldBe(49);
        await DeliverAsync();
        await PostAsync([.. Enumerable.Repeat(Order("e1", "order.placed", "10:00"), 50)]);
        await DeliverAsync();

        (await OrdersAsync()).Count.ShouldBe(1);
        (await _world.PartitionAsync("c1")).Summary().Orders.ShouldBe(1);
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancellation_takes_the_purchase_day_back_in_whichever_order_the_events_come()
    {
        string[] events =
        [
            Order("e1", "order.placed", "10:00"),
            Order("e2", "order.refunded", "11:00", 20),
            Order("e3", "order.cancelled", "12:00"),
        ];
        foreach (
            var turn in (int[][])
                [
                    [0, 1, 2],
                    [0, 2, 1],
                    [1, 0, 2],
                    [1, 2, 0],
                    [2, 0, 1],
                    [2, 1, 0],
                ]
        )
        {
            var world = new TripWorld();
            foreach (var i in turn)
            {
                await world.Product.ReceiveShopEvents.RunAsync(Encoding.UTF8.GetBytes(events[i]));
                await world.Queue.DeliverDueAsync(world.Product.Handler);
            }

            var partition = await world.PartitionAsync("c1");
            (partition.Summary().Orders, partition.Summary().HasPurchases).ShouldBe((0, false), string.Join(',', turn));
            (await OrdersAsync(world)).Single().Status.ShouldBe(OrderStatus.Cancelled, string.Join(',', turn));
        }
    }

    [Fact]
    public async Task An_older_telling_of_a_customer_fills_gaps_and_overwrites_nothing()
    {
        await ApplyAsync(Customer("e2", "12:00", "\"locale\":\"de\",\"email\":\"new@post.linden.shop\""));
        await ApplyAsync(Customer("e1", "10:00", "\"country\":\"AT\",\"email\":\"old@post.linden.shop\""));

        var contact = (await _world.PartitionAsync("c1")).Contacts().Single();
        (contact.Email!.Value, contact.Locale, contact.Country).ShouldBe(("new@post.linden.shop", "de", "AT"));
    }

    [Fact]
    public async Task The_latest_word_on_consent_counts_in_whichever_order_it_comes()
    {
        await ApplyAsync(Consent("e2", "consent.withdrawn", "12:00"));
        await ApplyAsync(Consent("e1", "consent.given", "10:00", "\"consent\":{\"source\":\"newsletter form\"}"));
        (await ConsentAsync()).ShouldBe(ConsentState.Denied);
        await ApplyAsync(Consent("e3", "consent.given", "12:30", "\"consent\":{\"source\":\"newsletter form\"}"));
        (await ConsentAsync()).ShouldBe(ConsentState.Granted);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_kept_and_put_aside_and_no_sweep_brings_it_back()
    {
        var received = await PostAsync("""{"schema":1,"id":"odd","type":"order.placed"}""");
        received.Single().Receipt.ShouldBe(EventReceipt.SetAside);
        received.Single().Findings.Select(f => f.Path).ShouldBe(["occurredAt", "customer", "order"]);
        await DeliverAsync();

        _world.Queue.Parked.ShouldHaveSingleItem().Reason.ShouldContain("occurredAt: is missing");
        _world.Clock.Now = _world.Clock.Now.AddDays(1);
        (await _world.Product.RequeueShopEvents.RunAsync()).ShouldBe(RequeueReport.None);
        (await WaitingAsync()).Single().RefusedBecause.ShouldNotBeNull();
        _world.Clock.Now = _world.Clock.Now.AddDays(29);
        (await _world.Product.RequeueShopEvents.RunAsync()).Forgotten.ShouldBe(1);
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_whose_message_was_lost_is_queued_again_after_15_minutes()
    {
        await PostAsync(Order("e1", "order.placed", "10:00"));
        await _world.Queue.DeliverDueAsync(new Swallowing());
        _world.Clock.Now = _world.Clock.Now.AddMinutes(15).AddTicks(-1);
        (await _world.Product.RequeueShopEvents.RunAsync()).Requeued.ShouldBe(0);
        _world.Clock.Now = _world.Clock.Now.AddTicks(1);
        (await _world.Product.RequeueShopEvents.RunAsync()).Requeued.ShouldBe(1);
        _world.Queue.Waiting.Single().Seq.ShouldBe(1);
        (await _world.Product.RequeueShopEvents.RunAsync()).Requeued.ShouldBe(0);
        await DeliverAsync();
        (await OrdersAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_that_is_never_applied_is_given_up_after_eight_messages()
    {
        await PostAsync(Order("e1", "order.placed", "10:00"));
        var report = RequeueReport.None;
        for (var i = 0; i < 20; i++)
        {
            await _world.Queue.DeliverDueAsync(new Swallowing());
            _world.Clock.Now = _world.Clock.Now.AddMinutes(16);
            report = report.Plus(await _world.Product.RequeueShopEvents.RunAsync());
        }

        report.ShouldBe(new RequeueReport(7, 1, 0));
        (await WaitingAsync()).Single().RefusedBecause!.ShouldContain("8 times");
    }

    [Fact]
    public async Task A_list_and_lines_are_taken_in_and_a_broken_line_harms_no_other()
    {
        var (a, b) = (
            Order("a", "order.placed", "10:00").ReplaceLineEndings(""),
            Order("b", "order.placed", "10:00").ReplaceLineEndings("")
        );
        (await PostAsync($"[{a},7,{b}]"))
            .Select(e => (e.Place, e.Receipt))
            .ShouldBe([(1, EventReceipt.Accepted), (2, EventReceipt.Refused), (3, EventReceipt.Accepted)]);
        (await PostAsync($"{a}\r\n\n{{\"id\":\n{b}\n"))
            .Select(e => (e.Place, e.Receipt))
            .ShouldBe([(1, EventReceipt.Repeated), (3, EventReceipt.Refused), (4, EventReceipt.Repeated)]);
        (await WaitingAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_event_without_an_id_is_named_by_its_content()
    {
        var received = await PostAsync(Order("x", "order.placed", "10:00").Replace("\"id\":\"x\",", "", StringComparison.Ordinal));
        received.Single().Id.ShouldStartWith("~");
        await DeliverAsync();
        (await OrdersAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_text_or_too_many_is_not_taken_in()
    {
        (await _world.Product.ReceiveShopEvents.RunAsync(new byte[] { 0xC3, 0x28 })).Single().Receipt.ShouldBe(EventReceipt.Refused);
        (await PostAsync([.. Enumerable.Range(0, 501).Select(i => $$"""{"id":"{{i}}"}""")])).ShouldBeEmpty();
        (await PostAsync("")).ShouldBeEmpty();
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_event_is_kept_word_for_word()
    {
        var words = string.Concat(Enumerable.Repeat("Größe 😀 ", 20_000));
        var json = $$"""{"id":"large","words":"{{words}}"}""";
        await PostAsync(json);
        (await WaitingAsync()).Single().Json.ShouldBe(json);
    }

    private static string Order(string id, string type, string time, int refunded = 0) =>
        $$$"""
            {"schema":1,"id":"{{{id}}}","type":"{{{type}}}","occurredAt":"2026-03-02T{{{time}}}:00+01:00",
             "customer":{"id":"c1","email":"c1@post.linden.shop"},
             "order":{"id":"o1","placedAt":"2026-03-02T09:59:00+01:00","total":50,"currency":"EUR","refunded":{{{refunded}}}}}
            """;

    private static string Customer(string id, string time, string fields) =>
        $$$"""{"schema":1,"id":"{{{id}}}","type":"customer.changed","occurredAt":"2026-03-02T{{{time}}}:00+01:00","customer":{"id":"c1",{{{fields}}}}}""";

    private static string Consent(string id, string type, string time, string fields = "\"name\":\"Ada\"") =>
        Customer(id, time, fields).Replace("customer.changed", type, StringComparison.Ordinal);

    private async Task<IReadOnlyList<ReceivedEvent>> PostAsync(params string[] events) =>
        await _world.Product.ReceiveShopEvents.RunAsync(
            Encoding.UTF8.GetBytes(events.Length == 1 ? events[0] : string.Join('\n', events.Select(e => e.ReplaceLineEndings(""))))
        );

    private async Task ApplyAsync(string json)
    {
        (await PostAsync(json)).Single().Receipt.ShouldBe(EventReceipt.Accepted);
        await DeliverAsync();
    }

    private async Task DeliverAsync() => await _world.Queue.DeliverDueAsync(_world.Product.Handler);

    private async Task<ConsentState?> ConsentAsync() => (await _world.PartitionAsync("c1")).Contacts().Single().EmailConsent?.State;

    private Task<List<Order>> OrdersAsync() => OrdersAsync(_world);

    private static async Task<List<Order>> OrdersAsync(TripWorld world)
    {
        var orders = new List<Order>();
        await foreach (var order in RecordOrders.ReadAllAsync(world.Store, world.KeyOf("c1")))
        {
            orders.Add(order);
        }

        return orders;
    }

    private async Task<List<WaitingEvent>> WaitingAsync()
    {
        var waiting = new List<WaitingEvent>();
        foreach (var shard in Shards.All)
        {
            await foreach (var row in _world.Store.ReadAllAsync(InboxPlace.PartitionOf(shard), RowRange.All))
            {
                waiting.Add(WaitingEvent.Read(new InboxPlace(shard, row.Key), row.Properties));
            }
        }

        return waiting;
    }

    private sealed class Swallowing : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) => ValueTask.FromResult(HandlerAnswer.Finished);
    }
}
