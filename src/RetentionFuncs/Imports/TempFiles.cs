namespace RetentionFuncs.Imports;

/// <summary>Files that hold customers' rows: readable by this user only.</summary>
internal static class TempFiles
{
    /// <param name="deleteOnClose">Whether nothing may be left of it, not even after a crash.</param>
    public static FileStream Create(string path, bool deleteOnClose)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 64 * 1024,
            Options = deleteOnClose ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        if (deleteOnClose && !OperatingSystem.IsWindows())
        {
            // An unlinked file lives as long as its handle and no longer.
            File.Delete(path);
        }

        return file;
    }
}
