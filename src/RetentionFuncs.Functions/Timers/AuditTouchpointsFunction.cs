using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Runs;

namespace RetentionFuncs.Functions.Timers;

/// <summary>The weekly full pass that holds the indexes against the customers.</summary>
public sealed class AuditTouchpointsFunction(FunctionsHome home)
{
    [Function("AuditTouchpoints")]
    public async Task RunAsync(
        [TimerTrigger("%" + FunctionSettings.AuditTouchpointsSchedule + "%")] TimerInfo timer,
        CancellationToken cancel
    ) => await (await home.OpenAsync()).Product.StartRun.RunAsync(RunKind.AuditTouchpoints, cancel);
}
