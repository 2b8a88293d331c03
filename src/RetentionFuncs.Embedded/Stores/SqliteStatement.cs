using System.Text;
using SQLitePCL;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>One prepared statement, used again and again by whoever holds the connection. Parameters count from 1, columns from 0.</summary>
internal sealed class SqliteStatement(SqliteHandle owner, sqlite3_stmt statement) : IDisposable
{
    public SqliteStatement Bind(int index, long value)
    {
        owner.Check(raw.sqlite3_bind_int64(statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string value)
    {
        owner.Check(raw.sqlite3_bind_text(statement, index, value));
        return this;
    }

    /// <summary>Binds UTF-8.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> text)
    {
        owner.Check(raw.sqlite3_bind_text(statement, index, text));
        return this;
    }

    /// <summary>Whether there is a row; without one the statement is ready for its next use.</summary>
    public bool Step()
    {
        var answer = raw.sqlite3_step(statement);
        if (answer == raw.SQLITE_ROW)
        {
            return true;
        }

        if (answer != raw.SQLITE_DONE)
        {
            var fault = owner.Fault();
            raw.sqlite3_reset(statement);
            throw fault;
        }

        raw.sqlite3_reset(statement);
        return false;
    }

    /// <summary>Runs a statement that yields nothing.</summary>
    public void Run()
    {
        if (Step())
        {
            Reset();
        }
    }

    public void Reset() => raw.sqlite3_reset(statement);

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>The UTF-8 of a text column; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();
}
