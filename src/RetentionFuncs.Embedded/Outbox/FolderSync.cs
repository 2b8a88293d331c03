using System.Runtime.InteropServices;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>
/// Makes the names in a folder survive a power cut. POSIX keeps a renamed file's bytes and its name apart, and .NET cannot sync a
/// folder itself; Windows journals the name.
/// </summary>
internal static class FolderSync
{
    /// <exception cref="IOException">The folder could not be synced.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle < 0)
        {
            throw new IOException($"The folder '{folder}' could not be opened to be synced.");
        }

        var answer = Sync(handle);
        _ = Close(handle);
        if (answer != 0)
        {
            throw new IOException($"The folder '{folder}' could not be synced.");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
