using Microsoft.AspNetCore.Http;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Functions.Http;

/// <summary>Runs the product's one request pipeline on the request that reached a function.</summary>
public sealed class PipelineResult : IResult
{
    private readonly OpenedHome _home;
    private readonly bool _isMachine;

    private PipelineResult(OpenedHome home, bool isMachine) => (_home, _isMachine) = (home, isMachine);

    public static PipelineResult For(OpenedHome home) => new(home, false);

    /// <summary>For a function that the host calls only with a function key.</summary>
    public static PipelineResult ForMachine(OpenedHome home) => new(home, true);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // The worker has matched its own endpoint; with it set, the pipeline's routing would not look again.
        httpContext.SetEndpoint(null);
        httpContext.Request.RouteValues.Clear();
        if (_isMachine)
        {
            MachineCallers.Vouch(httpContext);
        }

        return _home.Pipeline(httpContext);
    }
}
