using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Keeping;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Puts a backup into a data folder; sending stays frozen until <c>doctor release</c>.</summary>
internal static class RestoreCommand
{
    public static Command Define(CommandLine line)
    {
        var backup = new Argument<string>("backup") { Description = "What 'retention backup' wrote." };
        var replace = new Option<bool>("--replace") { Description = "Move aside what the data folder holds." };
        var command = new Command("restore", "Put a backup into the data folder; sending is frozen until 'doctor release'.")
        {
            backup,
            replace,
        };
        line.Bind(
            command,
            (context, parsed) => RunAsync(context, context.PathOf(parsed.GetValue(backup)!), parsed.GetValue(replace)),
            here: true
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string backup, bool replace)
    {
        if (!Path.Exists(backup))
        {
            return context.Usage($"{backup} does not exist.", $"找不到 {backup}。");
        }

        var options = HomeSettings.Options();
        var (manifest, aside) = await FolderRestore.RunAsync(backup, context.Folder, replace, options.Clock.GetUtcNow());
        var why = new Phrase(
            $"a backup of {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC was restored",
            $"已恢复 {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC 的备份"
        );
        long epoch;
        using (var home = await EmbeddedHome.OpenAsync(context.Folder, options with { Restored = why }))
        {
            epoch = home.Database.Epoch;
        }

        if (context.Json)
        {
            context.Print(
                new
                {
                    folder = context.Folder.Path,
                    manifest.MadeAt,
                    epoch,
                    aside,
                }
            );
        }
        else
        {
            context.Out.WriteLine(context.Say($"Restored: {why.En}, epoch {epoch}.", $"恢复完成：{why.Zh}，纪元 {epoch}。"));
        }

        if (aside is not null)
        {
            context.Tell(
                $"What was there lies in {aside}; it holds customers' data, delete it when you need it no more.",
                $"原有内容已移至 {aside}，其中含有顾客资料，不再需要时请删除。"
            );
        }

        context.Tell(
            "Nothing is sent until 'retention doctor release' has compared it with what really left. Import again what came in since.",
            "在运行 retention doctor release 与实际发送记录核对之前，不会发送任何内容。备份之后的数据请重新导入。"
        );
        return Exit.Done;
    }
}
