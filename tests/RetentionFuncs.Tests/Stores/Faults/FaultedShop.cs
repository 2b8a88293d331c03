using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Messages;
using RetentionFuncs.Orders;
using RetentionFuncs.Queues;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Simulation.Worlds;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Stores.Faults;

/// <summary>A small shop on a disk that may fail: customers come in, a message to each is planned, claimed, sent and settled.</summary>
internal sealed class FaultedShop : IDisposable
{
    private const int Customers = 3;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly ScratchFolder _folder = new();
    private readonly SimClock _clock = new(Start.AddDays(1).AddHours(1));
    private readonly SimQueue _queue;
    private readonly SimProvider _provider;
    private readonly HashSet<int> _known = [];
    private readonly HashSet<int> _bought = [];

    /// <summary>Whose order was on file when the day's campaign was gone through to its end: nobody else needs to be written to.</summary>
    private int[]? _owed;
    private SqliteDatabase? _database;
    private RetentionProduct? _product;

    private FaultedShop()
    {
        (_queue, _provider) = (SimQueue.Quiet(_clock), SimProvider.Quiet(_clock));
        _queue.ThrowsThrough = false;
    }

    /// <summary>Verbs that failed while the disk did.</summary>
    public int Failed { get; private set; }

    /// <summary>A folder with campaigns in it and nobody to write to yet.</summary>
    public static async Task<ScratchFolder> TemplateAsync()
    {
        var folder = new ScratchFolder();
        using var database = SqliteDatabase.Open(folder.Path);
        var clock = new SimClock(Start);
        var product = ProductOver(database, SimQueue.Quiet(clock), SimProvider.Quiet(clock), clock);
        foreach (var version in SimShop.Campaigns(product.Calendar.DayOf(Start)).Where(v => v.Campaign.Key == "news"))
        {
            await product.LaunchCampaign.ApplyAsync(version);
            await product.LaunchCampaign.LaunchAsync(version.Campaign.Key);
        }

        return folder;
    }

    public static FaultedShop On(ScratchFolder template)
    {
        var shop = new FaultedShop();
        foreach (
            var file in Directory
                .GetFiles(template.Path)
                .Where(f => Path.GetFileName(f).StartsWith("retention.db", StringComparison.Ordinal))
        )
        {
            File.Copy(file, shop._folder.File(Path.GetFileName(file)));
        }

        FaultyDisk.Watch(shop._folder.Path);
        return shop;
    }

    /// <summary>The whole trip; what fails is passed over, as a home passes on to its next tick.</summary>
    public async Task LiveAsync()
    {
        if (!await TryAsync(OpenAsync))
        {
            return;
        }

        for (var number = 0; number < Customers; number++)
        {
            var (who, now) = (number, _clock.GetUtcNow());
            if (await TryAsync(() => _product!.RecordCustomer.RunAsync(SimShop.News(who, 4 * Customers, Start.AddYears(-1)), now).AsTask()))
            {
                _known.Add(who);
            }

            if (
                await TryAsync(() =>
                    _product!
                        .RecordOrders.RunAsync(SimShop.CustomerId(who), [SimShop.OrderOf(who, "first", Start.AddDays(-1))], now)
                        .AsTask()
                )
            )
            {
                _bought.Add(who);
            }
        }

        if (await TryAsync(() => _product!.ReviewDue.RunAsync().AsTask()))
        {
            _owed ??= [.. _bought];
        }

        await TryAsync(() => _queue.DeliverDueAsync(_product!.Handler).AsTask());
        await TryAsync(HearAsync);
    }

