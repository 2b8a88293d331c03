using System.Diagnostics;
using System.Globalization;
using RetentionFuncs.Simulation.Model;
using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Runs;
using RetentionFuncs.Simulation.Worlds;

if (args.Contains("--model"))
{
    return ModelReport.Print(Console.Out) ? 0 : 1;
}

var plant = Value("--plant") is { } name ? Plant.ByName(name) : null;
if (args.Contains("--help") || (plant is null && args.Contains("--plant")))
{
    Console.Error.WriteLine(
        "--touches N  --seed N  --believable  --points  --world N [--about TEXT]  --plant "
            + string.Join('|', Plant.All.Select(p => p.Name))
            + "  |  --model"
    );
    return 2;
}

var watch = Stopwatch.StartNew();
var run = new SimulationRun(
    int.Parse(Value("--touches") ?? "50000", CultureInfo.InvariantCulture),
    ulong.Parse(Value("--seed") ?? "1", CultureInfo.InvariantCulture),
    plant
)
{
    Harshness = args.Contains("--believable") ? Harshness.Believable : Harshness.Harsh,
};
if (Value("--world") is { } number)
{
    return Watch(run.OptionsOf(int.Parse(number, CultureInfo.InvariantCulture)), Value("--about") ?? "");
}

var summary = run.Run();
summary.Print(Console.Out, watch.Elapsed);
if (args.Contains("--points"))
{
    summary.PrintPoints(Console.Out);
}

return summary.Violations.Count == 0 ? 0 : 1;

static int Watch(WorldOptions options, string about)
{
    void Say(string line)
    {
        if (about.Length == 0 || line.Contains(about, StringComparison.Ordinal))
        {
            Console.WriteLine(line);
        }
    }

    var result = WorldResult.Of(options with { Watched = Say });
    foreach (var violation in result.Violations)
    {
        Console.WriteLine(violation);
    }

    return result.Violations.Count == 0 ? 0 : 1;
}

string? Value(string option) => Array.IndexOf(args, option) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
