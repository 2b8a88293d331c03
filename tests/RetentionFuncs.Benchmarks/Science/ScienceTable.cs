using System.Globalization;

namespace RetentionFuncs.Benchmarks.Science;

/// <summary>The table of README.md in this project.</summary>
internal static class ScienceTable
{
    /// <summary>The step, what it says, and the seconds of the best others, measured on two cores: see README.md.</summary>
    private static readonly (string Step, string Says, string Beat, double? Seconds)[] Rows =
    [
        ("summary", "CSV to per-customer summary", "DuckDB 0.91 s, 556 MB", 0.91),
        ("fit", "fit of BG/NBD, standard errors included", "numpy by hand 0.68 s", 0.68),
        ("score", "P(return), P(alive), expected orders", "DuckDB, two columns 0.10 s", 0.10),
        ("spend", "fit of Gamma-Gamma spend", "lifetimes 2.12 s", 2.12),
        ("stages", "stage and next crossing day", "–", null),
        ("tiers", "expected value and tier", "–", null),
        ("all", "the whole, file to scored and tiered", "lifetimes 12.8 s", 12.8),
        ("process", "the same with the start of the process", "–", null),
    ];

    public static void Print(IReadOnlyDictionary<string, Step> own, IReadOnlyDictionary<string, Step> duck)
    {
        Console.WriteLine();
        Console.WriteLine("| Step | ours, s | CPU, s | peak, MB | DuckDB here, s | CPU, s | peak, MB | DuckDB ÷ ours | to beat | ÷ ours |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---|---:|");
        foreach (var (name, says, beat, seconds) in Rows)
        {
            var (mine, theirs) = (own[name], name is "summary" or "score" ? duck[name] : null);
            Console.WriteLine(
                $"| {says} | {Seconds(mine)} | {Cpu(mine)} | {Megabytes(mine)} | {Seconds(theirs)} | {Cpu(theirs)} | {Megabytes(theirs)} | {Times(theirs?.Milliseconds, mine)} | {beat} | {Times(1000 * seconds, mine)} |"
            );
        }

        Console.WriteLine();
        foreach (var step in own.Values.Where(s => s.Said.Length > 0))
        {
            Console.WriteLine($"{step.Name}: {step.Said}");
        }

        foreach (var step in duck.Values.Where(s => s.Said.Length > 0))
        {
            Console.WriteLine($"DuckDB {step.Name}: {step.Said}");
        }
    }

    public static void PrintStreams(IReadOnlyDictionary<string, Step> tenth, IReadOnlyDictionary<string, Step> whole, int customers)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"| Step, in temporary files | {customers / 10:N0} customers, s | CPU, s | peak, MB | {customers:N0} customers, s | CPU, s | peak, MB |"
        );
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, step) in whole)
        {
            Console.WriteLine(
                $"| {name} | {Seconds(tenth[name])} | {Cpu(tenth[name])} | {Megabytes(tenth[name])} | {Seconds(step)} | {Cpu(step)} | {Megabytes(step)} |"
            );
        }

        Console.WriteLine();
        foreach (var step in whole.Values.Where(s => s.Said.Length > 0))
        {
            Console.WriteLine($"{step.Name}: {step.Said}");
        }
    }

    private static string Seconds(Step? step) => Thousandths(step?.Milliseconds);

    private static string Cpu(Step? step) => Thousandths(step?.CpuMilliseconds);

    private static string Thousandths(double? milliseconds) =>
        milliseconds is { } known and not double.NaN ? (known / 1000).ToString("0.000", CultureInfo.InvariantCulture) : "–";

    private static string Megabytes(Step? step) =>
        step is null ? "–" : (step.PeakBytes / 1048576).ToString("N0", CultureInfo.InvariantCulture);

    private static string Times(double? milliseconds, Step own) =>
        milliseconds is { } theirs ? (theirs / own.Milliseconds).ToString("0.0", CultureInfo.InvariantCulture) : "–";
}
