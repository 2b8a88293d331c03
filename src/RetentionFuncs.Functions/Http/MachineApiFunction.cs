using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Http;

/// <summary>The API for other programs; the host has checked a function key.</summary>
public sealed class MachineApiFunction(FunctionsHome home)
{
    [Function("MachineApi")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "put", "delete", Route = "machine/v1/{*path}")] HttpRequest request
    ) => PipelineResult.ForMachine(await home.OpenAsync());
}
