using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Http;

/// <summary>The pages behind the links in messages; each checks its own signed link.</summary>
public sealed class PublicPagesFunction(FunctionsHome home)
{
    [Function("PublicPages")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "u/{*token}")] HttpRequest request
    ) => PipelineResult.For(await home.OpenAsync());
}
