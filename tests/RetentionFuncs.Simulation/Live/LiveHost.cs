using System.Collections.Concurrent;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Worlds;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Live;

/// <summary>One process of the product, wired as production wires it; a crashed one is dropped and a new one built.</summary>
internal sealed class LiveHost : IMessageSender
{
    private readonly LiveWorld _world;
    private readonly SendTouchpoint _send;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _takenUp = new(StringComparer.Ordinal);

    public LiveHost(LiveWorld world)
    {
        _world = world;
        var plant = world.Options.Plant;
        IRowStore store = new LiveStore(world.Store, world.Faults, Life, world.Landings);
        var site = new PlantSite("", world.Clock);
        store = plant?.Around(store, site) ?? store;
        var sender = plant?.Around(this, store, site) ?? this;
        var governor = new SendGovernor(LiveWorld.SendLimits);
        Product = new RetentionProduct(store, world.Queue, sender, governor, SimShop.Settings, World.Secret, world.Ids, world.Clock);

        // As the product wires it, but for the renderer: its compiled templates are a pure cache, and compiling is slow.
        _send = new SendTouchpoint(
            store,
            SendingWays.Plain(sender, Product.SendControl),
            World.Renderer,
            Product.Campaigns,
            SimShop.Settings,
            Product.Calendar,
            World.Secret,
            world.Ids,
            world.Clock
        );
    }

    public LiveLife Life { get; } = new();

    public RetentionProduct Product { get; }

    public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
    {
        _takenUp[message.Ref] = _world.Clock.GetUtcNow();
        return _send.HandleAsync(message);
    }

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        var fault = _world.Faults.Draw("sender.send", PortFaults.OfSends);
        if (Life.IsDead || fault == PortFault.CrashBefore)
        {
            await Life.Crash();
        }

        _world.History.Add(at => new HistoryEvent.Called(at, message, at, _takenUp[message.Reference], true));
        await Task.Yield();
        var result = _world.Provider.Receive(message);
        if (fault == PortFault.CrashAfter)
        {
            await Life.Crash();
        }

        return result;
    }
}
