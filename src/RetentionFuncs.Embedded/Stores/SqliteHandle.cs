using System.Globalization;
using SQLitePCL;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>
/// The one native connection. Not for two threads at once: whoever uses it holds the lock of <see cref="GroupCommitter"/>.
/// SQLite's own C interface is used, since the ADO.NET layer costs more per row than the row itself.
/// </summary>
internal sealed class SqliteHandle : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly RowStatements?[] _tables = new RowStatements?[Enum.GetValues<Storage.StoreTable>().Length];
    private readonly sqlite3 _connection;

    static SqliteHandle()
    {
        Batteries_V2.Init();

        // Counting memory takes a lock at every allocation; nobody asks for the count. Refused, harmlessly, if SQLite already runs.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <param name="create">Whether a missing file is made; else it is an error.</param>
    public SqliteHandle(string path, bool create)
    {
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        var answer = raw.sqlite3_open_v2(path, out _connection, flags, null);
        if (answer != raw.SQLITE_OK)
        {
            var fault = Fault();
            _connection.Dispose();
            throw fault;
        }

        Check(raw.sqlite3_extended_result_codes(_connection, 1));

        // Else every new value of a LIMIT or a range end plans the statement anew, which costs more than running it.
        Check(raw.sqlite3_db_config(_connection, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _));
    }

    public static string LibraryVersion => raw.sqlite3_libversion().utf8_to_string();

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_connection) == 0;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(_connection);

    /// <summary>The statement for a constant text, prepared once.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
        {
            return known;
        }

        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return _statements[sql] = new SqliteStatement(this, statement);
    }

    public RowStatements Rows(Storage.StoreTable table) => _tables[(int)table] ??= new RowStatements(this, table);

    /// <summary>Runs a script of one or more statements.</summary>
    public void Execute(string script) => Check(raw.sqlite3_exec(_connection, script));

    /// <summary>The first column of the first row as text; empty when there is none.</summary>
    public string Ask(string sql)
    {
        var statement = Prepare(sql);
        var answer = statement.Step() ? statement.Text(0) : "";
        statement.Reset();
        return answer;
    }

    public long AskInteger(string sql) => long.TryParse(Ask(sql), CultureInfo.InvariantCulture, out var value) ? value : 0;

    public void Check(int answer)
    {
        if (answer != raw.SQLITE_OK)
        {
            throw Fault();
        }
    }

    public SqliteFaultException Fault() => new(raw.sqlite3_extended_errcode(_connection), raw.sqlite3_errmsg(_connection).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
