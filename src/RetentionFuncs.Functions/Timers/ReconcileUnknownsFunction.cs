using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Runs;

namespace RetentionFuncs.Functions.Timers;

/// <summary>Asks the provider's log about unknown outcomes.</summary>
public sealed class ReconcileUnknownsFunction(FunctionsHome home)
{
    [Function("ReconcileUnknowns")]
    public async Task RunAsync(
        [TimerTrigger("%" + FunctionSettings.ReconcileUnknownsSchedule + "%")] TimerInfo timer,
        CancellationToken cancel
    ) => await (await home.OpenAsync()).Product.StartRun.RunAsync(RunKind.ReconcileUnknowns, cancel);
}
