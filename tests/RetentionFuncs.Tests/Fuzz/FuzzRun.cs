using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>One case: its own random numbers, and what was made of them, to be shown when it fails.</summary>
internal sealed class FuzzCase(Random random)
{
    private string _input = "";

    public Random Random => random;

    public string Input => _input;

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public bool OneIn(int n) => random.Next(n) == 0;

    /// <summary>Keeps the input of the case for the message of a failure.</summary>
    public T Try<T>(T input)
    {
        _input = input switch
        {
            byte[] bytes => Convert.ToBase64String(bytes),
            null => "null",
            _ => input.ToString()!,
        };
        return input;
    }
}

/// <summary>
/// Runs cases whose every one is made of a seed, its name and its number alone. Without a word from outside a fixed number of them;
/// <c>RETENTION_FUZZ_MINUTES</c> runs so many minutes, <c>RETENTION_FUZZ_SEED</c> begins elsewhere, <c>RETENTION_FUZZ_CASE</c> runs one case.
/// </summary>
internal static class FuzzRun
{
    private const int Shown = 4000;

    public static void Run(ITestOutputHelper output, int cases, Action<FuzzCase> tried, [CallerMemberName] string name = "") =>
        RunAsync(
                output,
                cases,
                c =>
                {
                    tried(c);
                    return Task.CompletedTask;
                },
                name
            )
            .GetAwaiter()
            .GetResult();

    public static async Task RunAsync(ITestOutputHelper output, int cases, Func<FuzzCase, Task> tried, [CallerMemberName] string name = "")
    {
        var seed = Number("RETENTION_FUZZ_SEED") ?? 1;
        var minutes = Number("RETENTION_FUZZ_MINUTES");
        if (Number("RETENTION_FUZZ_CASE") is { } only)
        {
            await OneAsync(seed, only, name, tried);
            return;
        }

        var watch = Stopwatch.StartNew();
        var number = 0L;
        while (minutes is { } m ? watch.Elapsed.TotalMinutes < m : number < cases)
        {
            await OneAsync(seed, number++, name, tried);
        }

        output.WriteLine($"{name}: {number} cases of seed {seed} in {watch.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task OneAsync(long seed, long number, string name, Func<FuzzCase, Task> tried)
    {
        var own = new FuzzCase(new Random(SeedOf(seed, number, name)));
        try
        {
            await tried(own);
        }
        catch (Exception failure)
        {
            var input = own.Input.Length > Shown ? own.Input[..Shown] + "…" : own.Input;
            throw new FuzzFailedException(
                $"{name}, case {number} of seed {seed}. Again: RETENTION_FUZZ_SEED={seed} RETENTION_FUZZ_CASE={number}\n{failure.Message}\nInput: {input}",
                failure
            );
        }
    }

    private static int SeedOf(long seed, long number, string name) =>
        BitConverter.ToInt32(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}|{number}|{name}")))
        );

    private static long? Number(string variable) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}

internal sealed class FuzzFailedException(string message, Exception inner) : Exception(message, inner);
