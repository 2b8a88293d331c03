using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Identity;
using RetentionFuncs.Keeping;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Touchpoints;

/// <summary>
/// Sends one planned touchpoint: look, ask the gates again, render, claim, call once, settle. The record is written before the first
/// byte leaves, so at most one submission is ever accepted and none is without a record (record before send). Between claim and
/// settlement nothing is cancelled and nothing stands in between.
/// </summary>
/// <param name="smsControl">Of the gateway that sends text messages; null: they go onto lists.</param>
public sealed class SendTouchpoint(
    IRowStore store,
    IMessageSender sender,
    SendControl control,
    MessageRenderer renderer,
    CampaignBook book,
    BusinessSettings settings,
    BusinessCalendar calendar,
    InstanceSecret secret,
    IIdSource ids,
    TimeProvider clock,
    SendRamp? ramp = null,
    SendTally? tally = null,
    SeedCopies? seeds = null,
    SendControl? smsControl = null
) : IQueueHandler
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly ClaimTouchpoint _claim = new(store, clock);
    private readonly SettleTouchpoint _settle = new(store);
    private readonly OpenWork _open = new(store);
    private readonly SendContexts _contexts = new(store, book, settings, calendar, secret);

    /// <summary>Set by a home whose store was put back to an older state and released without a record of what was sent meanwhile.</summary>
    public RestoreStanding? Restored { get; set; }

    public async ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
    {
        if (!TouchRef.TryParse(message.Ref, out var reference))
        {
            return new HandlerAnswer.Park($"'{message.Ref}' is not a touch reference");
        }

        var now = clock.GetUtcNow();
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (partition.TouchpointBy(reference.Touch) is not { } touch)
        {
            return partition.HasErasures ? HandlerAnswer.Finished : new HandlerAnswer.Park("no such touchpoint is on file");
        }

        using var span = ProductTrace.Send(touch);
        return touch.State != TouchpointState.Planned ? HandlerAnswer.Finished
            : CustomerForward.Of(partition) is not null
                ? await EndAsync(partition, touch, TouchpointState.Skipped, GateReason.CustomerMerged.ToString(), now)
            : partition.LostSending(touch) is { } sent ? await partition.EndLostAsync(sent, _open, now + Soon)
            : now >= touch.ExpiresAt || touch.Coupon?.EndsOn < calendar.DayOf(now)
                ? await EndAsync(partition, touch, TouchpointState.Expired, null, now)
            : now < touch.DueAt ? Later(touch.DueAt, now)
            : await TryAsync(partition, touch, now);
    }

    private async ValueTask<HandlerAnswer> TryAsync(CustomerPartition partition, Touchpoint touch, DateTimeOffset now)
    {
        if (control.FrozenBecause is { } frozen)
        {
            return await PostponeAsync(partition, touch, now.AddMinutes(5), frozen, now);
        }

        if (ControlOf(touch) is { } way && await way.AskAsync(now) is SendPermit.WaitUntil wait)
        {
            return await PostponeAsync(partition, touch, wait.At, wait.Why, now);
        }

        if (Restored?.MayHaveSent(partition, touch, now) == true)
        {
            return await EndAsync(partition, touch, TouchpointState.Skipped, RestoreStanding.Reason, now);
        }

        if (await _contexts.FindAsync(partition, touch, now) is not { } context)
        {
            return await EndAsync(partition, touch, TouchpointState.Skipped, GateReason.NobodyToWriteTo.ToString(), now);
        }

        if (SendContexts.HasComeBack(partition, context))
        {
            return await EndAsync(partition, touch, TouchpointState.Skipped, GateReason.OrderedMeanwhile.ToString(), now);
        }

        return Gates.AtClaim.FirstToSpeak(context) is { } verdict
            ? await ObeyAsync(partition, touch, verdict, now)
            : await RenderAndSendAsync(partition, touch, context, now);
    }

    private async ValueTask<HandlerAnswer> ObeyAsync(
        CustomerPartition partition,
        Touchpoint touch,
        CampaignDecision verdict,
        DateTimeOffset now
    ) =>
        verdict switch
        {
            CampaignDecision.Hold hold => await PostponeAsync(partition, touch, hold.Until, hold.Reason.ToString(), now),
            CampaignDecision.Skip skip => await EndAsync(partition, touch, TouchpointState.Skipped, skip.Reason.ToString(), now),
            _ => throw new InvalidOperationException("Only a hold or a skip is a verdict against sending."),
        };

    private async ValueTask<HandlerAnswer> RenderAndSendAsync(
        CustomerPartition partition,
        Touchpoint touch,
        DecisionContext context,
        DateTimeOffset now
    )
    {
        var attemptId = ids.NewId();
        var version = await book.VersionAsync(touch.Campaign, touch.Version);
        var request = _contexts.RequestFor(touch, version, context, attemptId, now);
        var outcome = renderer.Render(request);
        if (outcome is not RenderOutcome.Rendered rendered)
        {
            return await EndAsync(partition, touch, TouchpointState.Parked, ((RenderOutcome.Refused)outcome).Reason, now);
        }

        if (
            touch.Channel == Channel.Email
            && ramp is not null
            && await ramp.AskAsync(context, version.Sender, touch.Reference) is { } verdict
        )
        {
            return await ObeyAsync(partition, touch, verdict, now);
        }

        var address = secret.AddressKeyOf(context.Contact!, context.Step.Channel)!.Value;
        var claim = await _claim.RunAsync(partition, touch, address, attemptId, settings.Cap, now, version.Campaign.Topic);
        var answer = claim switch
        {
            ClaimResult.Claimed claimed => await CallAsync(claimed.Touch, rendered.Message, request),
            ClaimResult.Denied denied => await ForgetAsync(denied.Touch),
            _ => new HandlerAnswer.RetryAt(now + Soon),
        };
        if (ramp is not null && touch.Channel == Channel.Email && (claim is not ClaimResult.Claimed || answer is HandlerAnswer.RetryAt))
        {
            // It surely did not leave: its place of the day is another's.
            await ramp.PutBackAsync(context, version.Sender);
        }

        return answer;
    }

    private async ValueTask<HandlerAnswer> CallAsync(Touchpoint claimed, OutboundMessage message, RenderRequest request)
    {
        SendResult result;
        try
        {
            result = await sender.SendAsync(message);
        }
        catch (Exception e)
        {
            // Whatever a sender throws, the message may be out: that is what Unknown is for.
            result = new SendResult.Unknown(e.GetType().Name);
        }

        var now = clock.GetUtcNow();
        ProductMeter.Sent(claimed, result);
        ProductTrace.Told(result);
        await _settle.RunAsync(claimed, result, now);
        if (ControlOf(claimed) is { } way)
        {
            ProductMeter.Changed(await way.TellAsync(result, now));
        }

        if (claimed.Channel == Channel.Email)
        {
            await AfterMailAsync(claimed, result, request, now);
        }

        return result switch
        {
            SendResult.ProvenNotSent p => Later(p.RetryAt, now),
            SendResult.SystemicRefusal => Later(now + TimeSpan.FromMinutes(5), now),
            _ => HandlerAnswer.Finished,
        };
    }

    /// <summary>Counts what a domain sends, and lets the seed addresses see what customers see.</summary>
    private async ValueTask AfterMailAsync(Touchpoint claimed, SendResult result, RenderRequest request, DateTimeOffset now)
    {
        await (tally?.CountAsync(claimed, result, now) ?? ValueTask.CompletedTask);
        if (seeds is not null && result is SendResult.Accepted)
        {
            await seeds.FollowAsync(claimed, request);
        }
    }

    /// <summary>Each provider has its own rate and breaker; what goes onto a list needs neither.</summary>
    private SendControl? ControlOf(Touchpoint touch) =>
        touch.Channel switch
        {
            Channel.Email => control,
            Channel.Sms => smsControl,
            _ => null,
        };

    /// <summary>A short wait rides on the queue alone; a long one is written down, so that people see it and the sweep leaves it be.</summary>
    private static async ValueTask<HandlerAnswer> PostponeAsync(
        CustomerPartition partition,
        Touchpoint touch,
        DateTimeOffset until,
        string why,
        DateTimeOffset now
    )
    {
        if (until - now > TimeSpan.FromMinutes(10))
        {
            partition.PutTouchpoint(touch with { DueAt = until, Reason = why });
            if (await partition.CommitAsync() is not CommitResult.Applied)
            {
                return new HandlerAnswer.RetryAt(now + Soon);
            }
        }

        return Later(until, now);
    }

    private async ValueTask<HandlerAnswer> EndAsync(
        CustomerPartition partition,
        Touchpoint touch,
        TouchpointState state,
        string? reason,
        DateTimeOffset now
    )
    {
        var ended = touch with { State = state, Reason = reason, SettledAt = now };
        partition.PutTouchpoint(ended);
        return await partition.CommitAsync() is CommitResult.Applied ? await ForgetAsync(ended) : new HandlerAnswer.RetryAt(now + Soon);
    }

    /// <summary>What ended unsent gives its address slot back before it leaves the index, so that a crash in between is mended by the sweep.</summary>
    private async ValueTask<HandlerAnswer> ForgetAsync(Touchpoint ended)
    {
        ProductMeter.Ended(ended);
        await ClaimTouchpoint.FreeAddressAsync(store, ended);
        await _open.RemoveAsync(ended);
        return HandlerAnswer.Finished;
    }

    private static HandlerAnswer.RetryAt Later(DateTimeOffset at, DateTimeOffset now) =>
        new(
            at <= now ? now.AddSeconds(1)
            : at - now > IWorkQueue.MaxDelay ? now + IWorkQueue.MaxDelay
            : at
        );
}
