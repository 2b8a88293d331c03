using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Keeping;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>A whole copy of the folder, also while it is served.</summary>
internal static class BackupCommand
{
    public static Command Define(CommandLine line)
    {
        var target = new Argument<string>("target") { Description = "A folder, or a file ending in .tar, that does not exist yet." };
        var command = new Command("backup", "Copy database, settings, campaigns and secret, also while it is served.") { target };
        line.Bind(
            command,
            (context, parsed) => WithHome.ReadAsync(context, home => RunAsync(context, home, context.PathOf(parsed.GetValue(target)!)))
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string target)
    {
        var manifest = await FolderBackup.RunAsync(home, target);
        var bytes = manifest.Files.Sum(f => f.Bytes);
        if (context.Json)
        {
            context.Print(
                new
                {
                    target,
                    manifest.MadeAt,
                    manifest.Epoch,
                    files = manifest.Files.Count,
                    bytes,
                }
            );
        }
        else
        {
            context.Out.WriteLine(
                context.Say(
                    $"Backed up to {target}: {manifest.Files.Count:N0} files, {bytes:N0} bytes; read through and sound.",
                    $"已备份到 {target}：{manifest.Files.Count:N0} 个文件，{bytes:N0} 字节；已通读校验。"
                )
            );
        }

        context.Tell(
            "It holds everything about your customers, and the secret with which it can be read. Keep it where only you can get at it, and delete it when its time is over.",
            "备份包含全部顾客资料以及读取它们所需的密钥。请存放在只有您能访问的地方，到期后删除。"
        );
        return Exit.Done;
    }
}
