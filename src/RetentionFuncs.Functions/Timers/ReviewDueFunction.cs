using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Runs;

namespace RetentionFuncs.Functions.Timers;

/// <summary>Reviews that fall due: stages, days after an order, birthdays, calendar dates.</summary>
public sealed class ReviewDueFunction(FunctionsHome home)
{
    [Function("ReviewDue")]
    public async Task RunAsync([TimerTrigger("%" + FunctionSettings.ReviewDueSchedule + "%")] TimerInfo timer, CancellationToken cancel)
    {
        var product = (await home.OpenAsync()).Product;
        // Wanted only after the lapse rule has changed; then every review on file was planned by the old one.
        await product.StartRun.RunAsync(RunKind.ReplanReviews, cancel);
        await product.StartRun.RunAsync(RunKind.ReviewDue, cancel);
    }
}
