using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Timers;

/// <summary>Looks the sending over, then reads how the home stands, for the gauges that ops watch.</summary>
public sealed class ObserveHomeFunction(FunctionsHome home)
{
    [Function("ObserveHome")]
    public async Task RunAsync([TimerTrigger("%" + FunctionSettings.ObserveHomeSchedule + "%")] TimerInfo timer, CancellationToken cancel)
    {
        var product = (await home.OpenAsync()).Product;
        _ = await product.WatchSending.RunAsync();
        await product.ObserveHome.RunAsync(cancel);
    }
}
