using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.AzureAdapters.Tests.Faults;
using RetentionFuncs.Functions.Tests.Worlds;
using RetentionFuncs.Tests.Loopback;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Functions.Tests.Trips;

/// <summary>The same trip with everything failing that may: tables, queues and the provider.</summary>
public sealed class FaultTripTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const int Customers = 6;
    private const int Rounds = 12;

    private static readonly ProviderAct[] Anything =
    [
        ProviderAct.Accept,
        new ProviderAct.CutAfter(),
        new ProviderAct.CutBefore(),
        new ProviderAct.Answer(429),
        new ProviderAct.Answer(503),
    ];

    /// <summary>Answers after which the product knows, or is told, what became of the message.</summary>
    private static readonly ProviderAct[] Mendable = [ProviderAct.Accept, new ProviderAct.CutAfter(), new ProviderAct.Answer(429)];

    private static readonly string[] Timers = ["ReviewDue", "SweepOpenWork", "ReconcileUnknowns"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_fails_each_customer_is_written_to_once_at_most_and_nothing_is_without_a_record(int seed)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite.Port);
        await using var world = await ReadyAsync(AzuriteFixture.ConnectionStringAt(proxy.Port));
        var draw = Draws(seed);
        proxy.Slowness = TimeSpan.FromMilliseconds(200);
        proxy.Decide = _ => draw(40) == 0 ? (ProxyFault)(draw(6) + 1) : ProxyFault.None;
        await LiveAsync(world, Anything, draw, calm: () => proxy.Decide = _ => ProxyFault.None);

        var accepted = world.Provider.Accepted;
        accepted.GroupBy(s => s.Touch).ShouldAllBe(touch => touch.Count() == 1);
        accepted.GroupBy(s => s.To).ShouldAllBe(person => person.Count() == 1);
        for (var i = 0; i < Customers; i++)
        {
            var touch = (await world.TouchesAsync($"c{i}")).ShouldHaveSingleItem();
            var taken = accepted.Any(s => s.Touch == touch.Reference.ToString());
            (touch.State == TouchpointState.Sent).ShouldBe(taken, $"{touch.State} {touch.Reason}");
            touch.State.ShouldBeOneOf(TouchpointState.Sent, TouchpointState.Unknown, TouchpointState.Refused);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Where_what_fails_can_be_mended_each_customer_is_written_to_exactly_once(int seed)
    {
        await using var world = await ReadyAsync(azurite.ConnectionString);
        await LiveAsync(world, Mendable, Draws(seed), calm: () => { });

        world.Provider.Accepted.Select(s => s.To).Order().ShouldBe(Enumerable.Range(0, Customers).Select(i => $"c{i}@post.linden.shop"));
        for (var i = 0; i < Customers; i++)
        {
            var touch = (await world.TouchesAsync($"c{i}")).ShouldHaveSingleItem();
            touch.State.ShouldBe(TouchpointState.Sent);
            touch.DeliveredAt.ShouldNotBeNull();
        }
    }

    private static async Task<FunctionsWorld> ReadyAsync(string tables)
    {
        var world = await FunctionsWorld.StartAsync(tables);
        for (var i = 0; i < Customers; i++)
        {
            await world.OrderAsync($"c{i}", "2026-03-01");
        }

        await world.PumpAsync();
        await world.LaunchAsync(CampaignWorks.WinBack());
        return world;
    }

    /// <summary>The day everybody is due, with faults for the first half of it, and the provider's word at the end.</summary>
    private static async Task LiveAsync(FunctionsWorld world, ProviderAct[] acts, Func<int, int> draw, Action calm)
    {
        world.Provider.Acts = _ => acts[draw(acts.Length)];
        (world.Broker.Faults.LostLocks.Value, world.Broker.Faults.LostSendAnswers.Value) = (8, 4);
        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
        for (var i = 0; i < Rounds; i++)
        {
            foreach (var timer in Timers)
            {
                // One that could not start is fired again, as the host would at its next occurrence.
                await Record.ExceptionAsync(() => world.FireAsync(timer));
            }

            await world.PumpAsync();
            world.Clock.Now = world.Clock.Now.AddMinutes(i < Rounds / 2 ? 10 : 40);
            if (i == Rounds / 2)
            {
                calm();
            }
        }

        world.Provider.Acts = _ => ProviderAct.Accept;
        await world.TellAsync("delivered");
    }

    private static Func<int, int> Draws(int seed)
    {
        var (random, gate) = (new Random(seed), new Lock());
        return below =>
        {
            lock (gate)
            {
                return random.Next(below);
            }
        };
    }
}
