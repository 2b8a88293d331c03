using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Http;

/// <summary>The API for people; the pipeline reads who they are from the platform's authentication and refuses everybody else.</summary>
public sealed class ApiFunction(FunctionsHome home)
{
    [Function("Api")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "delete", Route = "api/v1/{*path}")] HttpRequest request
    ) => PipelineResult.For(await home.OpenAsync());
}
