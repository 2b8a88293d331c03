using RetentionFuncs.Findings;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>The folder of one installation, held by one process at a time through a lock that dies with the process.</summary>
internal sealed class DataFolder : IDisposable
{
    public const string DatabaseName = "retention.db";
    public const string LockName = "retention.lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string[] SyncedNames = ["OneDrive", "Dropbox", "Google Drive", "iCloud", "Nextcloud"];
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public string DatabasePath => System.IO.Path.Combine(Path, DatabaseName);

    /// <summary>What is allowed but unwise about where the folder lies.</summary>
    public IReadOnlyList<Phrase> Warnings =>
        [
            .. SyncedNames
                .Where(name => Path.Contains(name, StringComparison.OrdinalIgnoreCase))
                .Select(name => new Phrase(
                    $"{Path} looks like a {name} folder; a program that copies the file while it changes can spoil it. Move it elsewhere.",
                    $"{Path} 像是 {name} 同步文件夹；同步程序在文件变动时复制可能损坏数据，请移到别处。"
                )),
        ];

    /// <summary>Makes the folder (mode 0700) when it is missing, and holds it.</summary>
    /// <exception cref="DatabaseRefusedException">Held by another process, not writable, or on a network drive.</exception>
    public static DataFolder Hold(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Make(full);
            RefuseNetworkDrive(full);
            return new DataFolder(full, NewFile(System.IO.Path.Combine(full, LockName), FileMode.OpenOrCreate));
        }
        catch (IOException fault) when (IsHeldElsewhere(fault))
        {
            throw new DatabaseRefusedException(
                $"Another program has the data folder {full} open, perhaps 'retention serve'. Stop it, or give the command to it.",
                $"另一个程序正在使用数据文件夹 {full}（可能是 retention serve）。请先停止它，或让它来执行该命令。",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException(
                $"The data folder {full} cannot be written: {fault.Message} Choose another with --data.",
                $"数据文件夹 {full} 无法写入：{fault.Message} 请用 --data 另选文件夹。",
                fault
            );
        }
    }

    /// <summary>Opens a file that only its owner can read, whether it is new or not.</summary>
    public static FileStream NewFile(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Takes the file away from everyone but its owner.</summary>
    public static void Close(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static void RefuseNetworkDrive(string path)
    {
        if (path.StartsWith(@"\\", StringComparison.Ordinal) || new DriveInfo(path).DriveType == DriveType.Network)
        {
            throw new DatabaseRefusedException(
                $"The data folder {path} is on a network drive, whose locks cannot be trusted. Choose a local disk.",
                $"数据文件夹 {path} 位于网络盘，文件锁不可靠，请改用本地磁盘。"
            );
        }
    }

    // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
    private static bool IsHeldElsewhere(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
