using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using RetentionFuncs.AzureAdapters.Tables;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.AzureAdapters.Tests.Faults;
using RetentionFuncs.Simulation.Live;
using RetentionFuncs.Simulation.Plants;
using Xunit.Abstractions;

namespace RetentionFuncs.AzureAdapters.Tests.Tables;

/// <summary>The history checker over Table Storage behind a proxy that cuts, delays and spoils answers, with real tasks.</summary>
public sealed class LiveTablesTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    /// <summary>Chance of a fault on the wire, per write and per reading.</summary>
    private const double Write = 0.01;
    private const double Reading = 0.003;
    private static readonly ProxyFault[] OfWrites =
    [
        ProxyFault.CutBefore,
        ProxyFault.CutAfter,
        ProxyFault.ClosedAfter,
        ProxyFault.ErrorBefore,
        ProxyFault.ErrorAfter,
        ProxyFault.Busy,
    ];

    [Fact]
    public async Task Two_thousand_touches_over_table_storage_keep_every_promise()
    {
        // Several small worlds: the emulator looks at every row of a table for each question.
        ulong[] seeds = [1, 2, 3, 4];
        var results = await Task.WhenAll(seeds.Select(seed => RunAsync(new LiveOptions(Customers: 66, seed))));
        var result = results.Aggregate((one, other) => one.Plus(other));

        result.Violations.ShouldBeEmpty();
        result.Planned.ShouldBeGreaterThanOrEqualTo(2000);
        result.OnFile.Values.Sum().ShouldBe(result.Planned);
        result.OnFile.Keys.ShouldBeSubsetOf(["Sent", "Refused", "Unknown", "Skipped", "Expired", "Parked"]);
        result.Accepted.ShouldBeGreaterThan(500);
        result.Crashes.ShouldBeGreaterThan(50);
        result.LostAnswers.ShouldBeGreaterThan(100);
        result.StoreUnknown.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_planted_fault_is_found_over_table_storage()
    {
        var plant = Plant.ByName("claim-without-version")!;
        var result = await RunAsync(new LiveOptions(Customers: 24, Seed: 2) { Plant = plant });

        result.Violations.Select(v => v.Rule).ShouldContain(plant.Breaks);
    }

    private async Task<LiveResult> RunAsync(LiveOptions options)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite.Port);
        var tables = new TableRowStoreOptions { ConnectionString = azurite.ConnectionString, TablePrefix = AzuriteFixture.NewPrefix() };
        var truth = new TableRowStore(tables);
        await truth.CreateTablesAsync();
        var requests = new StorageTransactions();
        var store = new TableRowStore(
            tables with
            {
                ConnectionString = AzuriteFixture.ConnectionStringAt(proxy.Port),
                WriteTimeout = TimeSpan.FromSeconds(5),
                BusyPause = TimeSpan.FromMilliseconds(1),
            },
            null,
            requests
        );
        var slow = 0;
        (proxy.Slowness, proxy.Decide) = (TimeSpan.FromSeconds(6), request => Draw(request, ref slow));
        var watch = Stopwatch.StartNew();
        var result = await LiveRun.RunAsync(options, store, truth, () => proxy.Decide = _ => ProxyFault.None, proxy.SettledAsync);
        output.WriteLine(result.ToString());
        output.WriteLine($"{requests.Reads} reads and {requests.Writes} writes in {watch.Elapsed.TotalSeconds:F0} s");
        foreach (var violation in result.Violations.Take(20))
        {
            output.WriteLine(violation.ToString());
        }

        return result;
    }

    /// <summary>A slow answer costs seconds, so there are few.</summary>
    private static ProxyFault Draw(HttpRequest request, ref int slow)
    {
        var roll = Random.Shared.NextDouble();
        if (HttpMethods.IsGet(request.Method))
        {
            return roll < Reading ? ProxyFault.CutAfter : ProxyFault.None;
        }

        if (roll >= Write)
        {
            return ProxyFault.None;
        }

        return roll < Write / 50 && Interlocked.Increment(ref slow) <= 5
            ? ProxyFault.SlowAnswer
            : OfWrites[(int)(roll / Write * OfWrites.Length)];
    }
}
