using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Deliveries;

public sealed class RecordDeliveryEventsTests
{
    private static async Task<(TripWorld World, Touchpoint Touch)> SentAsync()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-29");
        return (world, (await world.TouchesAsync("c1")).Single());
    }

    private static DeliveryEvent Event(Touchpoint touch, DeliveryEventKind kind, int minutes, BounceKind? bounce = null) =>
        new(touch.Reference, touch.AttemptId!, kind, bounce, touch.SettledAt!.Value.AddMinutes(minutes), null);

    [Fact]
    public async Task Catalogue_138_events_come_46_times_and_in_any_order_with_the_same_end()
    {
        var (reference, touch) = await SentAsync();
        DeliveryEvent[] events =
        [
            Event(touch, DeliveryEventKind.Processed, 0),
            Event(touch, DeliveryEventKind.Deferred, 1),
            Event(touch, DeliveryEventKind.Delivered, 3),
            Event(touch, DeliveryEventKind.Opened, 9),
        ];
        await reference.Product.RecordDeliveryEvents.RunAsync(events);
        var expected = (await reference.TouchesAsync("c1")).Single();

        var (world, same) = await SentAsync();
        same.Reference.ShouldBe(touch.Reference);
        var random = new Random(7);
        var recorded = 0;
        for (var i = 0; i < 46; i++)
        {
            random.Shuffle(events);
            recorded += (await world.Product.RecordDeliveryEvents.RunAsync(events)).Recorded;
        }

        recorded.ShouldBe(4);
        (await world.TouchesAsync("c1")).Single().ShouldBe(expected);
    }

    [Theory]
    [InlineData(BounceKind.Hard, true)]
    [InlineData(BounceKind.Soft, false)]
    [InlineData(BounceKind.Block, false)]
    public async Task Only_a_hard_bounce_suppresses_the_address(BounceKind kind, bool suppresses)
    {
        var (world, touch) = await SentAsync();
        await world.Product.RecordDeliveryEvents.RunAsync([Event(touch, DeliveryEventKind.Bounced, 1, kind)]);
        var standing = await new Suppress(world.Store).ReadAsync(touch.Address!.Value);
        (standing.Suppression?.Reason == SuppressionReason.HardBounce).ShouldBe(suppresses);
    }

    [Fact]
    public async Task A_complaint_ends_marketing_to_the_address_and_the_journey_goes_on_without_messages()
    {
        var (world, touch) = await SentAsync();
        await world.Product.RecordDeliveryEvents.RunAsync([Event(touch, DeliveryEventKind.Complained, 60)]);
        await world.TickEveryDayAsync("2026-06-30", "2026-07-10");

        world.Provider.Accepted.Count.ShouldBe(1);
        (await world.LedgerAsync("c1")).Last(l => l.Step == "offer").Reason.ShouldBe(RetentionFuncs.Campaigns.GateReason.ComplainedBefore);
    }

    [Fact]
    public async Task An_event_about_an_attempt_that_is_not_ours_is_kept_aside()
    {
        var (world, touch) = await SentAsync();
        var foreign = Event(touch, DeliveryEventKind.Complained, 1) with { AttemptId = "somebody-elses" };
        var report = await world.Product.RecordDeliveryEvents.RunAsync([foreign]);

        report.Quarantined.ShouldBe(1);
        (await world.TouchesAsync("c1")).Single().ComplainedAt.ShouldBeNull();
        (await new Suppress(world.Store).ReadAsync(touch.Address!.Value)).Suppression.ShouldBeNull();
    }

    [Fact]
    public async Task An_event_about_a_customer_nobody_knows_creates_nobody()
    {
        var (world, touch) = await SentAsync();
        var stranger = new TouchRef(new CustomerKey(new string('x', 26)), touch.Id);
        await world.Product.RecordDeliveryEvents.RunAsync([Event(touch, DeliveryEventKind.Delivered, 1) with { Touch = stranger }]);
        (await CustomerPartition.LoadAsync(world.Store, stranger.Customer)).Profile().ShouldBeNull();
    }

    [Theory]
    [InlineData("{}", "touch")]
    [InlineData("[]", "object")]
    [InlineData("nonsense", "not JSON")]
    [InlineData("""{"touch":"short","attempt":"a","event":"delivered","at":"2026-01-01T00:00:00Z"}""", "touch")]
    public void Catalogue_140_an_odd_line_is_refused_with_what_is_wrong(string line, string problem)
    {
        DeliveryEventLines.TryParse(line, out _, out var told).ShouldBeFalse();
        told.En.ShouldContain(problem);
    }

    [Theory]
    [InlineData(DeliveryEventKind.Processed, 0)]
    [InlineData(DeliveryEventKind.Delivered, 1)]
    public async Task An_event_costs_one_read_and_one_write_whether_it_is_new_or_told_again(DeliveryEventKind kind, int closed)
    {
        var (world, touch) = await SentAsync();
        world.Store.ResetWork();

        (await world.Product.RecordDeliveryEvents.RunAsync([Event(touch, kind, 3)])).ShouldBe(new DeliveryReport(1, 0, 0));
        var first = world.Store.WorkOn(StoreTable.Customers);
        (first.Reads, first.Commits, world.Store.WorkOn(StoreTable.OpenWork).Commits).ShouldBe((1, 1, closed));

        world.Store.ResetWork();
        (await world.Product.RecordDeliveryEvents.RunAsync([Event(touch, kind, 3)])).ShouldBe(new DeliveryReport(0, 1, 0));
        var again = world.Store.WorkOn(StoreTable.Customers);
        (again.Reads, again.Commits, world.Store.WorkOn(StoreTable.OpenWork).Commits).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task What_was_finished_before_is_not_taken_out_of_the_open_work_again()
    {
        var (world, touch) = await SentAsync();
        await world.Product.RecordDeliveryEvents.RunAsync([Event(touch, DeliveryEventKind.Delivered, 3)]);
        world.Store.ResetWork();

        var again = await world.Product.RecordDeliveryEvents.RunAsync([
            Event(touch, DeliveryEventKind.Opened, 9),
            Event(touch, DeliveryEventKind.Delivered, 3),
        ]);

        (again.Recorded, again.Repeated).ShouldBe((1, 1));
        world.Store.WorkOn(StoreTable.OpenWork).Commits.ShouldBe(0);
    }

    [Fact]
    public async Task Events_told_together_are_counted_in_one_write_for_each_campaign()
    {
        var world = new TripWorld();
        for (var i = 0; i < 10; i++)
        {
            await world.CustomerAsync($"c{i}");
            await world.OrderAsync($"c{i}", "2026-03-01");
        }

        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-29");
        var touches = new List<Touchpoint>();
        for (var i = 0; i < 10; i++)
        {
            touches.AddRange(await world.TouchesAsync($"c{i}"));
        }

        world.Store.ResetWork();
        await world.Product.RecordDeliveryEvents.RunAsync([.. touches.Select(t => Event(t, DeliveryEventKind.Delivered, 3))]);

        world.Store.WorkOn(StoreTable.Control).Commits.ShouldBe(1);
        var days = await new SendingRows(world.Rows).ReadAsync("win-back", new DateOnly(2026, 6, 1));
        days.Sum(d => d.Counts.Delivered).ShouldBe(10);
    }
}
