using System.Globalization;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Stores.Faults;

/// <summary>
/// Each read, write, truncation and flush of the file fails once, or from there on for good, while customers come in and are written to.
/// In CI every so manieth; all of them with RETENTION_IO_FAULTS=1.
/// </summary>
public sealed class IoFaultTests(ITestOutputHelper output)
{
    private static int Stride =>
        int.TryParse(Environment.GetEnvironmentVariable("RETENTION_IO_FAULTS"), CultureInfo.InvariantCulture, out var given) ? given : 29;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Catalogue_128_Whichever_call_of_the_disk_fails_nothing_confirmed_is_lost_and_nothing_goes_out_twice(bool forGood)
    {
        using var template = await FaultedShop.TemplateAsync();
        var (all, _) = await LiveAsync(template, long.MaxValue, forGood);
        all.ShouldBeGreaterThan(100);
        var (points, failed) = (0, 0);
        for (var number = 1L; number <= all; number += Stride)
        {
            var (_, verbs) = await LiveAsync(template, number, forGood);
            (points, failed) = (points + 1, failed + (verbs > 0 ? 1 : 0));
        }

        output.WriteLine($"{points} of {all} calls failed{(forGood ? ", and all after them" : "")}; {failed} were noticed by a verb.");
        failed.ShouldBeGreaterThan(points / 2);
    }

    private static async Task<(long Calls, int Failed)> LiveAsync(Contracts.ScratchFolder template, long number, bool forGood)
    {
        using var shop = FaultedShop.On(template);
        FaultyDisk.Fail(number, forGood);
        await shop.LiveAsync();
        var (calls, failed) = (FaultyDisk.Calls, shop.Failed);
        try
        {
            await shop.ComeBackAsync();
            await shop.FinishAsync();
            await shop.CheckAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Call {number} failed{(forGood ? " for good" : "")}: {e.Message}", e);
        }

        return (calls, failed);
    }
}
