using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Runs;

namespace RetentionFuncs.Functions.Timers;

/// <summary>Journeys that wait: the next step, what was held, a campaign's backlog.</summary>
public sealed class DecideWaitingFunction(FunctionsHome home)
{
    [Function("DecideWaiting")]
    public async Task RunAsync(
        [TimerTrigger("%" + FunctionSettings.DecideWaitingSchedule + "%")] TimerInfo timer,
        CancellationToken cancel
    ) => await (await home.OpenAsync()).Product.StartRun.RunAsync(RunKind.DecideWaiting, cancel);
}
