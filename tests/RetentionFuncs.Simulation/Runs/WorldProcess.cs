using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace RetentionFuncs.Simulation.Runs;

/// <summary>
/// Lives through worlds in a process of its own: two in one process wait for each other whenever memory is collected. Asked for a world
/// by its number on standard input, it answers with a line of JSON.
/// </summary>
internal sealed class WorldProcess : IDisposable
{
    /// <summary>The argument that makes this program such a process.</summary>
    public const string Asked = "--worlds-asked";

    private readonly Process _process;

    /// <param name="args">Of the program that asks; they say which worlds there are.</param>
    public WorldProcess(IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(WorldProcess).Assembly.Location);
        }

        foreach (var arg in args.Append(Asked))
        {
            start.ArgumentList.Add(arg);
        }

        // Ten seconds dearer to begin with, and a third faster after that; the dear part is shorter when counting does not wait for a pause
        // in what is called for the first time, and what is counted is optimized already.
        start.Environment["DOTNET_TieredPGO"] = "1";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        start.Environment["DOTNET_TieredPGO_InstrumentedTierAlwaysOptimized"] = "1";

        // Collections are what a world waits for most, since each looks at all that the world holds: a gigabyte between two of them, half
        // of one before the older ones are looked at, and segments that leave room for both. The figures are hexadecimal.
        start.Environment["DOTNET_GCgen0size"] = "0x40000000";
        start.Environment["DOTNET_GCgen1size"] = "0x20000000";
        start.Environment["DOTNET_GCSegmentSize"] = "0x80000000";
        start.Environment["DOTNET_GCRetainVM"] = "1";
        _process = Process.Start(start)!;
    }

    /// <exception cref="InvalidOperationException">The process ended; what it said is on standard error.</exception>
    public WorldResult Live(int world)
    {
        _process.StandardInput.WriteLine(world.ToString(CultureInfo.InvariantCulture));
        var line =
            _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"The process that lived through world {world} ended.");
        return JsonSerializer.Deserialize<WorldResult>(line)!;
    }

    /// <summary>The other side: answers until nothing is asked any more.</summary>
    public static void Answer(SimulationRun run, TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } number)
        {
            var result = WorldResult.Of(run.OptionsOf(int.Parse(number, CultureInfo.InvariantCulture)));
            output.WriteLine(JsonSerializer.Serialize(result));
            output.Flush();
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
