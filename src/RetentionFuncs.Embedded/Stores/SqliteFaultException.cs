using SQLitePCL;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>SQLite answered with an error.</summary>
/// <param name="code">The extended result code.</param>
internal sealed class SqliteFaultException(int code, string message) : Exception(message)
{
    /// <summary>The result code without its extension.</summary>
    public int Kind { get; } = code & 0xFF;

    /// <summary>The file can no longer be trusted to keep what it is given; a full disk or an oversized row are not of this kind.</summary>
    public bool IsFatal =>
        Kind
            is raw.SQLITE_IOERR
                or raw.SQLITE_CORRUPT
                or raw.SQLITE_NOTADB
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_READONLY
                or raw.SQLITE_MISUSE;

    public bool IsDamage => Kind is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
