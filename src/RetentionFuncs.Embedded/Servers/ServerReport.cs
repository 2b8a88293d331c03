using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>The report of a running home, told by it; the page is written here.</summary>
internal static class ServerReport
{
    public static async Task<int> RunAsync(ServerCall call)
    {
        var path = "report" + ServerClient.Query(("campaign", call.Value("campaign")), ("asOf", call.AsOf));
        if (call.Value("--html") is { } file)
        {
            ReportCommand.WritePage(call.Context, call.Context.PathOf(file), (await call.Client.GetAsync(path, ServerClient.Html)).Body);
        }

        return await call.GetAsync(path);
    }
}
