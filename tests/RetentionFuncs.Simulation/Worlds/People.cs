using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>
/// The people outside. At the moment a message about one of them is taken up they may unsubscribe, withdraw consent, move to another
/// address or order, within the second in which the product decides.
/// </summary>
internal sealed class People(World world, SimRandom random)
{
    private readonly Dictionary<string, int> _numbers = Enumerable
        .Range(0, world.Options.Customers)
        .ToDictionary(n => World.Secret.CustomerKeyOf(SimShop.CustomerId(n)).Value, n => n, StringComparer.Ordinal);

    private readonly List<ProviderEvent> _told = [];
    private int _acts;

    /// <summary>False when nobody does anything any more.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Somebody's message was taken up by a worker.</summary>
    public void Notice(string reference)
    {
        if (!Active || !random.Chance(world.Options.Shop.ActsNow) || !TouchRef.TryParse(reference, out var touch))
        {
            return;
        }

        var number = _numbers[touch.Customer.Value];
        var wait = random.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        var roll = random.Share();
        Promise? promise =
            roll < 0.15 ? Promise.NoMail
            : roll < 0.25 ? Promise.NoOffers
            : roll < 0.3 ? Promise.Break
            : roll < 0.45 ? Promise.NoConsent
            : null;
        Func<Host, Task> act =
            roll < 0.15 ? async host => await host.Product.ChangePreferences.StopAsync(touch, "link", host.Clock.GetUtcNow())
            : roll < 0.25 ? (async host => await host.Product.ChangePreferences.RefuseOffersAsync(touch, host.Clock.GetUtcNow()))
            : roll < 0.3 ? PauseAsync(touch, TimeSpan.FromDays(2))
            : roll < 0.45 ? WithdrawAsync(number)
            : roll < 0.6 ? MoveAsync(number, random.Below(world.Options.Customers * 5 / 3))
            : OrderAsync(number, ++_acts);
        Act(
            roll < 0.3 ? "preferences"
                : roll < 0.6 ? "news"
                : "order",
            wait,
            act,
            Noting(reference, promise)
        );
    }

    private Action Noting(string reference, Promise? promise)
    {
        var asked = world.Scheduler.Now;
        return () => Note(reference, promise, asked);
    }

    private void Note(string reference, Promise? promise, DateTimeOffset asked)
    {
        if (promise is { } what)
        {
            world.History.Add(new HistoryEvent.Promised(world.Scheduler.Now, reference, what, asked));
        }
    }

    /// <summary>Some of what the provider has told and nobody has taken yet.</summary>
    public IReadOnlyList<ProviderEvent> NextEvents()
    {
        _told.AddRange(world.Provider.TakeEvents());
        return _told.GetRange(0, Math.Min(_told.Count, 1 + random.Below(world.Options.Shop.EventsAtOnce)));
    }

    /// <summary>Taken: not told again, except that one in ten is.</summary>
    public void Delivered(IReadOnlyList<ProviderEvent> batch)
    {
        var again = batch.Where(_ => Active && !random.Chance(0.9)).ToList();
        _told.RemoveRange(0, batch.Count);
        _told.InsertRange(0, again);
    }

    private static Func<Host, Task> PauseAsync(TouchRef touch, TimeSpan lasting) =>
        async host =>
        {
            var now = host.Clock.GetUtcNow();
            await host.Product.ChangePreferences.PauseAsync(touch, now, now + lasting);
        };

    private static Func<Host, Task> WithdrawAsync(int number) =>
        async host =>
        {
            var now = host.Clock.GetUtcNow();
            var news = SimShop.NewsWith(number, null, ConsentState.Denied, now);
            await host.Product.RecordCustomer.RunAsync(news, now);
        };

    private static Func<Host, Task> MoveAsync(int number, int address) =>
        async host =>
        {
            var now = host.Clock.GetUtcNow();
            var news = SimShop.NewsWith(number, SimShop.AddressOf(address), ConsentState.Granted, now) with { EmailConsent = null };
            await host.Product.RecordCustomer.RunAsync(news, now);
        };

    private static Func<Host, Task> OrderAsync(int number, int id) =>
        async host =>
        {
            var now = host.Clock.GetUtcNow();
            await host.Product.RecordOrders.RunAsync(SimShop.CustomerId(number), [SimShop.OrderOf(number, $"n{id}", now)], now);
        };

    /// <summary>A process for one act; who does not get through tries again.</summary>
    private void Act(string activity, TimeSpan wait, Func<Host, Task> act, Action done) =>
        _ = new SimProcess(
            world.Scheduler,
            "person",
            async life =>
            {
                life.Activity = activity;
                await world.Scheduler.Pause(wait);
                var host = new Host(world, life);
                while (!await Staff.TryAsync(world, () => act(host)))
                {
                    await world.Scheduler.Pause(TimeSpan.FromSeconds(10));
                }

                done();
            },
            (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5))
        );
}