    /// <summary>The disk is well again: a new process opens the folder and finds at least all that was confirmed.</summary>
    public async Task ComeBackAsync()
    {
        FaultyDisk.Heal();
        Close();
        await OpenAsync();
        (await _database!.FindDamageAsync()).ShouldBeEmpty();
        foreach (var number in _known)
        {
            var partition = await PartitionAsync(number);
            partition.Profile().ShouldNotBeNull($"customer {number} was confirmed");
            partition.Contacts().Count.ShouldBe(1);
        }

        foreach (var number in _bought)
        {
            (await PartitionAsync(number)).Summary().Orders.ShouldBe(1, $"the order of customer {number} was confirmed");
        }

        foreach (var sent in _provider.Accepted)
        {
            (await TouchAsync(sent.Message.Reference)).State.ShouldBeOneOf(
                TouchpointState.Sending,
                TouchpointState.Unknown,
                TouchpointState.Sent
            );
        }
    }

    /// <summary>Everything is done once more, as after any restart, until nothing is open.</summary>
    public async Task FinishAsync()
    {
        for (var hour = 0; hour < 4; hour++)
        {
            await LiveAsync();
            await _product!.SweepOpenWork.RunAsync();
            _clock.Advance(TimeSpan.FromMinutes(30));
        }
    }

    public async Task CheckAsync()
    {
        (await _database!.FindDamageAsync()).ShouldBeEmpty();
        _provider.Accepted.CountBy(s => s.Message.Reference).ShouldAllBe(c => c.Value == 1);
        var states = new List<TouchpointState>();
        for (var number = 0; number < Customers; number++)
        {
            var partition = await PartitionAsync(number);
            partition.Profile().ShouldNotBeNull();
            partition.Summary().Orders.ShouldBe(1);
            var told = partition.Touchpoints().Select(t => t.State).ToList();
            told.Count.ShouldBeInRange(_owed!.Contains(number) ? 1 : 0, 1);
            states.AddRange(told);
        }

        states.ShouldAllBe(s => s == TouchpointState.Sent || s == TouchpointState.Unknown);
        states.Count(s => s == TouchpointState.Sent).ShouldBe(_provider.Accepted.Count, "what was accepted is told of by its events");
        (await new CustomerIndex(_product!.Store).ReadAllAsync().ToListAsync()).Count.ShouldBe(Customers);
    }

    public void Dispose()
    {
        FaultyDisk.Heal();
        Close();
        _folder.Dispose();
    }

    private static RetentionProduct ProductOver(SqliteDatabase database, SimQueue queue, SimProvider provider, SimClock clock) =>
        new(
            new SqliteRowStore(database),
            queue,
            provider,
            new SendGovernor(SimShop.SendLimits),
            SimShop.Settings,
            World.Secret,
            new SimIds(7),
            clock
        );

    private Task OpenAsync()
    {
        _database ??= SqliteDatabase.Open(_folder.Path);
        _product ??= ProductOver(_database, _queue, _provider, _clock);
        return Task.CompletedTask;
    }

    private async Task HearAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(15));
        var events = _provider
            .Accepted.Select(s => new DeliveryEvent(
                RefOf(s.Message.Reference),
                s.Message.AttemptId,
                DeliveryEventKind.Delivered,
                null,
                s.At,
                null
            ))
            .ToList();
        await _product!.RecordDeliveryEvents.RunAsync(events);
    }

    private void Close()
    {
        _database?.Dispose();
        (_database, _product) = (null, null);
    }

    private static TouchRef RefOf(string text) => TouchRef.TryParse(text, out var reference) ? reference : throw new FormatException(text);

    private async Task<CustomerPartition> PartitionAsync(int number) =>
        await CustomerPartition.LoadAsync(_product!.Store, World.Secret.CustomerKeyOf(SimShop.CustomerId(number)));

    private async Task<Touchpoint> TouchAsync(string reference) =>
        (await CustomerPartition.LoadAsync(_product!.Store, RefOf(reference).Customer))
            .TouchpointBy(RefOf(reference).Touch)
            .ShouldNotBeNull(reference);

    private async Task<bool> TryAsync(Func<Task> verb)
    {
        try
        {
            await verb();
            return true;
        }
        catch (Exception e) when (e is StoreUnavailableException or DatabaseRefusedException or QueueUnavailableException)
        {
            Failed++;
            return false;
        }
    }
}
