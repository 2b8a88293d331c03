using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.HandOffs;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>Lists made by a running home and saved here.</summary>
internal static class ServerHandOff
{
    private sealed record Made(string List, int Contacts);

    public static async Task<int> MakeAsync(ServerCall call)
    {
        if (HandOffBatch.ChannelsOf(call.Value("--channel")) is null)
        {
            return HandOffCommand.OddChannel(call.Context, call.Value("--channel"));
        }

        var answer = await call.Client.PostAsync("handoffs", new { channel = call.Value("--channel") });
        foreach (var made in answer.Read<Made[]>())
        {
            await SaveAsync(call, made.List);
        }

        return Exit.Done;
    }

    public static async Task<int> AgainAsync(ServerCall call)
    {
        await SaveAsync(call, call.Value("list")!);
        return Exit.Done;
    }

    private static async Task SaveAsync(ServerCall call, string list)
    {
        var folder = call.Context.PathOf(call.Value("--out") ?? ".");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, list + ".csv");
        await using (var file = File.Create(path + ".part"))
        {
            await call.Client.SaveAsync("handoffs/" + ServerClient.Segment(list), file);
        }

        File.Move(path + ".part", path, overwrite: true);
        call.Context.Out.WriteLine(path);
    }
}
