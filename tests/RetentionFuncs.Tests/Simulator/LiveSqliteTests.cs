using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Simulation.Live;
using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Tests.Contracts;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Simulator;

/// <summary>The history checker over a real SQLite file and real tasks.</summary>
public sealed class LiveSqliteTests(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Two_thousand_touches_over_sqlite_keep_every_promise()
    {
        var result = await RunAsync(new LiveOptions(Customers: 290, Seed: 1));

        result.Violations.ShouldBeEmpty();
        result.Planned.ShouldBeGreaterThanOrEqualTo(2000);
        result.OnFile.Values.Sum().ShouldBe(result.Planned);
        result.OnFile.Keys.ShouldBeSubsetOf(["Sent", "Refused", "Unknown", "Skipped", "Expired", "Parked"]);
        result.Accepted.ShouldBeGreaterThan(500);
        result.Crashes.ShouldBeGreaterThan(20);
        result.LostAnswers.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("repeated-call")]
    [InlineData("claim-without-version")]
    [InlineData("assumed-claim")]
    public async Task A_planted_fault_is_found_over_sqlite(string name)
    {
        var plant = Plant.ByName(name)!;
        var result = await RunAsync(new LiveOptions(Customers: 120, Seed: 2) { Plant = plant });

        result.Violations.Select(v => v.Rule).ShouldContain(plant.Breaks);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<LiveResult> RunAsync(LiveOptions options)
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        var store = new SqliteRowStore(database);
        var result = await LiveRun.RunAsync(options, store, store);
        output.WriteLine(result.ToString());
        foreach (var violation in result.Violations.Take(20))
        {
            output.WriteLine(violation.ToString());
        }

        return result;
    }
}
