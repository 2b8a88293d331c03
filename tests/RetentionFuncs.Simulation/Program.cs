using System.Diagnostics;
using System.Globalization;
using RetentionFuncs.Simulation.Model;
using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Restores;
using RetentionFuncs.Simulation.Runs;
using RetentionFuncs.Simulation.Worlds;

if (args.Contains("--model"))
{
    return ModelReport.Print(Console.Out) ? 0 : 1;
}

if (Value("--restores") is not null)
{
    var restores = RestoreSummary.Of(Number("--restores", 10), (ulong)Number("--seed", 1), Number("--jobs", Environment.ProcessorCount));
    Console.WriteLine(restores);
    return restores.ResentGuarded == 0 ? 0 : 1;
}

if (Value("--plants") is { } which)
{
    var plants =
        which == "all"
            ? Plant.All
            : [.. which.Split(',').Select(n => Plant.ByName(n) ?? throw new ArgumentException($"No plant is called {n}."))];
    Console.WriteLine("| plant | what is wrong | first reader | second reader | worlds | touches | s |\n|---|---|---|---|---:|---:|---:|");
    var trials = PlantTrial.Run(plants, (ulong)Number("--seed", 3), Number("--jobs", Environment.ProcessorCount), Console.WriteLine);
    Console.WriteLine(
        $"{trials.Count(t => t.IsFound)} of {trials.Count} found, the longest took {trials.Max(t => t.Took.TotalSeconds):F1} s"
    );
    return trials.All(t => t.IsFound) ? 0 : 1;
}

var plant = Value("--plant") is { } name ? Plant.ByName(name) : null;
if (args.Contains("--help") || (plant is null && args.Contains("--plant")))
{
    Console.Error.WriteLine(
        "--plants all | NAME,NAME  |  --restores N  |  --touches N  --seed N  --jobs N  --small N  --rush  --believable  --points  --checkers both  --world N [--about TEXT]  --plant "
            + string.Join('|', Plant.All.Select(p => p.Name))
            + "  |  --model"
    );
    return 2;
}

var watch = Stopwatch.StartNew();
var run = new SimulationRun(Number("--touches", 50_000), ulong.Parse(Value("--seed") ?? "1", CultureInfo.InvariantCulture), plant)
{
    Harshness = args.Contains("--believable") ? Harshness.Believable : Harshness.Harsh,
    Jobs = Number("--jobs", Environment.ProcessorCount),
    SmallWorlds = Number("--small", args.Contains("--rush") ? 0 : 40),
    Rush = args.Contains("--rush"),
    ProcessArguments = args.Contains("--rush") ? args : null,
};
if (Value("--world") is { } number)
{
    return Watch(run.OptionsOf(int.Parse(number, CultureInfo.InvariantCulture)), Value("--about") ?? "");
}

if (args.Contains(WorldProcess.Asked))
{
    WorldProcess.Answer(run, Console.In, Console.Out);
    return 0;
}

var summary = run.Run();
summary.Print(Console.Out, watch.Elapsed);
if (Value("--checkers") == "both")
{
    summary.PrintSecondReading(Console.Out);
}

if (args.Contains("--points"))
{
    summary.PrintPoints(Console.Out);
}

return summary.Violations.Count == 0 && summary.SecondReading.Count == 0 ? 0 : 1;

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
    foreach (var violation in result.Violations.Concat(result.SecondReading))
    {
        Console.WriteLine(violation);
    }

    return result.Violations.Count == 0 ? 0 : 1;
}

int Number(string option, int usual) => Value(option) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : usual;

string? Value(string option) => Array.IndexOf(args, option) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
