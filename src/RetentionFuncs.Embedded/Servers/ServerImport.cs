using System.Security.Cryptography;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>
/// Brings a file to a running home, waits until it is taken in, and tells the same account as an import into a folder. Whatever is cut
/// off, the same command goes on where it stopped.
/// </summary>
internal static class ServerImport
{
    public static async Task<int> RunAsync(ServerCall call, string kind)
    {
        var context = call.Context;
        var path = context.PathOf(call.Value("file")!);
        if (!File.Exists(path))
        {
            return context.Usage($"{path} does not exist.", $"找不到文件 {path}。");
        }

        if (!ImportFlags.TryRead(context, call.Parsed, kind, out var declared, out _))
        {
            return Exit.WrongUsage;
        }

        using var file = new UploadedFile(path);
        try
        {
            var upload = new ServerUpload(call, file);
            var standing = await upload.BeginAsync(kind, await HashAsync(context, path, file.Length), declared);
            standing = await upload.SendAsync(standing);
            standing = await new ServerApplying(call).WatchAsync(standing);
            return await EndAsync(call, kind, path, standing);
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Tell(
                "No longer waiting. What is at the server stays there, and an import under way goes on; the same command finds it again.",
                "已停止等待。已上传的内容保留在服务器上，进行中的导入会继续；再次执行同一命令即可接上。"
            );
            return Exit.Failed;
        }
    }

    private static async Task<string> HashAsync(CommandContext context, string path, long length)
    {
        var line = new ProgressLine(context.Err, context.IsTerminal, context.Say("hashing", "校验"), length);
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1024 * 1024];
        while (await stream.ReadAsync(block, context.Stop) is var read and > 0)
        {
            hash.AppendData(block, 0, read);
            line.Show(stream.Position);
        }

        line.End();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<int> EndAsync(ServerCall call, string kind, string path, Standing standing)
    {
        var context = call.Context;
        if (standing.State == UploadState.Refused)
        {
            return ImportTelling.TellRefused(context, standing.Name, standing.Line, standing.Reason ?? "");
        }

        if (standing is not { State: UploadState.Done, Report: { } report })
        {
            context.Tell("The import was given up at the server.", "该导入已在服务器上被放弃。");
            return Exit.Failed;
        }

        if (report.RefusedFile is not null)
        {
            report = report with { RefusedFile = await SaveRefusedAsync(call, path, standing) };
        }

        ImportTelling.Tell(context, kind, report);
        return report.Refused > 0 ? Exit.WithRefusals : Exit.Done;
    }

    /// <summary>Beside the file itself, put there once it is whole; readable by this user only, as customers' rows are.</summary>
    private static async Task<string> SaveRefusedAsync(ServerCall call, string path, Standing standing)
    {
        var saved = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + ".refused.csv");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var to = new FileStream(saved + ".partial", options))
        {
            await Retrying.RunAsync(
                call.Context,
                async () =>
                {
                    to.SetLength(0);
                    await call.Client.SaveAsync($"imports/{standing.Id}/refused-rows", to);
                    return true;
                }
            );
        }

        File.Move(saved + ".partial", saved, overwrite: true);
        return saved;
    }
}

/// <summary>The parts of an upload's standing that the command line reads.</summary>
internal sealed record Standing(
    string Id,
    string Name,
    long Length,
    UploadState State,
    long Received,
    int PieceBytes,
    long? Rows,
    long Applied,
    long Refused,
    long? Line,
    string? Reason,
    DateTimeOffset ChangedAt,
    ImportReport? Report
);
