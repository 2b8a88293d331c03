using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Timers;

/// <summary>Reads how the home stands, for the gauges that ops watch.</summary>
public sealed class ObserveHomeFunction(FunctionsHome home)
{
    [Function("ObserveHome")]
    public async Task RunAsync(
        [TimerTrigger("%" + FunctionSettings.ObserveHomeSchedule + "%")] TimerInfo timer,
        CancellationToken cancel
    ) => await (await home.OpenAsync()).Product.ObserveHome.RunAsync(cancel);
}
