using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Http;

/// <summary>Everything else: preference pages, health, the console. Each route has its own check.</summary>
public sealed class EverythingFunction(FunctionsHome home)
{
    [Function("Everything")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "delete", Route = "{*path}")] HttpRequest request
    ) => PipelineResult.For(await home.OpenAsync());
}
