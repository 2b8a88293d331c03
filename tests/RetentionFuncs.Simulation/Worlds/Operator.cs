using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>Now and then stops everything or pauses a campaign, and lets it go on some time later.</summary>
internal sealed class Operator(World world, SimLife life)
{
    private static readonly string[] Campaigns = ["news", "tips", "recall", "thanks", "win-back"];
    private readonly Host _host = new(world, life);

    public async Task RunAsync()
    {
        life.Activity = "command";

        // Whatever was stopped before a crash goes on: the operator looks at the console and tidies up.
        await GoOnAsync();
        while (true)
        {
            await world.Scheduler.Pause(Staff.Between(world, (300, 1500)));
            if (!world.People.Active)
            {
                await GoOnAsync();
                continue;
            }

            await StopSomethingAsync();
            await world.Scheduler.Pause(Staff.Between(world, (5, 180)));
            await GoOnAsync();
        }
    }

    private Task StopSomethingAsync() =>
        world.Random.Chance(0.4)
            ? UntilDoneAsync(async () => await _host.Product.Campaigns.KillAsync(true, "operator"))
            : UntilDoneAsync(async () => await _host.Product.LaunchCampaign.PauseAsync(world.Random.Pick(Campaigns)));

    private async Task GoOnAsync()
    {
        while (world.IsQuarantined)
        {
            await world.Scheduler.Pause(TimeSpan.FromMinutes(30));
        }

        await UntilDoneAsync(async () => await _host.Product.Campaigns.KillAsync(false, "operator"));
        foreach (var campaign in Campaigns)
        {
            await UntilDoneAsync(async () => await _host.Product.LaunchCampaign.LaunchAsync(campaign));
        }
    }

    private async Task UntilDoneAsync(Func<Task> command)
    {
        while (!await Staff.TryAsync(world, command))
        {
            await world.Scheduler.Pause(TimeSpan.FromSeconds(5));
        }
    }
}
