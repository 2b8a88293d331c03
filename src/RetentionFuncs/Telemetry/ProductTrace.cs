using System.Diagnostics;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Telemetry;

/// <summary>
/// The spans of a touchpoint's way: review, decide, queue, send, hear. Queues carry references only, so the trace is kept on the
/// touchpoint's row: the send goes on with the trace it was planned in, and what is heard later links to it. Tags hold opaque ids and
/// words of ours only. While nobody listens no span is made and nothing is kept.
/// </summary>
public static class ProductTrace
{
    public const string Name = "RetentionFuncs";

    /// <summary><c>CustomerKey.TouchId</c>: what to search a touchpoint's spans by.</summary>
    public const string TouchTag = "retention.touch";

    public const string CustomerTag = "retention.customer";
    public const string CampaignTag = "retention.campaign";
    public const string StepTag = "retention.step";
    public const string OutcomeTag = "retention.outcome";
    public const string RunTag = "retention.run";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Where we are, as a W3C traceparent, for a row to keep; null when nobody traces.</summary>
    public static string? Here => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null;

    /// <summary>One customer is looked at.</summary>
    public static Activity? Review(CustomerKey customer) =>
        Source.StartActivity("review") is { } span ? span.SetTag(CustomerTag, customer.Value) : null;

    /// <summary>A decision that is now on file: a span without length, beneath the review that came to it.</summary>
    public static void Decided(string campaign, string step, TouchRef touch, CampaignDecision decision)
    {
        using var span = Source.StartActivity("decide");
        span?.SetTag(TouchTag, touch.ToString())
            .SetTag(CampaignTag, campaign)
            .SetTag(StepTag, step)
            .SetTag(OutcomeTag, ProductWords.VerdictOf(decision))
            .SetTag("retention.gate", ProductWords.GateOf(decision));
    }

    /// <summary>The touchpoint's message is put into the queue.</summary>
    public static Activity? Queue(Touchpoint touch) => Named(Source.StartActivity("queue", ActivityKind.Producer), touch);

    /// <summary>Goes on with the trace the touchpoint was planned in; the trace of the message that brought us here is linked.</summary>
    public static Activity? Send(Touchpoint touch)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var here = Activity.Current?.Context;
        var span =
            ContextOf(touch) is { } planned && planned.TraceId != here?.TraceId
                ? Source.StartActivity(ActivityKind.Consumer, planned, links: here is { } h ? [new(h)] : [], name: "send")
                : Source.StartActivity("send", ActivityKind.Consumer);
        return Named(span, touch);
    }

    /// <summary>Says what the call came to, on the span of the send.</summary>
    public static void Told(SendResult result)
    {
        var send = Current?.SetTag(OutcomeTag, ProductWords.OutcomeOf(result));
        if (result is not SendResult.Accepted)
        {
            send?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Delivery events of one touchpoint are merged; <see cref="About"/> names it once it is read.</summary>
    public static Activity? Hear() => Source.StartActivity("hear", ActivityKind.Consumer);

    /// <summary>Names the touchpoint on the span and links the trace it was planned in; once, however often it is told.</summary>
    public static void About(Touchpoint touch)
    {
        if (Named(Current, touch) is { } named && ContextOf(touch) is { } planned && named.Links.All(l => l.Context != planned))
        {
            named.AddLink(new ActivityLink(planned));
        }
    }

    /// <summary>One timer's run, or one shard of it.</summary>
    /// <param name="run">The kind of the run.</param>
    /// <param name="id">Opaque: the run's own id, with the shard when it is one shard's part.</param>
    public static Activity? Run(string run, string id) => Source.StartActivity("run")?.SetTag(RunTag, id).SetTag("retention.run.kind", run);

    private static Activity? Current => Activity.Current is { Source.Name: Name } span ? span : null;

    private static Activity? Named(Activity? span, Touchpoint touch) =>
        span?.SetTag(TouchTag, touch.Reference.ToString()).SetTag(CampaignTag, touch.Campaign).SetTag(StepTag, touch.Step);

    private static ActivityContext? ContextOf(Touchpoint touch) =>
        ActivityContext.TryParse(touch.Trace, null, isRemote: true, out var context) ? context : null;
}
