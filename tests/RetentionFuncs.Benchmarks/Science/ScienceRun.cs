using System.Diagnostics;

namespace RetentionFuncs.Benchmarks.Science;

/// <summary>
/// <c>science [--customers N] [--runs N]</c>: a file of orders to everybody scored and tiered, beside DuckDB, every run of each engine a
/// process of its own; prints a table of medians. Above two million customers: the streaming way alone, beside its run over a tenth.
/// </summary>
internal static class ScienceRun
{
    private const int Lanes = 2;
    private const int LargestBeside = 2_000_000;

    public static int Run(string[] args) =>
        args switch
        {
            [_, "own", var path] => OwnSteps.Run(path, Lanes),
            [_, "stream", var path] => OwnSteps.Stream(path, Lanes),
            [_, "duck", var path] => DuckSteps.Run(path, Lanes),
            _ => Compare(Number(args, "--customers", 1_000_000), Number(args, "--runs", 5)),
        };

    private static int Compare(int customers, int runs)
    {
        var folder = Path.Combine(Path.GetTempPath(), "retention-science");
        var path = ScienceFile.Of(folder, customers);
        Console.WriteLine(
            $"{customers:N0} customers, {new FileInfo(path).Length / 1e6:N1} MB, {runs} runs each, {Environment.ProcessorCount} cores"
        );
        if (customers > LargestBeside)
        {
            var tenth = ScienceFile.Of(folder, customers / 10);
            ScienceTable.PrintStreams(Medians("stream", tenth, 1), Medians("stream", path, 1), customers);
            return 0;
        }

        // Turn by turn, so that what else the machine does falls on both.
        var (own, duck) = (new List<Step>(), new List<Step>());
        for (var i = 0; i < runs; i++)
        {
            duck.AddRange(Steps("duck", path));
            own.AddRange(Steps("own", path));
        }

        ScienceTable.Print(Median(own), Median(duck));
        return 0;
    }

    private static Dictionary<string, Step> Medians(string mode, string path, int runs) =>
        Median([.. Enumerable.Range(0, runs).SelectMany(_ => Steps(mode, path))]);

    private static Dictionary<string, Step> Median(List<Step> steps) =>
        steps
            .GroupBy(s => s.Name)
            .ToDictionary(
                g => g.Key,
                g => g.OrderBy(s => s.Milliseconds).ElementAt(g.Count() / 2) with { PeakBytes = g.Max(s => s.PeakBytes) }
            );

    private static List<Step> Steps(string mode, string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (var argument in new[] { "science", mode, path })
        {
            start.ArgumentList.Add(argument);
        }

        var since = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var steps = process.StandardOutput.ReadToEnd().Split('\n').Select(Step.Read).OfType<Step>().ToList();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"science {mode} ended with {process.ExitCode}.");
        }

        var (cpu, peak) = (steps.Sum(s => s.CpuMilliseconds), steps.Max(s => s.PeakBytes));
        steps.Add(new("all", steps.Sum(s => s.Milliseconds), cpu, peak, ""));
        steps.Add(new("process", since.Elapsed.TotalMilliseconds, double.NaN, peak, ""));
        return steps;
    }

    private static int Number(string[] args, string name, int fallback) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
            ? int.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture)
            : fallback;
}
