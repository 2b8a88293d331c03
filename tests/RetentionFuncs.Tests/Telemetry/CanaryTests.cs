using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Telemetry;

public sealed class CanaryTests
{
    [Fact]
    public async Task No_part_of_a_customer_appears_in_any_span_metric_or_log_of_a_whole_trip()
    {
        var (world, bird) = (new TripWorld(), Canary.Bird);
        var id = bird.ExternalId.ToLowerInvariant();
        using var tap = TelemetryTap.OfEverything();
        var key = await bird.MoveIntoAsync(world);
        await world.OrderAsync(id, "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.LaunchAsync(CampaignWorks.AfterOrder(3));

        // Every ending of a call, with the provider's words about the address in it.
        world.Provider.AnswerNext(new SendResult.Refused($"{bird.Address} is not accepted"));
        world.Provider.AnswerNext(new SendResult.ProvenNotSent(world.Clock.Now.AddDays(1), $"later, {bird.Name}"));
        await world.TickEveryDayAsync("2026-03-02", "2026-06-29");
        world.Provider.AnswerNext(new SendResult.Unknown($"no answer for {bird.Address}"));
        await world.TickEveryDayAsync("2026-06-30", "2026-07-12");
        foreach (var touch in (await world.TouchesAsync(id)).Where(t => t.AttemptId is not null))
        {
            await world.Product.RecordDeliveryEvents.RunAsync([
                new DeliveryEvent(
                    touch.Reference,
                    touch.AttemptId!,
                    DeliveryEventKind.Bounced,
                    BounceKind.Hard,
                    world.Clock.Now,
                    bird.Address
                ),
                new DeliveryEvent(touch.Reference, "not-ours", DeliveryEventKind.Complained, null, world.Clock.Now, bird.Address),
            ]);
        }

        await world.Product.Handler.HandleAsync(new QueueMessage(1, bird.Address, bird.ExternalId, 1));
        await world.Product.RefitScores.RunIfDueAsync();
        await world.Product.ObserveHome.RunAsync();

        tap.Spans.Count(s => s.GetTagItem("retention.touch") is string text && text.StartsWith(key.Value, StringComparison.Ordinal))
            .ShouldBeGreaterThan(5);
        tap.Measurements.ShouldNotBeEmpty();
        bird.ShouldBeInNoneOf(tap);
    }

    [Theory]
    [InlineData("wrenfold.zqxette+gelb@kanarix-haus.shop")]
    [InlineData("MAIL TO ZQXETTE FAILED")]
    [InlineData("dear Zqxandra")]
    [InlineData("orders of kunde-ZQX4417")]
    public void A_leak_is_found_wherever_it_is(string leak)
    {
        using var tap = TelemetryTap.OfThisFlow();
        using (var source = new ActivitySource("RetentionFuncs"))
        {
            source.StartActivity("send")!.SetTag("to", leak).Dispose();
            source.StartActivity("send")!.SetStatus(ActivityStatusCode.Error, leak).Dispose();
            source.StartActivity("send")!.AddEvent(new ActivityEvent(leak)).Dispose();
        }

        RetentionFuncs.Telemetry.ProductMeter.Refused("sendgrid", leak);
        using var loggers = LoggerFactory.Create(b => b.AddProvider(tap));
        loggers.CreateLogger("any").LogInformation("Sent to {To}", leak);

        var leaks = Canary.Bird.LeaksIn(tap.Texts());
        leaks.Count(l => l.Contains("span")).ShouldBeGreaterThanOrEqualTo(3);
        leaks.ShouldContain(l => l.Contains("metric"));
        leaks.ShouldContain(l => l.Contains("in log"));
    }
}
