using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>Faults around the one call.</summary>
internal static class SendPlants
{
    public static IReadOnlyList<Plant> All { get; } =
    [
        new AroundCall(
            "repeated-call",
            Rule.AcceptedOnce,
            "a retry layer around the one call: what is unknown is sent again",
            async c => await c.Send() is var first && first is SendResult.Unknown ? await c.Send() : first
        ),
        new AroundCall(
            "settled-first",
            Rule.RecordedTruly,
            "the outcome is written down before the call is made",
            async c =>
            {
                var touch = await c.TouchAsync();
                await new SettleTouchpoint(c.Store).RunAsync(touch, new SendResult.Accepted(null), c.Site.Clock.GetUtcNow());
                return await c.Send();
            }
        ),
        Answer(
            "unknown-is-planned",
            Rule.AcceptedOnce,
            "a timeout counts as not sent",
            (r, now) => r is SendResult.Unknown ? Later(now) : r
        ),
        Answer(
            "unknown-is-refused",
            Rule.RecordedTruly,
            "a 5xx counts as a refusal",
            (r, _) => r is SendResult.Unknown ? new SendResult.Refused("5xx") : r
        ),
        Answer(
            "unknown-is-sent",
            Rule.RecordedTruly,
            "a timeout counts as sent",
            (r, _) => r is SendResult.Unknown ? new SendResult.Accepted(null) : r
        ),
        Answer(
            "refused-is-sent",
            Rule.RecordedTruly,
            "a 400 counts as sent",
            (r, _) => r is SendResult.Refused ? new SendResult.Accepted(null) : r
        ),
        new CancelledCall(),
        new AroundCall(
            "slot-freed-twice",
            Rule.CapKept,
            "the address's slot is given back although the message went",
            async c =>
            {
                var result = await c.Send();
                var touch = await c.TouchAsync();
                await new Suppress(c.Store).FreeSlotAsync(touch.Address!.Value, touch.Id.Value, c.Message.AttemptId);
                return result;
            }
        ),
        new AroundCall(
            "other-address",
            Rule.ClaimedBeforeCalled,
            "the message goes to an address that was never asked",
            c => c.Sender.SendAsync(c.Message with { To = c.Message.To with { Address = "a0@post.linden.shop" } })
        )
        {
            FoundBy = FoundBy.Second,
        },
        new SlotAfterCall(),
    ];

    private static SendResult.ProvenNotSent Later(DateTimeOffset now) => new(now + TimeSpan.FromMinutes(1), "timeout");

    private static AroundCall Answer(string name, Rule breaks, string what, Func<SendResult, DateTimeOffset, SendResult> bend) =>
        new(name, breaks, what, async c => bend(await c.Send(), c.Site.Clock.GetUtcNow()));

    /// <summary>Every tenth call is cut off by a host that shuts down, and taken for never made.</summary>
    private sealed record CancelledCall()
        : Plant("cancelled-call", Rule.AcceptedOnce, "a host that shuts down cuts calls off and takes them for never made")
    {
        public override IMessageSender Around(IMessageSender sender, IRowStore store, PlantSite site) => new Cancelling(sender, site.Clock);

        private sealed class Cancelling(IMessageSender sender, TimeProvider clock) : IMessageSender
        {
            private int _calls;

            public async ValueTask<SendResult> SendAsync(OutboundMessage message) =>
                await sender.SendAsync(message) is var result && ++_calls % 10 == 0 ? Later(clock.GetUtcNow()) : result;
        }
    }

    /// <summary>The address is written after the call.</summary>
    private sealed record SlotAfterCall() : Plant("slot-after-call", Rule.ClaimedBeforeCalled, "the address is written after the call")
    {
        public override IRowStore Around(IRowStore store, PlantSite site) => site.Sends ? new Deferring(store) : store;

        public override IMessageSender Around(IMessageSender sender, IRowStore store, PlantSite site) =>
            store is Deferring deferring ? new Catching(sender, deferring) : sender;

        private sealed class Deferring(IRowStore store) : IRowStore
        {
            private readonly List<(PartitionId, IReadOnlyList<RowWrite>)> _kept = [];

            public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
                store.ReadAsync(partition, range, limit);

            public async ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
            {
                if (partition.Table != StoreTable.Addresses)
                {
                    return await store.CommitAsync(partition, writes);
                }

                _kept.Add((partition, writes));
                return BentStore.Pretended(writes);
            }

            public async ValueTask CatchUpAsync()
            {
                var kept = _kept.ToList();
                _kept.Clear();
                foreach (var (partition, writes) in kept)
                {
                    await store.CommitAsync(partition, writes);
                }
            }
        }

        private sealed class Catching(IMessageSender sender, Deferring store) : IMessageSender
        {
            public async ValueTask<SendResult> SendAsync(OutboundMessage message)
            {
                var result = await sender.SendAsync(message);
                await store.CatchUpAsync();
                return result;
            }
        }
    }
}

/// <summary>One call about to be made.</summary>
internal sealed record Call(IMessageSender Sender, OutboundMessage Message, IRowStore Store, PlantSite Site)
{
    public ValueTask<SendResult> Send() => Sender.SendAsync(Message);

    public async ValueTask<Touchpoint> TouchAsync()
    {
        TouchRef.TryParse(Message.Reference, out var reference);
        return (await CustomerPartition.LoadAsync(Store, reference.Customer)).TouchpointBy(reference.Touch)!;
    }
}

/// <summary>Something else is done where the one call should be.</summary>
internal sealed record AroundCall(string Name, Rule Breaks, string What, Func<Call, ValueTask<SendResult>> Instead)
    : Plant(Name, Breaks, What)
{
    public override IMessageSender Around(IMessageSender sender, IRowStore store, PlantSite site) => new Bent(sender, store, site, Instead);

    private sealed class Bent(IMessageSender sender, IRowStore store, PlantSite site, Func<Call, ValueTask<SendResult>> instead)
        : IMessageSender
    {
        public ValueTask<SendResult> SendAsync(OutboundMessage message) => instead(new Call(sender, message, store, site));
    }
}
