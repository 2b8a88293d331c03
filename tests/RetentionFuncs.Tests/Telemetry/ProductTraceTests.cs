using System.Diagnostics;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Messages;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Telemetry;

public sealed class ProductTraceTests
{
    /// <summary>A customer whose check-in is due on 29 June.</summary>
    private static async Task<TripWorld> DueWorldAsync()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-03-02", "2026-06-28");
        return world;
    }

    private static DeliveryEvent Delivered(Touchpoint touch) =>
        new(touch.Reference, touch.AttemptId!, DeliveryEventKind.Delivered, null, touch.SettledAt!.Value.AddMinutes(1), null);

    [Fact]
    public async Task One_trace_leads_from_the_review_over_decision_and_queue_to_the_send_and_what_is_heard_links_to_it()
    {
        var world = await DueWorldAsync();
        using var tap = TelemetryTap.OfThisFlow();

        await world.TickAsync("2026-06-29");
        var touch = (await world.TouchesAsync("c1")).Single();
        await world.Product.RecordDeliveryEvents.RunAsync([Delivered(touch), Delivered(touch) with { Kind = DeliveryEventKind.Opened }]);

        var spans = tap.Spans.ToLookup(s => s.OperationName);
        var review = spans["review"].Single();
        foreach (var name in (string[])["decide", "queue", "send"])
        {
            var span = spans[name].Single();
            span.TraceId.ShouldBe(review.TraceId);
            span.ParentSpanId.ShouldBe(review.SpanId);
            span.GetTagItem(ProductTrace.TouchTag).ShouldBe(touch.Reference.ToString());
        }

        spans["decide"].Single().GetTagItem(ProductTrace.OutcomeTag).ShouldBe("Send");
        spans["send"].Single().GetTagItem(ProductTrace.OutcomeTag).ShouldBe("Accepted");
        var hear = spans["hear"].Single();
        hear.TraceId.ShouldNotBe(review.TraceId);
        hear.Links.Single().Context.TraceId.ShouldBe(review.TraceId);
        hear.GetTagItem(ProductTrace.TouchTag).ShouldBe(touch.Reference.ToString());
    }

    [Fact]
    public async Task A_send_that_an_invocation_of_the_host_brings_stays_in_its_own_trace_and_links_the_invocation()
    {
        var world = await DueWorldAsync();
        using var tap = TelemetryTap.OfThisFlow();
        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
        await world.Product.ReviewDue.RunAsync();

        using (var invocation = new Activity("function SendTouchpoint").Start())
        {
            await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

            var send = tap.Spans.Single(s => s.OperationName == "send");
            send.TraceId.ShouldBe(tap.Spans.Single(s => s.OperationName == "review").TraceId);
            send.Links.Single().Context.ShouldBe(invocation.Context);
            Activity.Current.ShouldBe(invocation);
        }
    }

    [Fact]
    public async Task A_message_that_the_sweep_queues_again_still_finds_its_trace()
    {
        var world = await DueWorldAsync();
        using var tap = TelemetryTap.OfThisFlow();
        world.Provider.AnswerNext(new SendResult.ProvenNotSent(DateTimeOffset.Parse("2026-06-29T10:20:00+02:00", null), "busy"));
        await world.TickAsync("2026-06-29");
        world.Clock.Now = world.Clock.Now.AddHours(2);

        await world.Product.SweepOpenWork.RunAsync();
        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

        var sends = tap.Spans.Where(s => s.OperationName == "send" && s.GetTagItem(ProductTrace.OutcomeTag) is not null).ToArray();
        sends.Select(s => s.GetTagItem(ProductTrace.OutcomeTag)).ShouldBe(["ProvenNotSent", "Accepted"]);
        sends.Select(s => s.TraceId).Distinct().Count().ShouldBe(1);
        sends[0].Status.ShouldBe(ActivityStatusCode.Error);
    }

    [Fact]
    public async Task While_nobody_listens_nothing_is_kept_on_the_row()
    {
        var world = await DueWorldAsync();
        await world.TickAsync("2026-06-29");
        (await world.TouchesAsync("c1")).Single().Trace.ShouldBeNull();
    }

    [Fact]
    public async Task A_customer_passed_over_leaves_a_decision_with_the_gate_that_spoke()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1", news => news with { EmailConsent = null });
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-03-02", "2026-06-28");
        using var tap = TelemetryTap.OfThisFlow();

        await world.TickAsync("2026-06-29");

        var decide = tap.Spans.Single(s => s.OperationName == "decide");
        (decide.GetTagItem(ProductTrace.OutcomeTag), decide.GetTagItem("retention.gate")).ShouldBe(("Skip", "Consent"));
        tap.Spans.ShouldNotContain(s => s.OperationName == "queue");
    }
}
