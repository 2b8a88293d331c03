using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Runs;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Simulation.Worlds;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Live;

/// <summary>
/// Eleven days of a shop on a real store: real tasks, concurrent workers, crashes, lost answers, repeats; then six days to come to rest.
/// The clock stands still while the processes work and is moved on when they are done, so that days pass in seconds.
/// </summary>
internal sealed class LiveWorld
{
    private readonly HandClock _clock = new(Start);

    public LiveWorld(LiveOptions options, IRowStore store, IRowStore truth, Func<Task> settled)
    {
        Options = options;
        var random = new SimRandom(options.Seed);
        Faults = new LiveFaults(random.Bits(), options.Calls);
        History = new LiveHistory(_clock);
        Store = new ObservedStore(store, truth, History, settled);
        Landings = new LiveLandings(Store, Faults);
        Queue = new LiveQueue(_clock, Faults, options.Duplicated);
        Provider = new LiveProvider(_clock, History, random.Bits(), options.Provider);
        Ids = new LiveIds(new SimIds(random.Fork()));
        People = new LivePeople(this);
        Staff = new LiveStaff(this);
    }

    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The clock stands still, so a rate would never refill.</summary>
    public static SendLimits SendLimits { get; } = SendLimits.Default with { PerSecond = 1e6, Burst = 1_000_000 };

    public LiveOptions Options { get; }

    public TimeProvider Clock => _clock;

    public LiveFaults Faults { get; }

    public LiveHistory History { get; }

    public ObservedStore Store { get; }

    public LiveLandings Landings { get; }

    public LiveQueue Queue { get; }

    public LiveProvider Provider { get; }

    public IIdSource Ids { get; }

    public LivePeople People { get; }

    public LiveStaff Staff { get; }

    /// <param name="calm">Called when the days of faults are over.</param>
    public async Task RunAsync(Action calm)
    {
        await LiveOpening.OpenAsync(this);
        for (var day = 0; day < SimShop.ActiveDays + SimShop.RestDays; day++)
        {
            if (day == SimShop.ActiveDays)
            {
                (Faults.Active, Provider.Disturbed) = (false, false);
                calm();
            }

            await DayAsync(Start.AddDays(day));
        }
    }

    /// <summary>Planned by two at once, swept by two at once, told of by the webhook in between.</summary>
    private async Task DayAsync(DateTimeOffset morning)
    {
        _clock.Now = morning;
        await Staff.WorkAsync(ReviewAsync, ReviewAsync);
        _clock.Now = morning.AddMinutes(20);
        await Staff.WorkAsync(_ => new LiveWebhook(this).RunAsync(), SweepAsync, SweepAsync);
        _clock.Now = morning.AddMinutes(50);
        await Staff.WorkAsync(_ => new LiveWebhook(this).RunAsync(), SweepAsync);
    }

    private Task ReviewAsync(LiveHost host) => WatchAsync(host.Product.ReviewDue.TallyAsync());

    private Task SweepAsync(LiveHost host) => WatchAsync(host.Product.SweepOpenWork.RunAsync(_clock.Now));

    /// <summary>What a run passed over because it failed by itself is a fault of the program, and told.</summary>
    private async Task WatchAsync(ValueTask<RunTally> run)
    {
        foreach (var fault in (await run).Faults.Where(f => f is not (StoreUnavailableException or QueueUnavailableException)))
        {
            History.Add(at => new HistoryEvent.Threw(at, "run", fault));
        }
    }

    private sealed class HandClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class LiveIds(IIdSource ids) : IIdSource
    {
        private readonly Lock _gate = new();

        public string NewId()
        {
            lock (_gate)
            {
                return ids.NewId();
            }
        }
    }
}
