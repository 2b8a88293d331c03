using System.Diagnostics;
using System.Globalization;

namespace RetentionFuncs.Benchmarks.Science;

/// <summary>One measured step of one run.</summary>
/// <param name="CpuMilliseconds">Of all threads together: what the step costs whatever else the machine does.</param>
/// <param name="PeakBytes">The process's largest resident memory during the step, what it held before included.</param>
internal sealed record Step(string Name, double Milliseconds, double CpuMilliseconds, long PeakBytes, string Said)
{
    private const char Mark = '\t';

    /// <summary>Runs the step, says it on standard output and hands on its result.</summary>
    public static T Time<T>(string name, Func<T> act, Func<T, string> say)
    {
        ForgetPeak();
        var before = Cpu();
        var since = Stopwatch.StartNew();
        var result = act();
        var elapsed = since.Elapsed.TotalMilliseconds;
        Tell(new(name, elapsed, Cpu() - before, Peak(), say(result)));
        return result;
    }

    public static void Tell(Step step) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{step.Name}{Mark}{step.Milliseconds:R}{Mark}{step.CpuMilliseconds:R}{Mark}{step.PeakBytes}{Mark}{step.Said}"
            )
        );

    public static Step? Read(string line) =>
        line.Split(Mark) is [var name, var milliseconds, var cpu, var peak, var said]
            ? new(name, Number(milliseconds), Number(cpu), (long)Number(peak), said)
            : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    /// <summary>Largest resident memory since the last <see cref="ForgetPeak"/>, in bytes.</summary>
    private static long Peak()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }

        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024
            * long.Parse(
                line["VmHWM:".Length..^"kB".Length],
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture
            );
    }

    private static void ForgetPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }
}
