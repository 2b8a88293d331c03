using System.Globalization;
using RetentionFuncs.Touchpoints;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Kills;

/// <summary>The real program, killed with SIGKILL in the middle of its work again and again, against a provider that keeps count.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    /// <summary>So many that the cap of 50 messages a day to each stops nobody before the last kill.</summary>
    private static int Customers => Math.Max(400, 2 * Kills);

    /// <summary>With fewer messages left than one life may send, the next campaign is launched.</summary>
    private const int Enough = 150;

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("RETENTION_KILLS"), CultureInfo.InvariantCulture, out var given) ? given : 20;

    private static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("RETENTION_KILL_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;

    [Fact]
    public async Task However_often_it_is_killed_nothing_is_accepted_twice_and_nothing_without_a_record()
    {
        var (random, whileSending, inDoubt) = (new Random(Seed), 0, 0);
        using var world = await KilledWorld.PrepareAsync(Customers, Seed);
        for (var kill = 1; kill <= Kills; kill++)
        {
            whileSending += await LiveAndDieAsync(world, random) ? 1 : 0;
            var left = await world.LeftAsync();
            Check(await world.TakenAsync(), left);
            inDoubt = left.Values.Count(t => t.State == TouchpointState.Sending);
            var toSend = world.Messages - left.Values.Count(t => t.State != TouchpointState.Planned);
            if (toSend < Enough && kill < Kills)
            {
                await world.LaunchAnotherAsync();
            }
        }

        await world.SettleAsync();
        var taken = await world.TakenAsync();
        var touches = await world.LeftAsync();
        Check(taken, touches);
        Report(whileSending, inDoubt, taken, touches);
        await CheckSettledAsync(world, taken, touches);
        whileSending.ShouldBeGreaterThan(Kills / 2);
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
            sends = await world.SendsAsync(program, before, TimeSpan.FromSeconds(30));
            await Task.Delay(random.Next(0, 400));
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
        Numbered(touches.Values.Where(t => t.State == TouchpointState.Sent && !accepted.Contains(t.Reference))).ShouldBeEmpty();
    }

    /// <summary>The first few, for a message that a person can read.</summary>
    private static IEnumerable<string> Numbered(IEnumerable<Touchpoint> touches) =>
        touches.Take(5).Select(t => $"{t.Reference} {t.State} {t.AttemptId} {t.Reason}");

    /// <summary>What must hold when everything has come to its end: all that was planned is either sent or shown as unknown.</summary>
    private static async Task CheckSettledAsync(
        KilledWorld world,
        IReadOnlyList<Taken> taken,
        IReadOnlyDictionary<TouchRef, Touchpoint> touches
    )
    {
        touches.Count.ShouldBe(world.Messages);
        Numbered(touches.Values.Where(t => t.State is not (TouchpointState.Sent or TouchpointState.Unknown))).ShouldBeEmpty();
        var audit = (await world.RunAsync("doctor", "--json")).Json().GetProperty("audit");
        audit.GetProperty("planned").GetInt32().ShouldBe(world.Messages);
        audit.GetProperty("states").EnumerateObject().Sum(s => s.Value.GetInt32()).ShouldBe(world.Messages);
        audit.GetProperty("openRowsMended").GetInt32().ShouldBe(0);
        taken.Count.ShouldBeInRange(world.Messages / 2, world.Messages);
    }

    private void Report(int whileSending, int inDoubt, IReadOnlyList<Taken> taken, IReadOnlyDictionary<TouchRef, Touchpoint> touches)
    {
        var unknown = touches.Values.Count(t => t.State == TouchpointState.Unknown);
        var accepted = taken.Select(t => t.Touch).ToHashSet();
        var missed = touches.Values.Count(t => t.State == TouchpointState.Unknown && !accepted.Contains(t.Reference));
        output.WriteLine(
            $"{Kills} kills, {whileSending} of them while it sent; {touches.Count} planned, {taken.Count} accepted, "
                + $"{taken.Count - accepted.Count} twice, {taken.Count(t => !touches.ContainsKey(t.Touch))} without a record, "
                + $"{unknown} unknown ({inDoubt} in doubt at the last kill), {missed} of them never accepted; "
                + $"integrity checked {Kills + 1} times; seed {Seed}."
        );
    }
}
