using System.Diagnostics.Metrics;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Telemetry;

/// <summary>
/// The numbers of a running home, as instruments of the meter <see cref="Name"/>. What each means and what to do about it stands in
/// infra/OPERATIONS.md. Tags hold campaign keys and words of ours only, never anything of a person. Costs next to nothing while nobody listens.
/// </summary>
public static class ProductMeter
{
    public const string Name = "RetentionFuncs";

    private const string Nobody = "none";

    private static readonly Meter Meter = new(Name);

    /// <summary>Customers looked at because something fell due.</summary>
    public static Counter<long> CustomersReviewed { get; } =
        Meter.CreateCounter<long>("retention.customers.reviewed", "{customer}", "Customers looked at because something fell due.");

    /// <summary>Decisions on file, by campaign, verdict and the gate that spoke.</summary>
    public static Counter<long> Decisions { get; } =
        Meter.CreateCounter<long>("retention.decisions", "{decision}", "Decisions on file, by campaign, verdict and the gate that spoke.");

    /// <summary>Seconds a message waited in its queue after it might first have been taken.</summary>
    public static Histogram<double> QueueAge { get; } =
        Meter.CreateHistogram<double>("retention.queue.age", "s", "How long a message waited after it might first have been taken.");

    /// <summary>Calls to the provider, by campaign and outcome.</summary>
    public static Counter<long> Sends { get; } =
        Meter.CreateCounter<long>("retention.sends", "{message}", "Calls to the provider, by campaign and outcome.");

    /// <summary>Touchpoints that ended without a call, by campaign and state: Skipped, Expired, Parked.</summary>
    public static Counter<long> EndedUnsent { get; } =
        Meter.CreateCounter<long>("retention.touchpoints.unsent", "{touchpoint}", "Touchpoints that ended without a call, by state.");

    /// <summary>Touchpoints sent 72 hours ago of which nothing was heard since, by campaign.</summary>
    public static Counter<long> Unconfirmed { get; } =
        Meter.CreateCounter<long>(
            "retention.touchpoints.unconfirmed",
            "{touchpoint}",
            "Touchpoints sent 72 hours ago of which nothing was heard."
        );

    /// <summary>What the sweep had to mend, by kind: Requeued (its message was lost), Reaped (its claim never came back).</summary>
    public static Counter<long> Mended { get; } =
        Meter.CreateCounter<long>("retention.touchpoints.mended", "{touchpoint}", "What the sweep had to mend, by kind.");

    /// <summary>Delivery events on file for the first time, by campaign, kind and bounce.</summary>
    public static Counter<long> DeliveryEvents { get; } =
        Meter.CreateCounter<long>("retention.delivery.events", "{event}", "Delivery events on file for the first time, by kind.");

    /// <summary>Delivery events about an attempt that is not ours: a reason to look for a clone.</summary>
    public static Counter<long> Quarantined { get; } =
        Meter.CreateCounter<long>("retention.delivery.quarantined", "{event}", "Delivery events about an attempt that is not ours.");

    /// <summary>Requests to a webhook that were turned away, by webhook and reason.</summary>
    public static Counter<long> WebhookRefusals { get; } =
        Meter.CreateCounter<long>("retention.webhook.refusals", "{request}", "Webhook requests turned away, by webhook and reason.");

    /// <summary>The shop's events taken in, by kind.</summary>
    public static Counter<long> ShopEvents { get; } =
        Meter.CreateCounter<long>("retention.shop.events", "{event}", "The shop's events taken in, by kind.");

    /// <summary>Times the breaker opened or closed.</summary>
    public static Counter<long> BreakerChanges { get; } =
        Meter.CreateCounter<long>("retention.breaker.changes", "{change}", "Times the breaker opened or closed.");

    /// <summary>Messages put aside for a person, by queue.</summary>
    public static Counter<long> MessagesParked { get; } =
        Meter.CreateCounter<long>("retention.messages.parked", "{message}", "Messages put aside for a person, by queue.");

    /// <summary>Timer runs that came to their end, by run: the heartbeat.</summary>
    public static Counter<long> RunsFinished { get; } =
        Meter.CreateCounter<long>("retention.runs.finished", "{run}", "Timer runs that came to their end, by run.");

    // The gauges are written once per observation and not kept: an instance that observes no more repeats no old value.

    /// <summary>1 while the breaker keeps messages back, else 0.</summary>
    public static Gauge<long> BreakerOpen { get; } =
        Meter.CreateGauge<long>("retention.breaker.open", "1", "1 while the breaker keeps messages back, else 0.");

    /// <summary>1 while a person has stopped all sending, else 0.</summary>
    public static Gauge<long> SendingStopped { get; } =
        Meter.CreateGauge<long>("retention.sending.stopped", "1", "1 while a person has stopped all sending, else 0.");

    /// <summary>Touchpoints that may or may not have been sent and wait for evidence.</summary>
    public static Gauge<long> UnknownsOpen { get; } =
        Meter.CreateGauge<long>("retention.unknowns.open", "{touchpoint}", "Touchpoints that may or may not have been sent.");

