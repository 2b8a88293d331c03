using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>How a running home is doing; exit status 1 when something needs a person, as with a folder.</summary>
internal static class ServerStatus
{
    public static async Task<int> RunAsync(ServerCall call)
    {
        var fine = (await call.Client.GetAsync("status")).Read<Standing>().Fine;
        var status = await call.GetAsync("status");
        return fine ? status : Exit.WithRefusals;
    }

    private sealed record Standing(bool Fine);
}
