using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Touchpoints;

/// <summary>What becomes of a touchpoint that is not sent now: it waits, or it ends.</summary>
internal sealed class UnsentTouchpoint(IRowStore store)
{
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly OpenWork _open = new(store);

    /// <summary>What a gate said against it.</summary>
    public async ValueTask<HandlerAnswer> ObeyAsync(
        CustomerPartition partition,
        Touchpoint touch,
        CampaignDecision verdict,
        DateTimeOffset now
    ) =>
        verdict switch
        {
            CampaignDecision.Hold hold => await PostponeAsync(partition, touch, hold.Until, hold.Reason.ToString(), now),
            CampaignDecision.Skip skip => await SkipAsync(partition, touch, skip.Reason.ToString(), now),
            _ => throw new InvalidOperationException("Only a hold or a skip is a verdict against sending."),
        };

    /// <summary>A short wait rides on the queue alone; a long one is written down, so that people see it and the sweep leaves it be.</summary>
    public static async ValueTask<HandlerAnswer> PostponeAsync(
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

    public ValueTask<HandlerAnswer> SkipAsync(CustomerPartition partition, Touchpoint touch, string reason, DateTimeOffset now) =>
        EndAsync(partition, touch, TouchpointState.Skipped, reason, now);

    public async ValueTask<HandlerAnswer> EndAsync(
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
    public async ValueTask<HandlerAnswer> ForgetAsync(Touchpoint ended)
    {
        ProductMeter.Ended(ended);
        await ClaimTouchpoint.FreeAddressAsync(store, ended);
        await _open.RemoveAsync(ended);
        return HandlerAnswer.Finished;
    }

    public static HandlerAnswer.RetryAt Later(DateTimeOffset at, DateTimeOffset now) =>
        new(
            at <= now ? now.AddSeconds(1)
            : at - now > IWorkQueue.MaxDelay ? now + IWorkQueue.MaxDelay
            : at
        );
}
