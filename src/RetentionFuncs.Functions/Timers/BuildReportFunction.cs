using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Runs;

namespace RetentionFuncs.Functions.Timers;

/// <summary>Builds the report and keeps it.</summary>
public sealed class BuildReportFunction(FunctionsHome home)
{
    [Function("BuildReport")]
    public async Task RunAsync(
        [TimerTrigger("%" + FunctionSettings.BuildReportSchedule + "%")] TimerInfo timer,
        CancellationToken cancel
    ) => await (await home.OpenAsync()).Product.StartRun.RunAsync(RunKind.BuildReport, cancel);
}
