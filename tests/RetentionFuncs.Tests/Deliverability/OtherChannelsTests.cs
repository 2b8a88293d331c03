using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.HandOffs;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Deliverability;

/// <summary>Whose events count for the rates of a mail domain.</summary>
public sealed class OtherChannelsTests
{
    private const string Counts = "sending-counts|";

    [Theory]
    [InlineData(Channel.Sms)]
    [InlineData(Channel.Phone)]
    public async Task What_becomes_of_text_messages_and_calls_says_nothing_of_a_mail_domain(Channel channel)
    {
        var world = await HandOffWorld.OneAsync(channel);

        await TellEverythingAsync(world.Trip, await world.TouchAsync());

        var touch = await world.TouchAsync();
        (touch.DeliveredAt ?? touch.BouncedAt ?? touch.ComplainedAt).ShouldNotBeNull();
        world.Trip.Store.Everything(StoreTable.Control).ShouldNotContain(r => r.Partition.Key.StartsWith(Counts, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_events_of_an_e_mail_are_counted()
    {
        var world = new TripWorld();
        await world.LaunchAsync(CampaignWorks.AfterOrder(7));
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-02");
        await world.TickAsync("2026-03-09");

        await TellEverythingAsync(world, (await world.TouchesAsync("c1")).Single());

        var rows = world.Store.Everything(StoreTable.Control).Where(r => r.Partition.Key == Counts + "after-order").ToArray();
        long Sum(string what) => rows.Sum(r => r.Row.Properties.Integer(what));
        (Sum("accepted"), Sum("delivered"), Sum("bounced"), Sum("complained")).ShouldBe((1, 1, 1, 1));
    }

    /// <summary>Every kind of event, and then the look that writes down what was counted in memory.</summary>
    private static async Task TellEverythingAsync(TripWorld world, Touchpoint touch)
    {
        var events = Enum.GetValues<DeliveryEventKind>()
            .Select(k => new DeliveryEvent(touch.Reference, touch.AttemptId!, k, BounceOf(k), world.Clock.Now, "told"));
        await world.Product.RecordDeliveryEvents.RunAsync([.. events]);
        await world.Product.WatchSending.RunAsync();
    }

    private static BounceKind? BounceOf(DeliveryEventKind kind) => kind == DeliveryEventKind.Bounced ? BounceKind.Hard : null;
}
