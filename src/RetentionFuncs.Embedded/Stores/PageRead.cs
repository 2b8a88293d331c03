using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>A row as it lies in the file; its body is decoded by the reader, not while the connection is held.</summary>
internal readonly record struct RawRow(string Key, long Version, byte[] Body);

/// <param name="More">Whether the range may hold more rows.</param>
internal readonly record struct RawPage(List<RawRow> Rows, bool More);

/// <summary>One page of one partition.</summary>
internal readonly struct PageRead(PartitionId partition, RowRange range, int limit) : IShortRead<RawPage>
{
    /// <summary>Bytes after which a page ends, so that no reader holds the connection long.</summary>
    private const int PageBytes = 512 * 1024;

    public RawPage Run(SqliteHandle handle)
    {
        var statements = handle.Rows(partition.Table);
        var statement = range.To is { } to
            ? statements.Range.Bind(1, partition.Key).Bind(2, range.From ?? "").Bind(3, to).Bind(4, limit + 1L)
            : statements.Rest.Bind(1, partition.Key).Bind(2, range.From ?? "").Bind(3, limit + 1L);
        var rows = new List<RawRow>(Math.Min(limit, 16));
        var bytes = 0;
        while (statement.Step())
        {
            if (rows.Count == limit || bytes >= PageBytes)
            {
                statement.Reset();
                return new RawPage(rows, true);
            }

            var row = new RawRow(statement.Text(0), statement.Integer(1), statement.Bytes(2).ToArray());
            bytes += row.Body.Length;
            rows.Add(row);
        }

        return new RawPage(rows, false);
    }
}