    /// <summary>Touchpoints that are not finished: planned, sending, unknown, or sent and unconfirmed.</summary>
    public static Gauge<long> OpenTouchpoints { get; } =
        Meter.CreateGauge<long>("retention.touchpoints.open", "{touchpoint}", "Touchpoints that are not finished.");

    /// <summary>Reviews that are due and not done; counted up to 1,000 in each day and shard.</summary>
    public static Gauge<long> DueBacklog { get; } =
        Meter.CreateGauge<long>("retention.due.backlog", "{row}", "Reviews that are due and not done.");

    /// <summary>Days since the oldest of them fell due; 0 when none waits.</summary>
    public static Gauge<long> DueOldest { get; } =
        Meter.CreateGauge<long>("retention.due.oldest", "d", "Days since the oldest review that is not done fell due.");

    /// <summary>Days since the last refit of the scores.</summary>
    public static Gauge<double> ModelAge { get; } =
        Meter.CreateGauge<double>("retention.model.age", "d", "Days since the last refit of the scores.");

    /// <summary>Messages left in a campaign's budget, by campaign; nothing for a campaign without one.</summary>
    public static Gauge<long> BudgetLeft { get; } =
        Meter.CreateGauge<long>("retention.budget.left", "{message}", "Messages left in a campaign's budget.");

    /// <summary>Every instrument, in the order of the page.</summary>
    public static IReadOnlyList<Instrument> All { get; } =
    [
        CustomersReviewed,
        Decisions,
        QueueAge,
        Sends,
        EndedUnsent,
        Unconfirmed,
        Mended,
        DeliveryEvents,
        Quarantined,
        WebhookRefusals,
        ShopEvents,
        BreakerChanges,
        MessagesParked,
        RunsFinished,
        BreakerOpen,
        SendingStopped,
        UnknownsOpen,
        OpenTouchpoints,
        DueBacklog,
        DueOldest,
        ModelAge,
        BudgetLeft,
    ];

    public static void Decided(string campaign, CampaignDecision decision) =>
        Decisions.Add(
            1,
            new("campaign", campaign),
            new("verdict", ProductWords.VerdictOf(decision)),
            new("gate", ProductWords.GateOf(decision) ?? Nobody)
        );

    public static void Sent(Touchpoint touch, SendResult result) =>
        Sends.Add(1, new("campaign", touch.Campaign), new("outcome", ProductWords.OutcomeOf(result)));

    public static void Ended(Touchpoint touch) => EndedUnsent.Add(1, new("campaign", touch.Campaign), new("state", touch.State.ToString()));

    public static void LeftUnconfirmed(Touchpoint touch) =>
        Unconfirmed.Add(1, new KeyValuePair<string, object?>("campaign", touch.Campaign));

    public static void Swept(SweepReport report)
    {
        Mend("Requeued", report.Requeued);
        Mend("Reaped", report.Reaped);
    }

    /// <summary>Called when a whole sweep is through, not for a part of it.</summary>
    public static void Looked(SweepReport report)
    {
        OpenTouchpoints.Record(report.Looked - report.Closed);
        UnknownsOpen.Record(report.Unknown);
    }

    public static void Heard(string campaign, DeliveryEvent e) =>
        DeliveryEvents.Add(1, new("campaign", campaign), new("kind", e.Kind.ToString()), new("bounce", e.Bounce?.ToString() ?? Nobody));

    public static void Changed(BreakerChange change)
    {
        if (change != BreakerChange.None)
        {
            BreakerChanges.Add(1, new KeyValuePair<string, object?>("change", change.ToString()));
        }
    }

    /// <param name="waited">Since it was visible; a clock that ran behind counts as no wait.</param>
    public static void Taken(string queue, TimeSpan waited) =>
        QueueAge.Record(Math.Max(0, waited.TotalSeconds), new KeyValuePair<string, object?>("queue", queue));

    public static void Parked(string purpose) =>
        MessagesParked.Add(
            1,
            new KeyValuePair<string, object?>("queue", Purposes.All.Contains(purpose) ? WorkQueues.For(purpose) : Nobody)
        );

    /// <param name="run">One of <see cref="Runs.RunKind"/>, or a timer's own name.</param>
    public static void RunFinished(string run) => RunsFinished.Add(1, new KeyValuePair<string, object?>("run", run));

    /// <param name="webhook">E.g. <c>sendgrid</c>, <c>shop</c>.</param>
    /// <param name="reason">One word of ours, e.g. <c>signature</c>, <c>stale</c>, <c>too-large</c>; never what was sent.</param>
    public static void Refused(string webhook, string reason) => WebhookRefusals.Add(1, new("webhook", webhook), new("reason", reason));

    /// <param name="kind">The event's kind as the product names it, never what was sent.</param>
    public static void ShopEvent(string kind) => ShopEvents.Add(1, new KeyValuePair<string, object?>("kind", kind));

    private static void Mend(string kind, int count)
    {
        if (count > 0)
        {
            Mended.Add(count, new KeyValuePair<string, object?>("kind", kind));
        }
    }
}
