using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.HandOffs;

/// <summary>Two who make lists of calls while references still arrive, on one store, each call of it a chance to fall between the others.</summary>
internal sealed class ListMakers
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-03-09T09:00:00Z", null);

    private readonly SimScheduler _scheduler;
    private readonly FaultPlan _plan;
    private readonly MakeBatch _make;
    private readonly HandOffTray _tray;
    private readonly List<(HandOffBatch Batch, string[] Items)> _given = [];
    private readonly HashSet<string> _put = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);

    public ListMakers(ulong seed, FaultRates rates)
    {
        _scheduler = new SimScheduler(seed, Morning);
        _plan = new FaultPlan(_scheduler.Random.Fork(), rates);
        Store = new SimRowStore(new PortCalls(_scheduler, _plan)) { MaxPageRows = 3 };
        _tray = new HandOffTray(Store);
        _make = new MakeBatch(Store, new BusinessCalendar("Europe/Berlin"), new SimClock(_scheduler));
        Begin(
            "sender",
            24,
            async i =>
            {
                if (await _tray.TryPutAsync(Channel.Phone, Reference(i), "attempt"))
                {
                    _put.Add(Reference(i).ToString());
                }
            }
        );
        Begin("first", 8, _ => MakeAsync());
        Begin("second", 8, _ => MakeAsync());
    }

    public SimRowStore Store { get; }

    public static TouchRef Reference(int number)
    {
        var letters = $"{(char)('a' + (number / 26))}{(char)('a' + (number % 26))}";
        return new TouchRef(new CustomerKey(letters + new string('c', 24)), new TouchId(letters + new string('t', 24)));
    }

    /// <summary>What a list holds now, read behind the store's back.</summary>
    public static string[] ItemsOf(SimRowStore store, string batch) =>
        [
            .. store
                .Everything(StoreTable.Control)
                .Where(r => r.Partition.Key == "handoff-batch|" + batch && TouchRef.TryParse(r.Row.Key, out _))
                .Select(r => r.Row.Key),
        ];

    /// <summary>Everybody does their work, faults and all; then the store is well and what is left over is listed.</summary>
    public async Task RunAsync()
    {
        _scheduler.RunUntilIdle();
        _scheduler.Failures.ShouldBeEmpty();
        _plan.Active = false;
        while (await _make.RunAsync(Channel.Phone) is { } batch)
        {
            _given.Add((batch, ItemsOf(Store, batch.Id)));
        }
    }

    public async Task ShouldHaveListedEverybodyOnceAsync(string world)
    {
        (await _tray.CountAsync(Channel.Phone)).ShouldBe(0, world);
        var batches = await _tray.BatchesAsync();
        batches.ShouldAllBe(b => b.IsClosed && b.Count > 0, world);
        var listed = batches.SelectMany(b => ItemsOf(Store, b.Id)).ToArray();
        listed.Length.ShouldBe(listed.Distinct(StringComparer.Ordinal).Count(), world);
        _put.Except(listed, StringComparer.Ordinal).ShouldBeEmpty(world);
        foreach (var (batch, items) in _given)
        {
            items.ShouldBe(ItemsOf(Store, batch.Id), $"{world}: {batch.Id} is no longer what was given out");
            batch.Count.ShouldBe(items.Length, $"{world}: {batch.Id}");
        }
    }

    private async Task MakeAsync()
    {
        if (await _make.RunAsync(Channel.Phone) is { } batch)
        {
            _given.Add((batch, ItemsOf(Store, batch.Id)));
        }
    }

    /// <summary>A process that does its work so many times, crashes included.</summary>
    private void Begin(string name, int times, Func<int, Task> work)
    {
        _left[name] = times;
        var random = _scheduler.Random.Fork();
        _ = new SimProcess(_scheduler, name, LiveAsync, (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(300)));

        async Task LiveAsync(SimLife life)
        {
            while (_left[name]-- > 0)
            {
                await _scheduler.Pause(random.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(150)));
                try
                {
                    await work(_left[name]);
                }
                catch (StoreUnavailableException)
                {
                    // The next one finishes it.
                }
            }
        }
    }
}
