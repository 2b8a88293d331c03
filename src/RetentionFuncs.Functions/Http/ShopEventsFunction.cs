using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Http;

/// <summary>The shop's own events; the host has checked a function key.</summary>
public sealed class ShopEventsFunction(FunctionsHome home)
{
    [Function("ShopEvents")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "machine/v1/events")] HttpRequest request
    ) => PipelineResult.ForMachine(await home.OpenAsync());
}
