using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Runs;

namespace RetentionFuncs.Functions.Timers;

/// <summary>Requeues, expires, reaps and closes what is not finished, and what came in and lost its message.</summary>
public sealed class SweepOpenWorkFunction(FunctionsHome home)
{
    [Function("SweepOpenWork")]
    public async Task RunAsync([TimerTrigger("%" + FunctionSettings.SweepOpenWorkSchedule + "%")] TimerInfo timer, CancellationToken cancel)
    {
        var product = (await home.OpenAsync()).Product;
        await product.StartRun.RunAsync(RunKind.SweepOpenWork, cancel);
        await product.StartRun.RunAsync(RunKind.SweepInbox, cancel);
    }
}
