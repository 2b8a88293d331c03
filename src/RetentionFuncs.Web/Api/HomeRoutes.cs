using RetentionFuncs.Operations;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Api;

/// <summary>The home itself: who you are to it, how it is doing, what was done by hand.</summary>
internal static class HomeRoutes
{
    private const int NewestOperations = 500;

    public static void Map(ApiGroup api)
    {
        api.Map("GET", "/me", call => Task.FromResult(ApiAnswer.Of(CallerDocument.Of(call.Caller), call)));
        api.Map("GET", "/status", StatusAsync);
        api.Map("GET", "/operations", OperationsAsync);
    }

    private static async Task<ApiAnswer> StatusAsync(ApiCall call)
    {
        call.AllowOnly();
        return ApiAnswer.Of(StatusDocument.Of(await HomeStatus.ReadAsync(call.Home), call.Language), call);
    }

    private static async Task<ApiAnswer> OperationsAsync(ApiCall call)
    {
        call.AllowOnly();
        var newest = new List<Operation>();
        await foreach (var operation in new OperatorLog(call.Product.Store).ReadAsync())
        {
            newest.Add(operation);
            if (newest.Count == NewestOperations)
            {
                break;
            }
        }

        return ApiAnswer.Of(OperationDocuments.List(newest, call.Product.Calendar), call);
    }
}
