using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
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
    TimeProvider clock
) : IQueueHandler
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly ClaimTouchpoint _claim = new(store, clock);
    private readonly SettleTouchpoint _settle = new(store);
    private readonly OpenWork _open = new(store);
    private readonly SendContexts _contexts = new(store, book, settings, calendar, secret);

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
            return new HandlerAnswer.Park("no such touchpoint is on file");
        }

        using var span = ProductTrace.Send(touch);
        return touch.State != TouchpointState.Planned ? HandlerAnswer.Finished
            : now >= touch.ExpiresAt ? await EndAsync(partition, touch, TouchpointState.Expired, null, now)
            : now < touch.DueAt ? Later(touch.DueAt, now)
            : await TryAsync(partition, touch, now);
    }

    private async ValueTask<HandlerAnswer> TryAsync(CustomerPartition partition, Touchpoint touch, DateTimeOffset now)
    {
        if (await control.AskAsync(now) is SendPermit.WaitUntil wait)
        {
            return await PostponeAsync(partition, touch, wait.At, wait.Why, now);
        }

        if (await _contexts.FindAsync(partition, touch, now) is not { } context)
        {
            return await EndAsync(partition, touch, TouchpointState.Skipped, GateReason.NobodyToWriteTo.ToString(), now);
        }

        if (SendContexts.HasComeBack(partition, context))
        {
            return await EndAsync(partition, touch, TouchpointState.Skipped, GateReason.OrderedMeanwhile.ToString(), now);
        }

        return Gates.AtClaim.FirstToSpeak(context) switch
        {
            CampaignDecision.Skip skip => await EndAsync(partition, touch, TouchpointState.Skipped, skip.Reason.ToString(), now),
            CampaignDecision.Hold hold => await PostponeAsync(partition, touch, hold.Until, hold.Reason.ToString(), now),
            _ => await RenderAndSendAsync(partition, touch, context, now),
        };
    }

    private async ValueTask<HandlerAnswer> RenderAndSendAsync(
        CustomerPartition partition,
        Touchpoint touch,
        DecisionContext context,
        DateTimeOffset now
    )
    {
        var attemptId = ids.NewId();
        var version = await book.VersionAsync(touch.Campaign, touch.Version);
        var outcome = renderer.Render(_contexts.RequestFor(touch, version, context, attemptId, now));
        if (outcome is not RenderOutcome.Rendered rendered)
        {
            return await EndAsync(partition, touch, TouchpointState.Parked, ((RenderOutcome.Refused)outcome).Reason, now);
        }

        var address = secret.AddressKeyOf(context.Contact!.Email!);
        return await _claim.RunAsync(partition, touch, address, attemptId, settings.Cap, now) switch
        {
            ClaimResult.Claimed claimed => await CallAsync(claimed.Touch, rendered.Message),
            ClaimResult.Denied denied => await ForgetAsync(denied.Touch),
            _ => new HandlerAnswer.RetryAt(now + Soon),
        };
    }

    private async ValueTask<HandlerAnswer> CallAsync(Touchpoint claimed, OutboundMessage message)
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
        ProductMeter.Changed(await control.TellAsync(result, now));
        return result switch
        {
            SendResult.ProvenNotSent p => Later(p.RetryAt, now),
            SendResult.SystemicRefusal => Later(now + TimeSpan.FromMinutes(5), now),
            _ => HandlerAnswer.Finished,
        };
    }

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
