using System.Collections.Concurrent;
using RetentionFuncs.Customers;
using RetentionFuncs.Simulation.Worlds;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Live;

/// <summary>Customers who unsubscribe, withdraw consent, move or order while a message about them is being sent.</summary>
internal sealed class LivePeople(LiveWorld world)
{
    private const double ActsNow = 0.06;
    private readonly Dictionary<string, int> _numbers = Enumerable
        .Range(0, world.Options.Customers)
        .ToDictionary(n => World.Secret.CustomerKeyOf(SimShop.CustomerId(n)).Value, n => n, StringComparer.Ordinal);

    private readonly ConcurrentBag<Task> _underWay = [];
    private int _acts;

    /// <summary>Somebody's message was taken up by a worker.</summary>
    public void Notice(string reference)
    {
        if (!world.Faults.Active || !world.Faults.Chance(ActsNow) || !TouchRef.TryParse(reference, out var touch))
        {
            return;
        }

        var number = _numbers[touch.Customer.Value];
        var now = world.Clock.GetUtcNow();
        var act = world.Faults.Below(10) switch
        {
            0 => host => host.Product.ChangePreferences.StopAsync(touch, "link", now).AsTask(),
            1 => Recorded(SimShop.NewsWith(number, null, ConsentState.Denied, now), now),
            2 => Recorded(
                SimShop.NewsWith(number, SimShop.AddressOf(world.Faults.Below(5000)), ConsentState.Granted, now) with
                {
                    EmailConsent = null,
                },
                now
            ),
            _ => Ordered(number, now),
        };
        _underWay.Add(UntilDoneAsync(act));
    }

    public Task AllAsync() => Task.WhenAll(_underWay);

    private static Func<LiveHost, Task> Recorded(CustomerNews news, DateTimeOffset now) =>
        async host => await host.Product.RecordCustomer.RunAsync(news, now);

    private Func<LiveHost, Task> Ordered(int number, DateTimeOffset now)
    {
        var order = SimShop.OrderOf(number, $"n{Interlocked.Increment(ref _acts)}", now);
        return async host => await host.Product.RecordOrders.RunAsync(SimShop.CustomerId(number), [order], now);
    }

    private async Task UntilDoneAsync(Func<LiveHost, Task> act)
    {
        await Task.Delay(world.Faults.Below(20));
        while (!await world.Staff.TryAsync(new LiveHost(world), act)) { }
    }
}
