namespace RetentionFuncs.Embedded.Stores;

/// <summary>How the one connection holds the file.</summary>
public enum FileHold
{
    /// <summary>Nothing else may touch the file while we run.</summary>
    Exclusive,

    /// <summary>We alone write; a table browser may read beside us.</summary>
    ReadersBeside,
}

/// <summary>
/// Decides by the version of SQLite at run time. 3.7.0 to 3.51.2 may corrupt a WAL file when two connections write or checkpoint at
/// once (sqlite.org/wal.html#walresetbug); the repair went back into 3.44.6 and 3.50.7. On those versions one connection has the file
/// to itself, which rules the fault out.
/// </summary>
public static class SqliteVersionGate
{
    /// <summary>The first version with STRICT tables, which the schema uses.</summary>
    private static readonly Version Oldest = new(3, 37, 0);

    private static readonly Version Repaired = new(3, 51, 3);

    /// <exception cref="DatabaseRefusedException">Older than 3.37.0, or not a version at all.</exception>
    public static FileHold Decide(string sqliteVersion)
    {
        if (!Version.TryParse(sqliteVersion, out var version) || version < Oldest)
        {
            throw new DatabaseRefusedException(
                $"SQLite '{sqliteVersion}' is too old; at least {Oldest} is needed.",
                $"SQLite“{sqliteVersion}”版本过旧，至少需要 {Oldest}。"
            );
        }

        return HasWalResetFault(version) ? FileHold.Exclusive : FileHold.ReadersBeside;
    }

    /// <summary>3.7.0 to 3.51.2, but not 3.44.6 and later 3.44, nor 3.50.7 and later 3.50.</summary>
    public static bool HasWalResetFault(Version version) =>
        version >= new Version(3, 7, 0)
        && version < Repaired
        && !(version is { Major: 3, Minor: 44, Build: >= 6 } or { Major: 3, Minor: 50, Build: >= 7 });
}
