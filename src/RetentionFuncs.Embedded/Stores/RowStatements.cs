using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>The five statements of one row table.</summary>
internal sealed class RowStatements(SqliteHandle handle, StoreTable table)
{
    private const string Columns = "SELECT key, version, body FROM";
    private readonly string _name = NameOf(table);

    /// <summary>1 partition, 2 from (included), 3 to (excluded), 4 most rows.</summary>
    public SqliteStatement Range =>
        field ??= handle.Prepare($"{Columns} {_name} WHERE partition = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4");

    /// <summary>1 partition, 2 from (included), 3 most rows.</summary>
    public SqliteStatement Rest => field ??= handle.Prepare($"{Columns} {_name} WHERE partition = ?1 AND key >= ?2 ORDER BY key LIMIT ?3");

    public SqliteStatement Version => field ??= handle.Prepare($"SELECT version FROM {_name} WHERE partition = ?1 AND key = ?2");

    /// <summary>1 partition, 2 key, 3 version, 4 body.</summary>
    public SqliteStatement Put => field ??= handle.Prepare($"REPLACE INTO {_name} (partition, key, version, body) VALUES (?1, ?2, ?3, ?4)");

    public SqliteStatement Delete => field ??= handle.Prepare($"DELETE FROM {_name} WHERE partition = ?1 AND key = ?2");

    /// <summary><c>OpenWork</c> becomes <c>open_work</c>.</summary>
    public static string NameOf(StoreTable table) =>
        string.Concat(
            table.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString())
        );
}
