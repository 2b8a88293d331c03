using System.Formats.Tar;
using System.Globalization;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Embedded.Stores;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>
/// Puts a backup into a data folder. What lay there is moved aside, never deleted; the outbox and the epoch file stay, since they are what
/// tells later which messages the backup has forgotten. Opening the folder then raises the epoch and freezes sending.
/// </summary>
internal static class FolderRestore
{
    private static readonly string[] Parts =
    [
        DataFolder.DatabaseName,
        DataFolder.DatabaseName + "-wal",
        DataFolder.DatabaseName + "-shm",
        DataFolder.DatabaseName + "-journal",
        "retention.yaml",
        "instance.secret",
        "campaigns",
    ];

    /// <param name="replace">Whether a folder that is in use already may be replaced.</param>
    /// <returns>Where the replaced parts lie; null when there were none.</returns>
    /// <exception cref="HomeRefusedException">No whole backup, or a folder that may not be replaced.</exception>
    /// <exception cref="DatabaseRefusedException">A program serves the folder.</exception>
    public static async Task<(BackupManifest Manifest, string? Aside)> RunAsync(
        string backup,
        HomeFolder folder,
        bool replace,
        DateTimeOffset now
    )
    {
        var unpacked = File.Exists(backup) ? await UnpackAsync(backup) : null;
        try
        {
            var from = unpacked ?? backup;
            var manifest = BackupManifest.ReadWhole(from);
            RefuseNewer(manifest);
            RefuseInUse(folder, replace);
            using var held = DataFolder.Hold(folder.Path);
            var aside = MoveAside(folder, now);
            Put(from, folder);
            return (manifest, aside);
        }
        finally
        {
            if (unpacked is not null)
            {
                Directory.Delete(unpacked, recursive: true);
            }
        }
    }

    private static async Task<string> UnpackAsync(string archive)
    {
        var folder = Directory.CreateTempSubdirectory("retention-restore-").FullName;
        try
        {
            await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: false);
            return folder;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or FormatException)
        {
            Directory.Delete(folder, recursive: true);
            throw new HomeRefusedException(
                new($"{archive} is no whole backup: {fault.Message}", $"{archive} 不是完整的备份：{fault.Message}")
            );
        }
    }

    private static void RefuseNewer(BackupManifest manifest)
    {
        if (manifest.DatabaseSchema > SchemaScripts.Newest)
        {
            throw new HomeRefusedException(
                new(
                    $"The backup's database has schema {manifest.DatabaseSchema}; this program knows up to {SchemaScripts.Newest}. Use the newer program ({manifest.Program}).",
                    $"备份数据库的结构版本为 {manifest.DatabaseSchema}，本程序最高支持 {SchemaScripts.Newest}。请使用较新版本（{manifest.Program}）。"
                )
            );
        }
    }

    private static void RefuseInUse(HomeFolder folder, bool replace)
    {
        if (!replace && Parts.Any(p => Path.Exists(folder.In(p))))
        {
            throw new HomeRefusedException(
                new(
                    $"{folder.Path} is in use already. Add --replace to move its database, settings, campaigns and secret aside.",
                    $"{folder.Path} 已在使用。如需替换，请加 --replace，原有数据库、设置、活动和密钥会移到一旁保存。"
                )
            );
        }
    }

    private static string? MoveAside(HomeFolder folder, DateTimeOffset now)
    {
        var there = Parts.Where(p => Path.Exists(folder.In(p))).ToArray();
        if (there.Length == 0)
        {
            return null;
        }

        var aside = folder.In("replaced-" + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture));
        FolderBackup.MakePrivate(aside);
        foreach (var part in there)
        {
            // The database last: until then the folder still opens as what it was, or not at all.
            Directory.Move(folder.In(part), Path.Combine(aside, part));
        }

        return aside;
    }

    private static void Put(string from, HomeFolder folder)
    {
        FolderBackup.CopyTree(Path.Combine(from, "campaigns"), folder.Campaigns);
        FolderBackup.Copy(Path.Combine(from, "instance.secret"), folder.Secret);
        var draft = folder.In(DataFolder.DatabaseName + ".new");
        File.Delete(draft);
        FolderBackup.Copy(Path.Combine(from, DataFolder.DatabaseName), draft);
        File.Move(draft, folder.In(DataFolder.DatabaseName));
        // Settings make a folder one: they come last.
        FolderBackup.Copy(Path.Combine(from, "retention.yaml"), folder.Settings);
        FolderSync.Flush(folder.Path);
    }
}
