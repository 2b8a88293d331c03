using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>A retry layer around the one call: what is unknown is sent again.</summary>
internal sealed record RepeatedCall() : Plant("repeated-call", Histories.Rule.AcceptedOnce)
{
    public override IMessageSender Around(IMessageSender sender, IRowStore store, TimeProvider clock) => new Repeating(sender);

    private sealed class Repeating(IMessageSender sender) : IMessageSender
    {
        public async ValueTask<SendResult> SendAsync(OutboundMessage message) =>
            await sender.SendAsync(message) is var first && first is SendResult.Unknown ? await sender.SendAsync(message) : first;
    }
}

/// <summary>The outcome is written down before the call is made.</summary>
internal sealed record SettledFirst() : Plant("settled-first", Histories.Rule.RecordedTruly)
{
    public override IMessageSender Around(IMessageSender sender, IRowStore store, TimeProvider clock) => new Settling(sender, store, clock);

    private sealed class Settling(IMessageSender sender, IRowStore store, TimeProvider clock) : IMessageSender
    {
        public async ValueTask<SendResult> SendAsync(OutboundMessage message)
        {
            if (TouchRef.TryParse(message.Reference, out var reference))
            {
                var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
                var touch = partition.TouchpointBy(reference.Touch)!;
                await new SettleTouchpoint(store).RunAsync(touch, new SendResult.Accepted(null), clock.GetUtcNow());
            }

            return await sender.SendAsync(message);
        }
    }
}

/// <summary>A sweep that takes an old claim for a dead one and plans it again: the lease that is retaken.</summary>
internal sealed record SentBackBySweep() : Plant("sent-back-by-sweep", Histories.Rule.LegalTransition)
{
    public override async ValueTask AfterSweepAsync(IRowStore store, TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var shard in Shards.All)
        {
            await foreach (var reference in new OpenWork(store).ReadAsync(today, shard))
            {
                var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
                if (partition.TouchpointBy(reference.Touch) is { State: TouchpointState.Unknown } touch)
                {
                    partition.PutTouchpoint(touch with { State = TouchpointState.Planned });
                    await partition.CommitAsync();
                }
            }
        }
    }
}
