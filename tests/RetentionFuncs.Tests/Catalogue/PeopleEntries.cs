using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Catalogue;

/// <summary>Entries about what providers and people say of a message that has left.</summary>
public sealed class PeopleEntries
{
    private static async Task<(TripWorld World, Touchpoint Touch)> SentAsync(params string[] customers)
    {
        var world = new TripWorld();
        foreach (var customer in customers.DefaultIfEmpty("c1"))
        {
            await world.CustomerAsync(customer);
            await world.OrderAsync(customer, "2026-03-01");
        }

        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-29");
        return (world, (await world.TouchesAsync("c1")).Single());
    }

    /// <summary>Delivered after bounced, opened before processed, a click long after the unsubscribing: each order ends alike.</summary>
    [Fact]
    public async Task Catalogue_139_every_order_of_the_same_events_ends_alike_and_the_worst_stays()
    {
        var (world, touch) = await SentAsync();
        var at = touch.SettledAt!.Value;
        DeliveryEvent Of(DeliveryEventKind kind, int minute, BounceKind? bounce = null) =>
            new(touch.Reference, touch.AttemptId!, kind, bounce, at.AddMinutes(minute), null);
        DeliveryEvent[] events =
        [
            Of(DeliveryEventKind.Opened, 1),
            Of(DeliveryEventKind.Processed, 2),
            Of(DeliveryEventKind.Bounced, 3, BounceKind.Hard),
            Of(DeliveryEventKind.Delivered, 4),
            Of(DeliveryEventKind.Unsubscribed, 5),
            Of(DeliveryEventKind.Clicked, 6),
        ];
        Touchpoint Merged(IEnumerable<DeliveryEvent> order) => order.Aggregate(touch, RecordDeliveryEvents.Merge);
        var once = Merged(events);
        (once.State, once.DeliveredAt, once.BouncedAt).ShouldBe((TouchpointState.Sent, at.AddMinutes(1), at.AddMinutes(3)));
        Orders(events).Select(Merged).ShouldAllBe(t => t == once);

        foreach (var e in events.Reverse())
        {
            await world.Product.RecordDeliveryEvents.RunAsync([e]);
        }

        (await world.TouchesAsync("c1")).Single().ShouldBe(once);
        (await StandingAsync(world, touch)).Suppression!.Reason.ShouldBe(SuppressionReason.HardBounce);
    }

    [Fact]
    public async Task Catalogue_147_a_link_clicked_by_somebody_it_was_forwarded_to_stops_only_the_address_it_went_to()
    {
        var (world, touch) = await SentAsync("c1", "c2");
        await world.Product.ChangePreferences.StopAsync(touch.Reference, "page", world.Clock.Now);

        (await StandingAsync(world, touch)).Suppression!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
        var other = (await world.TouchesAsync("c2")).Single();
        (await StandingAsync(world, other)).Suppression.ShouldBeNull();

        await world.TickEveryDayAsync("2026-06-30", "2026-07-10");
        (await world.TouchesAsync("c1")).Length.ShouldBe(1);
        (await world.TouchesAsync("c2")).Count(t => t.State == TouchpointState.Sent).ShouldBe(2);
    }

    [Fact]
    public async Task Catalogue_147_an_old_mail_does_not_speak_for_the_address_that_came_after_it()
    {
        var (world, touch) = await SentAsync();
        EmailAddress.TryParse("new@post.linden.shop", out var moved, out _).ShouldBeTrue();
        await world.CustomerAsync("c1", c => c with { Email = moved });

        await world.Product.ChangePreferences.StopAsync(touch.Reference, "page", world.Clock.Now);

        (await StandingAsync(world, touch)).Suppression!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
        var contact = (await world.PartitionAsync("c1")).ContactBy(touch.Contact)!;
        contact.EmailConsent!.State.ShouldBe(ConsentState.Granted);
        var now = world.Secret.AddressKeyOf(contact, Channel.Email)!.Value;
        (await new Suppress(world.Store).ReadAsync(now)).Suppression.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Catalogue_153_a_message_planned_for_one_address_meets_the_gate_of_the_one_that_came_after_it(bool suppressed)
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-28");
        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
        await world.Product.ReviewDue.RunAsync();
        EmailAddress.TryParse("new@post.linden.shop", out var moved, out _).ShouldBeTrue();
        await world.CustomerAsync("c1", c => c with { Email = moved });
        var contact = (await world.PartitionAsync("c1")).Contacts().Single();
        if (suppressed)
        {
            var address = world.Secret.AddressKeyOf(contact, Channel.Email)!.Value;
            await new Suppress(world.Store).RunAsync(address, new Suppression(SuppressionReason.Unsubscribed, world.Clock.Now, "x"));
        }

        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

        world.Provider.Accepted.Select(s => s.Message.To.Address).ShouldBe(suppressed ? [] : ["new@post.linden.shop"]);
        (await world.TouchesAsync("c1")).Single().State.ShouldBe(suppressed ? TouchpointState.Skipped : TouchpointState.Sent);
    }

    private static async Task<AddressStanding> StandingAsync(TripWorld world, Touchpoint touch) =>
        await new Suppress(world.Store).ReadAsync(touch.Address!.Value);

    private static IEnumerable<DeliveryEvent[]> Orders(DeliveryEvent[] events) =>
        events.Length == 0
            ?
            [
                [],
            ]
            : events.SelectMany(
                (first, i) => Orders([.. events[..i], .. events[(i + 1)..]]).Select(rest => (DeliveryEvent[])[first, .. rest])
            );
}
