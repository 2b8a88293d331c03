using System.Globalization;
using RetentionFuncs.Touchpoints;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Kills;

/// <summary>The real program, killed with SIGKILL in the middle of its work again and again, against a provider that keeps count.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int MessagesPerKill = 40;

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("RETENTION_KILLS"), CultureInfo.InvariantCulture, out var given) ? given : 20;

    private static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("RETENTION_KILL_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;

    [Fact]
    public async Task However_often_it_is_killed_nothing_is_accepted_twice_and_nothing_without_a_record()
    {
        var (messages, random) = (Math.Max(200, Kills * MessagesPerKill), new Random(Seed));
        using var world = await KilledWorld.PrepareAsync(messages, Seed);
        var (whileSending, inDoubt) = (0, 0);
        for (var kill = 1; kill <= Kills; kill++)
        {
            whileSending += await LiveAndDieAsync(world, random) ? 1 : 0;
            var left = await world.LeftAsync();
            Check(await world.TakenAsync(), left);
            inDoubt = left.Values.Count(t => t.State == TouchpointState.Sending);
        }

        await world.SettleAsync();
        var taken = await world.TakenAsync();
        var touches = await world.LeftAsync();
        Check(taken, touches);
        Report(whileSending, inDoubt, messages, taken, touches);
        await CheckSettledAsync(world, messages, taken, touches);
        whileSending.ShouldBeGreaterThan(Kills / 3);
    }

    /// <summary>One life of the program; true when it was killed after it had begun to send.</summary>
    private static async Task<bool> LiveAndDieAsync(KilledWorld world, Random random)
    {
        var before = world.Progress();
        using var program = world.Serve();
        var sends = false;
        if (random.Next(5) == 0)
        {
            // Anywhere: while it starts, recovers, plans or sends.
            await Task.Delay(random.Next(100, 2_500));
        }
        else
        {
            sends = await world.SendsAsync(program, before, TimeSpan.FromSeconds(20));
            await Task.Delay(random.Next(0, 500));
        }

        program.HasEnded.ShouldBeFalse(program.Err);
        program.Kill();
        return sends;
    }

    /// <summary>What must hold at every moment.</summary>
    private static void Check(IReadOnlyList<Taken> taken, IReadOnlyDictionary<TouchRef, Touchpoint> touches)
    {
        taken.GroupBy(t => t.Touch).Where(g => g.Count() > 1).Select(g => g.Key.ToString()).ShouldBeEmpty();
        foreach (var one in taken)
        {
            touches.TryGetValue(one.Touch, out var touch).ShouldBeTrue($"{one.Touch} was accepted and is not on file");
            touch!.State.ShouldBeOneOf(TouchpointState.Sending, TouchpointState.Sent, TouchpointState.Unknown);
            touch.AttemptId.ShouldBe(one.Attempt);
        }

        var accepted = taken.Select(t => t.Touch).ToHashSet();
        touches.Values.Where(t => t.State == TouchpointState.Sent).ShouldAllBe(t => accepted.Contains(t.Reference));
    }

    private static async Task CheckSettledAsync(
        KilledWorld world,
        int messages,
        IReadOnlyList<Taken> taken,
        IReadOnlyDictionary<TouchRef, Touchpoint> touches
    )
    {
        touches.Count.ShouldBe(messages);
        touches.Values.ShouldAllBe(t => t.State == TouchpointState.Sent || t.State == TouchpointState.Unknown);
        var audit = (await world.RunAsync("doctor", "--json")).Json().GetProperty("audit");
        audit.GetProperty("planned").GetInt32().ShouldBe(messages);
        audit.GetProperty("states").EnumerateObject().Sum(s => s.Value.GetInt32()).ShouldBe(messages);
        audit.GetProperty("openRowsMended").GetInt32().ShouldBe(0);
        taken.Count.ShouldBeInRange(messages / 4, messages);
    }

    private void Report(
        int whileSending,
        int inDoubt,
        int messages,
        IReadOnlyList<Taken> taken,
        IReadOnlyDictionary<TouchRef, Touchpoint> touches
    )
    {
        var unknown = touches.Values.Count(t => t.State == TouchpointState.Unknown);
        var accepted = taken.Select(t => t.Touch).ToHashSet();
        var missed = touches.Values.Count(t => t.State == TouchpointState.Unknown && !accepted.Contains(t.Reference));
        output.WriteLine(
            $"{Kills} kills, {whileSending} of them while it sent; {messages} planned, {taken.Count} accepted, {unknown} unknown "
                + $"({inDoubt} in doubt at the last kill), {missed} of them never accepted; seed {Seed}."
        );
    }
}
