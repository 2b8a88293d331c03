using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
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
public sealed class SendTouchpoint(
    IRowStore store,
    SendingWays ways,
    MessageRenderer renderer,
    CampaignBook book,
    BusinessSettings settings,
    BusinessCalendar calendar,
    InstanceSecret secret,
    IIdSource ids,
    TimeProvider clock
) : IQueueHandler
{
    private static readonly TimeSpan Soon = UnsentTouchpoint.Soon;

    private readonly ClaimTouchpoint _claim = new(store, clock);
    private readonly SettleTouchpoint _settle = new(store);
    private readonly OpenWork _open = new(store);
    private readonly UnsentTouchpoint _unsent = new(store);
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
                ? await _unsent.SkipAsync(partition, touch, GateReason.CustomerMerged.ToString(), now)
            : partition.LostSending(touch) is { } sent ? await partition.EndLostAsync(sent, _open, now + Soon)
            : now >= touch.ExpiresAt || touch.Coupon?.EndsOn < calendar.DayOf(now)
                ? await _unsent.EndAsync(partition, touch, TouchpointState.Expired, null, now)
            : now < touch.DueAt ? UnsentTouchpoint.Later(touch.DueAt, now)
            : await TryAsync(partition, touch, now);
    }

    private async ValueTask<HandlerAnswer> TryAsync(CustomerPartition partition, Touchpoint touch, DateTimeOffset now)
    {
        if (ways.Stop.FrozenBecause is { } frozen)
        {
            return await UnsentTouchpoint.PostponeAsync(partition, touch, now.AddMinutes(5), frozen, now);
        }

        if (await ways.Of(touch.Channel).AskAsync(now) is { } wait)
        {
            return await UnsentTouchpoint.PostponeAsync(partition, touch, wait.At, wait.Why, now);
        }

        if (Restored?.MayHaveSent(partition, touch, now) == true)
        {
            return await _unsent.SkipAsync(partition, touch, RestoreStanding.Reason, now);
        }

        if (await _contexts.FindAsync(partition, touch, now) is not { Context: var context } look)
        {
            return await _unsent.SkipAsync(partition, touch, GateReason.NobodyToWriteTo.ToString(), now);
        }

        if (SendContexts.HasComeBack(partition, context))
        {
            return await _unsent.SkipAsync(partition, touch, GateReason.OrderedMeanwhile.ToString(), now);
        }

        return Gates.AtClaim.FirstToSpeak(context) is { } verdict
            ? await _unsent.ObeyAsync(partition, touch, verdict, now)
            : await RenderAndSendAsync(partition, touch, look, now);
    }

    private async ValueTask<HandlerAnswer> RenderAndSendAsync(
        CustomerPartition partition,
        Touchpoint touch,
        SendLook look,
        DateTimeOffset now
    )
    {
        var (context, seen) = look;
        var attemptId = ids.NewId();
        var version = await book.VersionAsync(touch.Campaign, touch.Version);
        var request = _contexts.RequestFor(touch, version, context, attemptId, now);
        var outcome = renderer.Render(request);
        if (outcome is not RenderOutcome.Rendered rendered)
        {
            return await _unsent.EndAsync(partition, touch, TouchpointState.Parked, ((RenderOutcome.Refused)outcome).Reason, now);
        }

        var way = ways.Of(touch.Channel);
        if (await way.TakePlaceAsync(context, version.Sender, touch.Reference) is { } verdict)
        {
            return await _unsent.ObeyAsync(partition, touch, verdict, now);
        }

        var address = secret.AddressKeyOf(context.Contact!, context.Step.Channel)!.Value;
        var claim = await _claim.RunAsync(partition, touch, address, attemptId, settings.Cap, now, version.Campaign.Topic, seen);
        var answer = claim switch
        {
            ClaimResult.Claimed claimed => await CallAsync(way, partition, claimed.Touch, rendered.Message, request),
            ClaimResult.Denied denied => await _unsent.ForgetAsync(denied.Touch),
            _ => new HandlerAnswer.RetryAt(now + Soon),
        };
        if (claim is not ClaimResult.Claimed || answer is HandlerAnswer.RetryAt)
        {
            await way.PutBackAsync(context, version.Sender);
        }

        return answer;
    }

    private async ValueTask<HandlerAnswer> CallAsync(
        SendingWay way,
        CustomerPartition partition,
        Touchpoint claimed,
        OutboundMessage message,
        RenderRequest request
    )
    {
        var result = await way.CallAsync(message);
        var now = clock.GetUtcNow();
        ProductMeter.Sent(claimed, result);
        ProductTrace.Told(result);
        await _settle.RunAsync(claimed, result, now, partition);
        await way.TellAsync(claimed, result, request, now);
        return result switch
        {
            SendResult.ProvenNotSent p => UnsentTouchpoint.Later(p.RetryAt, now),
            SendResult.SystemicRefusal => UnsentTouchpoint.Later(now + TimeSpan.FromMinutes(5), now),
            _ => HandlerAnswer.Finished,
        };
    }
}
