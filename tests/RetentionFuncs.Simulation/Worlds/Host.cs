using RetentionFuncs.Clocks;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Runs;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>
/// One process of the product: the production wiring over the world's ports. Built anew at each start, so that whatever it kept in
/// memory (breaker, campaign snapshot) is lost with a crash.
/// </summary>
internal sealed class Host : IMessageSender, IQueueHandler
{
    private readonly World _world;
    private readonly SimLife _life;
    private readonly SimClock _clock;
    private readonly SendTouchpoint _send;
    private readonly Dictionary<string, DateTimeOffset> _takenUp = new(StringComparer.Ordinal);

    public Host(World world, SimLife life)
    {
        (_world, _life, _clock) = (world, life, world.ClockOf(life.Name));
        var (plant, site) = (world.Options.Plant, new PlantSite(life.Name, _clock));
        Store = plant?.Around(world.Store, site) ?? world.Store;
        var sender = plant?.Around(this, Store, site) ?? this;
        var governor = new SendGovernor(SimShop.SendLimits);
        var (clock, ids) = (plant?.ClockAt(site) ?? _clock, plant?.Around(world.Ids) ?? world.Ids);
        var settings = plant?.SettingsOf(world.Options.Shop.Settings) ?? world.Options.Shop.Settings;
        Product = new RetentionProduct(
            Store,
            new QueuesByPurpose(world),
            sender,
            governor,
            world.Options.Shop.Settings,
            World.Secret,
            world.Ids,
            clock,
            new ProductOptions { Runs = new RunOptions { TimeBox = TimeSpan.FromSeconds(30) } }
        );

        // As the product wires it, but for the renderer: its compiled templates are a pure cache, and compiling is slow.
        _send = new SendTouchpoint(
            Store,
            SendingWays.Plain(sender, Product.SendControl),
            World.Renderer,
            Product.Campaigns,
            settings,
            new BusinessCalendar(settings.Zone),
            World.Secret,
            ids,
            clock
        );
    }

    public IRowStore Store { get; }

    public TimeProvider Clock => _clock;

    public RetentionProduct Product { get; }

    public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
    {
        _takenUp[message.Ref] = _world.Scheduler.Now;
        _world.People.Notice(message.Ref);
        return _send.HandleAsync(message);
    }

    public ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        // No rule speaks of the body, and a history that kept them all would be made of little else.
        message = message with
        {
            Html = "",
            Text = "",
        };
        var now = _world.Scheduler.Now;
        _world.History.Add(
            new HistoryEvent.Called(now, message, _clock.GetUtcNow(), _takenUp[message.Reference], _world.ClockIsSteady(_life.Name))
        );
        return _world.Provider.SendAsync(message);
    }

    /// <summary>As a home with several queues has it.</summary>
    private sealed class QueuesByPurpose(World world) : IWorkQueue
    {
        public ValueTask EnqueueAsync(QueueMessage message, DateTimeOffset notBefore) =>
            (message.Purpose == Purposes.RunShard ? world.RunQueue : world.Queue).EnqueueAsync(message, notBefore);
    }
}
