using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Web.Api;

/// <summary>
/// Maps routes of the API under one door: each asks who calls and whether they may before anything else is looked at, and each ends in an
/// answer or in problem details.
/// </summary>
internal sealed class ApiGroup(IEndpointRouteBuilder routes, WebHome home, ICallerSource callers)
{
    /// <param name="path">As it stands in <see cref="RouteAccess.Api"/>.</param>
    /// <exception cref="ArgumentException">The table has no such line.</exception>
    public void Map(string method, string path, Func<ApiCall, Task<ApiAnswer>> act)
    {
        var rule = RouteAccess.For(method, path);
        _ = routes.MapMethods(path, [method], context => AnswerAsync(context, rule, act)).WithMetadata(rule);
    }

    /// <summary>A route that writes its own answer, behind the same door.</summary>
    /// <exception cref="ArgumentException">The table has no such line.</exception>
    public void MapRaw(string method, string path, RequestDelegate answer)
    {
        var rule = RouteAccess.For(method, path);
        _ = routes.MapMethods(path, [method], context => EnterRawAsync(context, rule, answer)).WithMetadata(rule);
    }

    /// <summary>Everything else below the door: known callers learn that it does not exist, others nothing.</summary>
    public void MapRest()
    {
        var rule = new RouteRule("*", "/{**rest}", []);
        _ = routes.Map(rule.Path, context => AnswerAsync(context, rule, call => throw NoSuchAddress(call))).WithMetadata(rule);
    }

    private async Task AnswerAsync(HttpContext context, RouteRule rule, Func<ApiCall, Task<ApiAnswer>> act)
    {
        // Numbers read the same on every machine, whatever the host's own settings are.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var language = CallerLanguage.Of(context.Request);
        ApiAnswer answer;
        try
        {
            answer = await act(await EnterAsync(context, rule, language));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            return;
        }
        catch (Exception failure)
        {
            answer = ApiAnswer.Of(ProblemOf(context, failure), language);
        }

        await answer.WriteAsync(context.Response, language);
    }

    private async Task EnterRawAsync(HttpContext context, RouteRule rule, RequestDelegate answer)
    {
        var language = CallerLanguage.Of(context.Request);
        try
        {
            _ = await EnterAsync(context, rule, language);
        }
        catch (Exception refusal) when (refusal is ApiProblem or StoreUnavailableException)
        {
            await ApiAnswer.Of(ProblemOf(context, refusal), language).WriteAsync(context.Response, language);
            return;
        }

        await answer(context);
    }

    private async ValueTask<ApiCall> EnterAsync(HttpContext context, RouteRule rule, string language)
    {
        var caller = await callers.FindAsync(context.Request) ?? throw ApiProblem.Unknown;
        return rule.Roles.Count == 0 || caller.HasOneOf(rule.Roles) ? new ApiCall(context, home, caller, language) : throw NotAllowed(rule);
    }

    private static ApiProblem NotAllowed(RouteRule rule)
    {
        var roles = string.Join(", ", rule.Roles.Select(Roles.NameOf));
        return new(
            StatusCodes.Status403Forbidden,
            "not-allowed",
            new("Not allowed", "没有权限"),
            new(
                $"This needs one of the roles: {roles}. Ask the administrator of this home.",
                $"此操作需要以下角色之一：{roles}。请联系管理员。"
            )
        );
    }

    private static ApiProblem NoSuchAddress(ApiCall call) =>
        new(
            StatusCodes.Status404NotFound,
            "no-such-address",
            new("No such address", "没有该地址"),
            new(
                $"There is nothing at {call.Context.Request.Method} {call.Context.Request.Path}; look at the list of addresses in the manual.",
                $"{call.Context.Request.Method} {call.Context.Request.Path} 不存在，请查阅手册中的地址列表。"
            )
        );

    private static ApiProblem ProblemOf(HttpContext context, Exception failure)
    {
        switch (failure)
        {
            case ApiProblem problem:
                return problem;
            case StoreUnavailableException:
                return ApiProblem.Away("store");
            case QueueUnavailableException:
                return ApiProblem.Away("queue");
            case BadHttpRequestException odd:
                return new(
                    odd.StatusCode,
                    "bad-request",
                    new("The request cannot be read", "无法读取该请求"),
                    new(odd.Message, odd.Message)
                );
            default:
                // The kind and the place, never the words.
                context
                    .RequestServices.GetService<ILoggerFactory>()
                    ?.CreateLogger<ApiGroup>()
                    .LogError("A fault in the program: {Fault} {Place}", failure.GetType().FullName, failure.StackTrace);
                return ApiProblem.Fault(failure);
        }
    }
}
