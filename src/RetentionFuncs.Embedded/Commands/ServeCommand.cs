using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Serving;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Runs the folder: timers, queue, public pages; until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Define(CommandLine line, CancellationToken cancel)
    {
        var port = new Option<int>("--port") { Description = "On 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 5080 };
        var every = new Option<int>("--tick-seconds") { Description = "Seconds between ticks.", DefaultValueFactory = _ => 60 };
        var command = new Command("serve", "Run timers, queue and public pages; loopback only.") { port, every };
        line.Bind(
            command,
            (context, parsed) =>
                parsed.GetValue(every) < 1 || parsed.GetValue(port) is < 0 or > 65535
                    ? Task.FromResult(
                        context.Usage(
                            "--tick-seconds must be 1 or more, --port 0 to 65535.",
                            "--tick-seconds 至少为 1，--port 为 0 到 65535。"
                        )
                    )
                    : WithHome.ReadAsync(context, home => RunAsync(context, home, parsed.GetValue(port), parsed.GetValue(every), cancel)),
            here: true
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, int port, int every, CancellationToken cancel)
    {
        if (context.Open is not null)
        {
            return context.Usage("The folder is being served already.", "该文件夹已在运行中。");
        }

        await using var site = await PublicSite.StartAsync(home, port);
        context.Tell(
            $"Serving {home.Folder.Path} on {site.Address}; stop with Ctrl+C.",
            $"正在运行 {home.Folder.Path}，地址 {site.Address}；按 Ctrl+C 停止。"
        );
        await FirstAdministrator.TellAsync(context, home, site.Address);
        await using var socket = CommandSocket.Listen(home, context);
        await new EmbeddedLoop(home, TimeSpan.FromSeconds(every), context.Err).RunAsync(cancel);
        context.Tell("Stopped between two messages; nothing is lost.", "已在两条信息之间停下，没有丢失任何内容。");
        return Exit.Done;
    }
}
