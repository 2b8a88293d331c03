using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Deliveries;

/// <summary>From a read post to the touchpoint: stored first, then queued, then merged once a customer.</summary>
public sealed class EvidenceTests
{
    internal static async Task<(TripWorld World, Touchpoint Touch)> SentAsync()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-29");
        return (world, (await world.TouchesAsync("c1")).Single());
    }

    private static ReceivedEvent Event(
        TripWorld world,
        Touchpoint touch,
        DeliveryEventKind kind,
        int minutes = 1,
        string? instance = null,
        BounceKind? bounce = null
    ) =>
        new(
            new DeliveryEvent(touch.Reference, touch.AttemptId!, kind, bounce, touch.SettledAt!.Value.AddMinutes(minutes), null),
            instance ?? world.Secret.InstanceId,
            "{\"event\":\"x\"}"
        );

    private static EventBatch Batch(params ReceivedEvent[] events) => new(events, [], 0, 0);

    private static IEnumerable<StoredRow> Inbox(TripWorld world) => world.Store.Everything(StoreTable.Inbox).Select(r => r.Row);

    private static StoredRow[] Quarantine(TripWorld world) =>
        [.. world.Store.Everything(StoreTable.Control).Where(r => r.Partition == EvidenceQuarantine.Partition).Select(r => r.Row)];

    [Fact]
    public async Task Evidence_is_on_file_before_it_is_queued_and_the_touchpoint_changes_when_it_is_merged()
    {
        var (world, touch) = await SentAsync();
        await world.Product.ReceiveEvidence.RunAsync(
            Batch(Event(world, touch, DeliveryEventKind.Processed), Event(world, touch, DeliveryEventKind.Delivered, 2))
        );

        Inbox(world).Count().ShouldBe(2);
        Inbox(world).ShouldAllBe(r => r.Properties.Text("raw") == "{\"event\":\"x\"}");
        world.Queue.Waiting.Count(m => m.Purpose == Purposes.MergeEvidence).ShouldBe(1);
        (await world.TouchesAsync("c1")).Single().DeliveredAt.ShouldBeNull();

        await world.Queue.DeliverDueAsync(world.Product.Handler);

        Inbox(world).ShouldBeEmpty();
        (await world.TouchesAsync("c1")).Single().DeliveredAt.ShouldBe(touch.SettledAt!.Value.AddMinutes(2));
    }

    [Fact]
    public async Task Each_batch_of_news_has_a_message_id_of_its_own()
    {
        var (world, touch) = await SentAsync();
        for (var i = 0; i < 3; i++)
        {
            await world.Product.ReceiveEvidence.RunAsync(Batch(Event(world, touch, DeliveryEventKind.Delivered, i)));
        }

        var messages = world.Queue.Waiting.Where(m => m.Purpose == Purposes.MergeEvidence).ToArray();
        messages.Select(m => m.Id).Distinct().Count().ShouldBe(3);
        messages.ShouldAllBe(m => m.Ref.StartsWith(touch.Customer.Value));
    }

    [Fact]
    public async Task One_message_merges_all_that_waits_and_the_next_finds_nothing()
    {
        var (world, touch) = await SentAsync();
        for (var i = 0; i < 250; i++)
        {
            await world.Product.ReceiveEvidence.RunAsync(Batch(Event(world, touch, DeliveryEventKind.Deferred, i)));
        }

        var message = world.Queue.Waiting.First(m => m.Purpose == Purposes.MergeEvidence);
        (await world.Product.Handler.HandleAsync(message)).ShouldBe(HandlerAnswer.Finished);
        Inbox(world).ShouldBeEmpty();
        (await world.Product.Handler.HandleAsync(message)).ShouldBe(HandlerAnswer.Finished);
    }

    [Fact]
    public async Task A_queue_that_is_away_leaves_the_evidence_on_file_and_says_so()
    {
        var (world, touch) = await SentAsync();
        var receive = new ReceiveEvidence(world.Store, new NoQueue(), world.Secret, world.Product.Ids, world.Clock);

        await Should.ThrowAsync<QueueUnavailableException>(async () =>
            await receive.RunAsync(Batch(Event(world, touch, DeliveryEventKind.Delivered)))
        );
        Inbox(world).Count().ShouldBe(1);

        // Told again, it is one row still, and is merged.
        await world.Product.ReceiveEvidence.RunAsync(Batch(Event(world, touch, DeliveryEventKind.Delivered)));
        Inbox(world).Count().ShouldBe(1);
        await world.Queue.DeliverDueAsync(world.Product.Handler);
        (await world.TouchesAsync("c1")).Single().DeliveredAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_repeat_within_one_post_is_one_row()
    {
        var (world, touch) = await SentAsync();
        var e = Event(world, touch, DeliveryEventKind.Delivered);
        (await world.Product.ReceiveEvidence.RunAsync(Batch(e, e, e))).Stored.ShouldBe(3);
        Inbox(world).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_138_evidence_that_comes_before_the_record_is_settled_proves_it_was_sent()
    {
        var (world, touch) = await SentAsync();
        var partition = await world.PartitionAsync("c1");
        partition.PutTouchpoint(touch with { State = TouchpointState.Sending, SettledAt = null, ProviderMessageId = null });
        await partition.CommitAsync();

        await world.Product.ReceiveEvidence.RunAsync(Batch(Event(world, touch, DeliveryEventKind.Processed)));
        await world.Queue.DeliverDueAsync(world.Product.Handler);

        (await world.TouchesAsync("c1")).Single().State.ShouldBe(TouchpointState.Sent);
    }

    [Fact]
    public async Task An_event_of_another_installation_changes_nothing_and_is_set_aside_where_the_doctor_looks()
    {
        var (world, touch) = await SentAsync();
        var report = await world.Product.ReceiveEvidence.RunAsync(
            Batch(Event(world, touch, DeliveryEventKind.Complained, instance: "another"), Event(world, touch, DeliveryEventKind.Delivered))
        );
        await world.Queue.DeliverDueAsync(world.Product.Handler);

        (report.Foreign, report.Stored).ShouldBe((1, 1));
        Quarantine(world).ShouldHaveSingleItem().Properties.Text("instance").ShouldBe("another");
        var after = (await world.TouchesAsync("c1")).Single();
        after.ComplainedAt.ShouldBeNull();
        after.DeliveredAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Odd_events_are_set_aside_once_and_a_flood_of_them_is_bounded()
    {
        var (world, _) = await SentAsync();
        var odd = Enumerable.Range(0, 10_000).Select(i => new OddEvent("is odd", $"{i}")).ToArray();
        await world.Product.ReceiveEvidence.RunAsync(new EventBatch([], odd, 0, 0));
        await world.Product.ReceiveEvidence.RunAsync(new EventBatch([], odd, 0, 0));

        Quarantine(world).Length.ShouldBe(100);
    }

    [Fact]
    public async Task An_address_the_provider_knows_as_bad_is_suppressed()
    {
        var (world, touch) = await SentAsync();
        await world.Product.ReceiveEvidence.RunAsync(Batch(Event(world, touch, DeliveryEventKind.Dropped, bounce: BounceKind.Hard)));
        await world.Queue.DeliverDueAsync(world.Product.Handler);

        (await new Suppress(world.Store).ReadAsync(touch.Address!.Value)).Suppression!.Reason.ShouldBe(SuppressionReason.HardBounce);
        (await world.TouchesAsync("c1")).Single().DroppedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Catalogue_150_evidence_about_somebody_erased_leaves_no_row_of_theirs()
    {
        var (world, touch) = await SentAsync();
        var gone = new TouchRef(new(new string('g', 26)), touch.Id);
        var e = Event(world, touch, DeliveryEventKind.Delivered);
        await world.Product.ReceiveEvidence.RunAsync(Batch(e with { Event = e.Event with { Touch = gone } }));
        await world.Queue.DeliverDueAsync(world.Product.Handler);

        Inbox(world).ShouldBeEmpty();
        world.Store.Everything(StoreTable.Customers).ShouldNotContain(r => r.Partition.Key == gone.Customer.Value);
    }

    [Fact]
    public async Task A_message_that_names_no_customer_is_put_aside() =>
        (
            await new TripWorld().Product.Handler.HandleAsync(new QueueMessage(1, "nobody", Purposes.MergeEvidence, 1))
        ).ShouldBeOfType<HandlerAnswer.Park>();

    private sealed class NoQueue : IWorkQueue
    {
        public ValueTask EnqueueAsync(QueueMessage message, DateTimeOffset notBefore) => throw new QueueUnavailableException("away");
    }
}
