using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Http;

/// <summary>What the provider tells of our messages; it checks the provider's signature.</summary>
public sealed class SendGridEventsFunction(FunctionsHome home)
{
    [Function("SendGridEvents")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/sendgrid")] HttpRequest request
    ) => PipelineResult.For(await home.OpenAsync());
}
