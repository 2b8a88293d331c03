using System.Globalization;
using RetentionFuncs.Identity;
using SQLitePCL;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>Makes, checks and opens <c>retention.db</c> in a folder that is held.</summary>
internal static class DatabaseFile
{
    /// <summary>Files up to this size are read through at the start (about 0.1 s); larger ones when <c>doctor</c> asks.</summary>
    private const long CheckedBytes = 32 * 1024 * 1024;
    private const int HeaderBytes = 100;

    /// <summary>How the copies made before an upgrade begin; the old schema's number follows.</summary>
    public const string BeforeUpgrade = "before-upgrade-";

    /// <exception cref="DatabaseRefusedException">Not ours, damaged, of a newer program, or held by another.</exception>
    public static SqliteHandle Open(DataFolder folder, FileHold hold, SqliteOptions options, IIdSource ids)
    {
        var path = folder.DatabasePath;
        if (File.Exists(path))
        {
            RefuseForeignFile(path);
        }
        else
        {
            Make(path, ids);
        }

        DataFolder.Close(path);
        try
        {
            return Prepared(path, hold, options);
        }
        catch (SqliteFaultException fault)
        {
            throw Refusal(path, fault);
        }
    }

    /// <summary>
    /// A new file gets its final name only when it is complete, so that a crash leaves either none or a whole one, and an empty file is
    /// always a damaged one.
    /// </summary>
    private static void Make(string path, IIdSource ids)
    {
        var draft = path + ".new";
        File.Delete(draft);
        File.Delete(draft + "-journal");
        DataFolder.NewFile(draft, FileMode.CreateNew).Dispose();
        using (var handle = new SqliteHandle(draft, create: true))
        {
            handle.Execute("PRAGMA synchronous = FULL");
            SchemaScripts.Apply(handle);
            handle.Prepare("INSERT INTO meta (name, value) VALUES ('instance_id', ?1), ('epoch', '1')").Bind(1, ids.NewId()).Run();
        }

        File.Move(draft, path);
    }

    private static void RefuseForeignFile(string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var length = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (length < HeaderBytes)
        {
            throw new DatabaseRefusedException(
                $"{path} has {length} bytes, so it was cut off. Restore a backup, or move it away to begin with an empty one.",
                $"{path} 只有 {length} 字节，文件不完整。请从备份恢复，或将其移走以新建空库。"
            );
        }

        if (!header.StartsWith("SQLite format 3\0"u8))
        {
            throw new DatabaseRefusedException(
                $"{path} is not a SQLite file. Move it away, or choose another folder with --data.",
                $"{path} 不是 SQLite 文件。请将其移走，或用 --data 另选文件夹。"
            );
        }
    }

    private static SqliteHandle Prepared(string path, FileHold hold, SqliteOptions options)
    {
        var handle = new SqliteHandle(path, create: false);
        try
        {
            // Before anything else touches the WAL: in exclusive mode its index lives in our memory, not in a shared file.
            handle.Execute($"PRAGMA locking_mode = {(hold == FileHold.Exclusive ? "EXCLUSIVE" : "NORMAL")}");
            RefuseForeignContent(handle, path);
            RefuseDamage(handle, path);
            KeepBefore(handle, path);
            Configure(handle, options);
            SchemaScripts.Apply(handle);
            ForgetLeases(handle);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static void RefuseForeignContent(SqliteHandle handle, string path)
    {
        if (handle.AskInteger("PRAGMA application_id") != SchemaScripts.ApplicationId)
        {
            throw new DatabaseRefusedException(
                $"{path} is a SQLite file of another program. Move it away, or choose another folder with --data.",
                $"{path} 是其他程序的 SQLite 文件。请将其移走，或用 --data 另选文件夹。"
            );
        }

        var schema = handle.AskInteger("PRAGMA user_version");
        if (schema > SchemaScripts.Newest)
        {
            throw new DatabaseRefusedException(
                $"{path} has schema {schema}; this program knows up to {SchemaScripts.Newest}. Use the newer program that wrote it.",
                $"{path} 的结构版本为 {schema}，本程序最高支持 {SchemaScripts.Newest}。请使用写入它的较新版本。"
            );
        }
    }

    private static void RefuseDamage(SqliteHandle handle, string path)
    {
        if (new FileInfo(path).Length <= CheckedBytes && handle.Ask("PRAGMA quick_check(1)") is var found and not "ok")
        {
            throw new DatabaseRefusedException(
                $"{path} is damaged ({found}). Restore a backup.",
                $"{path} 已损坏（{found}）。请从备份恢复。"
            );
        }
    }

    /// <summary>A whole copy before the tables change, so that an older program can be gone back to.</summary>
    private static void KeepBefore(SqliteHandle handle, string path)
    {
        var present = handle.AskInteger("PRAGMA user_version");
        if (present == 0 || present >= SchemaScripts.Newest)
        {
            return;
        }

        var copy = Path.Combine(Path.GetDirectoryName(path)!, string.Create(CultureInfo.InvariantCulture, $"{BeforeUpgrade}{present}.db"));
        try
        {
            File.Delete(copy + ".new");
            handle.Prepare("VACUUM INTO ?1").Bind(1, copy + ".new").Run();
            DataFolder.Close(copy + ".new");
            File.Move(copy + ".new", copy, overwrite: true);
        }
        catch (Exception fault) when (fault is SqliteFaultException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException(
                $"{path} has schema {present} and would be brought up to {SchemaScripts.Newest}, but no copy of it could be made first: {fault.Message}. Make room on the disk; nothing was changed.",
                $"{path} 的结构版本为 {present}，需升级到 {SchemaScripts.Newest}，但无法先制作副本：{fault.Message}。请清理磁盘空间；未作任何更改。",
                fault
            );
        }
    }

    private static void Configure(SqliteHandle handle, SqliteOptions options)
    {
        handle.Execute("PRAGMA journal_mode = WAL");
        if (handle.Ask("PRAGMA journal_mode") is var mode and not "wal")
        {
            throw new DatabaseRefusedException(
                $"SQLite keeps the journal as '{mode}', not as a WAL; the disk may not allow it.",
                $"SQLite 的日志模式为“{mode}”而非 WAL，可能是磁盘不支持。"
            );
        }

        handle.Execute(
            $"PRAGMA synchronous = {(options.Durable ? "FULL" : "OFF")}; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = FAST"
        );
        handle.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {options.CheckpointPages}"));
    }

    // We hold the folder, so whoever held these leases is gone.
    private static void ForgetLeases(SqliteHandle handle) =>
        handle.Execute("UPDATE queue SET lease = NULL, leased_until = NULL WHERE lease IS NOT NULL");

    private static DatabaseRefusedException Refusal(string path, SqliteFaultException fault) =>
        fault.Kind switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
                $"Another program has {path} open. Close it first.",
                $"另一个程序正在使用 {path}，请先关闭。",
                fault
            ),
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => new(
                $"{path} cannot be written: {fault.Message}.",
                $"{path} 无法写入：{fault.Message}。",
                fault
            ),
            _ => new($"{path} is damaged ({fault.Message}). Restore a backup.", $"{path} 已损坏（{fault.Message}）。请从备份恢复。", fault),
        };
}
