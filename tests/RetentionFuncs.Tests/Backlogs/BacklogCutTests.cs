using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Joining;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Backlogs;

/// <summary>A launch and the day after it, cut off before and after every write to the store and repeated.</summary>
public sealed class BacklogCutTests
{
    private const int Customers = 7;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_off_at_any_write_and_repeated_the_same_enter_on_the_same_days(bool after)
    {
        var (whole, calls) = await LiveAsync(int.MaxValue, after);
        whole.Values.CountBy(d => d.Day).ShouldBe([new(2, 3), new(3, 3), new(4, 1)], ignoreOrder: true);
        calls.ShouldBeGreaterThan(80);

        for (var cut = 0; cut < calls; cut++)
        {
            var (entered, _) = await LiveAsync(cut, after);
            entered.ShouldBe(whole, $"cut off at write {cut}");
        }
    }

    private static async Task<(SortedDictionary<string, DateOnly> Entered, int Calls)> LiveAsync(int cut, bool after)
    {
        var faults = new CuttingStore { OnlyWrites = true };
        var world = new TripWorld(store: faults);
        await world.SlippedAsync(Customers);
        faults.CutAt(cut, after);
        var launched = await TryAsync(() => LaunchAndTickAsync(world, "2026-03-02"));
        var calls = faults.Calls;
        faults.CutAt(launched ? cut - calls : int.MaxValue, after);
        await (launched ? Task.CompletedTask : LaunchAndTickAsync(world, "2026-03-02"));
        var ticked = await TryAsync(() => world.TickAsync("2026-03-03"));
        calls += faults.Calls;
        faults.CutAt(int.MaxValue, after);
        await (ticked ? Task.CompletedTask : world.TickAsync("2026-03-03"));
        await world.TickAsync("2026-03-04");
        for (var i = 0; i < Customers; i++)
        {
            (await world.TouchesAsync($"c{i}")).Length.ShouldBe(1, "nobody is planned twice");
        }

        return (await world.EnteredAsync(Customers), calls);
    }

    private static async Task LaunchAndTickAsync(TripWorld world, string day)
    {
        await world.LaunchAsync(BacklogWorks.Backlog(3));
        await world.TickAsync(day);
    }

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
