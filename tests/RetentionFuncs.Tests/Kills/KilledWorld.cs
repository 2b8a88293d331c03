using System.Diagnostics;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Kills;

/// <summary>One submission that the provider really took, as its own record has it.</summary>
internal sealed record Taken(TouchRef Touch, string Attempt);

/// <summary>A shop whose mail falls due today, a provider that outlives everything, and the program that is to be killed.</summary>
internal sealed class KilledWorld : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Shop _shop;
    private readonly RunningProgram _provider;
    private readonly Dictionary<string, string> _environment;
    private readonly int _customers;
    private int _campaigns;

    private KilledWorld(Shop shop, int customers, RunningProgram provider, string endpoint)
    {
        (_shop, _customers, _provider) = (shop, customers, provider);
        _environment = new()
        {
            ["RETENTION_SEND_URL"] = endpoint,
            ["RETENTION_SEND_KEY"] = "key",
            ["RETENTION_SEND_RATE"] = "1000",
        };
    }

    /// <summary>One for each customer and campaign.</summary>
    public int Messages => _customers * _campaigns;

    private static DateOnly Today => new BusinessCalendar("Europe/Berlin").DayOf(TimeProvider.System.GetUtcNow());

    private string Record => _shop.FileOf("taken.txt");

    public static async Task<KilledWorld> PrepareAsync(int customers, int seed)
    {
        var shop = await Shop.OpenAsync();
        shop.Settings(text => text.Replace("cap: {messages: 2, days: 7}", "cap: {messages: 50, days: 1}"));
        await shop.CustomersAsync(customers, $"{Today.AddDays(-10):yyyy-MM-dd}");
        var provider = RunningProgram.Provider(shop.FileOf("taken.txt"), "0", $"{seed}");
        var world = new KilledWorld(shop, customers, provider, (await provider.SaysAsync("http://", Patience)).Trim());
        await world.LaunchAnotherAsync();
        return world;
    }

    /// <summary>One more message to everybody, due today.</summary>
    public async Task LaunchAnotherAsync() => await _shop.GreetAsync($"greeting-{++_campaigns}", Today);

    public RunningProgram Serve() => RunningProgram.Retention(_environment, _shop.Directory, "serve", "--port", "0", "--tick-seconds", "1");

    /// <summary>How far the provider's record has grown.</summary>
    public long Progress() => new FileInfo(Record) is { Exists: true } file ? file.Length : 0;

    /// <summary>True as soon as the provider took another message; false when the time passed first.</summary>
    public async Task<bool> SendsAsync(RunningProgram program, long before, TimeSpan limit)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < limit; await Task.Delay(5))
        {
            program.HasEnded.ShouldBeFalse(program.Err);
            if (Progress() > before)
            {
                return true;
            }
        }

        return false;
    }

    public async Task<IReadOnlyList<Taken>> TakenAsync()
    {
        using var file = new StreamReader(new FileStream(Record, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        var whole = await file.ReadToEndAsync();
        return
        [
            .. whole[..(whole.LastIndexOf('\n') + 1)]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line =>
                {
                    TouchRef.TryParse(line.Split(' ')[0], out var touch).ShouldBeTrue(line);
                    return new Taken(touch, line.Split(' ')[1]);
                }),
        ];
    }

    /// <summary>
    /// What a killed program left, read from a copy, so that the next program itself finds what the kill left. Fails when the file is damaged.
    /// </summary>
    public async Task<IReadOnlyDictionary<TouchRef, Touchpoint>> LeftAsync()
    {
        using var copy = new ScratchFolder();
        foreach (var name in new[] { "retention.db", "retention.db-wal" }.Where(n => File.Exists(Path.Combine(_shop.Data, n))))
        {
            File.Copy(Path.Combine(_shop.Data, name), copy.File(name));
        }

        using var database = SqliteDatabase.Open(copy.Path);
        (await database.FindDamageAsync()).ShouldBeEmpty();
        var touches = new Dictionary<TouchRef, Touchpoint>();
        var store = new SqliteRowStore(database);
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            foreach (var touch in (await CustomerPartition.LoadAsync(store, key)).Touchpoints())
            {
                touches.Add(touch.Reference, touch);
            }
        }

        return touches;
    }

    /// <summary>
    /// Ticks again and again, first from 20 minutes ahead, when lost queue messages are queued again and claims that never came back are
    /// given up, until nothing is planned or under way. A tick's clock stands still and the provider's first "not now" ends its sending,
    /// after some sixty messages here; so it takes a tick for every few of them.
    /// </summary>
    public async Task SettleAsync()
    {
        var open = await OpenAsync();
        var ticks = 10 + (open / 10);
        for (var minutes = 20; open > 0 && minutes < 20 + ticks; minutes++)
        {
            var later = TimeProvider.System.GetUtcNow().AddMinutes(minutes);
            (await RunAsync("tick", "--as-of", later.ToString("O"))).Ended();
            open = await OpenAsync();
        }
    }

    private async Task<int> OpenAsync() =>
        (await LeftAsync()).Values.Count(t => t.State is TouchpointState.Planned or TouchpointState.Sending);

    public async Task<Told> RunAsync(params string[] args)
    {
        using var program = RunningProgram.Retention(_environment, _shop.Directory, args);
        var status = await program.EndAsync(Patience);
        return new Told(status, program.Out, program.Err);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _shop.Dispose();
    }
}
