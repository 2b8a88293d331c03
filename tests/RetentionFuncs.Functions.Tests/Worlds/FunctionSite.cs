using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace RetentionFuncs.Functions.Tests.Worlds;

/// <summary>
/// The HTTP side of a host: routes requests to HTTP functions by their triggers, asks for the key where one asks for it, and lets the
/// result write the answer, with the endpoint it matched still set, as the worker leaves it.
/// </summary>
internal sealed class FunctionSite : IAsyncDisposable
{
    public const string Key = "a-function-key";

    private readonly WebApplication _app;

    private FunctionSite(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<FunctionSite> StartAsync(IServiceProvider functions, ILoggerProvider? logs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        if (logs is not null)
        {
            _ = builder.Logging.AddProvider(logs);
        }

        _ = builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        foreach (var function in FunctionEntry.All)
        {
            if (function.Trigger is HttpTriggerAttribute trigger)
            {
                _ = app.MapMethods("/" + trigger.Route, trigger.Methods!, context => AnswerAsync(context, functions, function, trigger));
            }
        }

        await app.StartAsync();
        return new FunctionSite(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task AnswerAsync(
        HttpContext context,
        IServiceProvider functions,
        FunctionEntry function,
        HttpTriggerAttribute trigger
    )
    {
        if (trigger.AuthLevel == AuthorizationLevel.Function && context.Request.Headers["x-functions-key"] != Key)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var result = (IResult)(await function.CallAsync(functions, context.Request))!;
        await result.ExecuteAsync(context);
    }
}
