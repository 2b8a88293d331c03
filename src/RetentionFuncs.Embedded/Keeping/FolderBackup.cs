using System.Formats.Tar;
using System.Reflection;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>
/// A whole copy of a data folder while it is worked on: the database as of one moment, settings, campaigns and the secret without which
/// no row can be read. Opened and read through before it counts.
/// </summary>
internal static class FolderBackup
{
    /// <summary>Backups with this ending are one file; any other path is a folder.</summary>
    public const string ArchiveEnding = ".tar";

    /// <param name="target">A folder or <c>.tar</c> file that does not exist yet.</param>
    /// <exception cref="HomeRefusedException">The target exists, or the copy is not sound.</exception>
    public static async Task<BackupManifest> RunAsync(EmbeddedHome home, string target)
    {
        if (File.Exists(target) || Directory.Exists(target))
        {
            throw new HomeRefusedException(
                new($"{target} exists already; name a path that does not.", $"{target} 已存在，请另指定一个路径。")
            );
        }

        var isArchive = Path.GetExtension(target) == ArchiveEnding;
        var draft = target + ".draft";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        MakePrivate(draft);
        try
        {
            var manifest = await FillAsync(home, draft);
            if (isArchive)
            {
                await ArchiveAsync(draft, target);
            }
            else
            {
                Directory.Move(draft, target);
            }

            return manifest;
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    private static async Task<BackupManifest> FillAsync(EmbeddedHome home, string folder)
    {
        var copy = Path.Combine(folder, DataFolder.DatabaseName);
        await home.Database.BackUpAsync(copy);
        var (epoch, mark, schema) = Check(copy);
        Copy(home.Folder.Settings, Path.Combine(folder, "retention.yaml"));
        Copy(home.Folder.Secret, Path.Combine(folder, "instance.secret"));
        CopyTree(home.Folder.Campaigns, Path.Combine(folder, "campaigns"));
        var files = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(f => BackedUpFile.Of(folder, f))
            .ToArray();
        var manifest = new BackupManifest(
            BackupManifest.CurrentSchema,
            home.Product.Clock.GetUtcNow(),
            typeof(FolderBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            home.Database.InstanceId,
            epoch,
            mark,
            schema,
            files
        );
        manifest.Write(folder);
        return manifest;
    }

    /// <summary>A copy that cannot be opened is none.</summary>
    private static (long Epoch, long Mark, long Schema) Check(string copy)
    {
        using var handle = new SqliteHandle(copy, create: false);
        if (
            handle.AskInteger("PRAGMA application_id") != SchemaScripts.ApplicationId
            || handle.Ask("PRAGMA integrity_check(1)") is not "ok"
        )
        {
            throw new HomeRefusedException(
                new(
                    "The copy of the database is not sound, so there is no backup. Look with 'retention doctor'.",
                    "数据库副本有损坏，备份未完成。请运行 retention doctor 检查。"
                )
            );
        }

        return (
            handle.AskInteger("SELECT value FROM meta WHERE name = 'epoch'"),
            handle.AskInteger("SELECT value FROM meta WHERE name = 'mark'"),
            handle.AskInteger("PRAGMA user_version")
        );
    }

    private static async Task ArchiveAsync(string folder, string target)
    {
        var part = target + ".part";
        await using (var file = DataFolder.NewFile(part, FileMode.Create))
        {
            await TarFile.CreateFromDirectoryAsync(folder, file, includeBaseDirectory: false);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, target);
    }

    internal static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Readable by its owner only; what is not there is not copied.</summary>
    internal static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = DataFolder.NewFile(to, FileMode.CreateNew);
            source.CopyTo(target);
            target.Flush(flushToDisk: true);
        }
    }

    internal static void CopyTree(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        MakePrivate(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            MakePrivate(Path.GetDirectoryName(place)!);
            Copy(file, place);
        }
    }
}
