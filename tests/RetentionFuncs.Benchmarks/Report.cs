using System.Diagnostics;

namespace RetentionFuncs.Benchmarks;

internal static class Report
{
    /// <summary>Runs and prints items, seconds, items a second and the process's peak memory so far.</summary>
    public static async Task<T> TimeAsync<T>(string what, long items, Func<Task<T>> act)
    {
        var since = Stopwatch.StartNew();
        var result = await act();
        var seconds = since.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{what, -44} {items, 12:N0}  {seconds, 8:N2} s  {items / seconds, 12:N0} /s  peak {process.PeakWorkingSet64 / 1048576, 6:N0} MB"
        );
        return result;
    }
}
