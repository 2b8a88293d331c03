using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Runs;

namespace RetentionFuncs.Functions.Timers;

/// <summary>The weekly full pass: cut points and population.</summary>
public sealed class RefitScoresFunction(FunctionsHome home)
{
    [Function("RefitScores")]
    public async Task RunAsync(
        [TimerTrigger("%" + FunctionSettings.RefitScoresSchedule + "%")] TimerInfo timer,
        CancellationToken cancel
    ) => await (await home.OpenAsync()).Product.StartRun.RunAsync(RunKind.RefitScores, cancel);
}
