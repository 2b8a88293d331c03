using System.Globalization;
using System.Text;

namespace RetentionFuncs.Imports;

/// <summary>
/// The file of refused rows, or of skipped ones: the original header and the original text of each row, with our four columns at the
/// end. Once the rows are corrected it can be imported as it is: our columns are known and passed over. Only our own columns are made
/// safe against formulas; the rows stay as they were, but always in UTF-8. Written beside its place and moved there when the import has
/// ended.
/// </summary>
/// <param name="columns">The names of our four columns.</param>
internal sealed class RefusedRowsFile(string? path, CsvDialect dialect, byte[] header, int ownFields, IReadOnlyList<string> columns)
    : IDisposable
{
    public static readonly IReadOnlyList<string> OwnColumns = ["refused_line", "refused_column", "refused_value", "refused_reason"];

    public static readonly IReadOnlyList<string> SkippedColumns = ["skipped_line", "skipped_column", "skipped_value", "skipped_reason"];

    private readonly string _partial = path + ".partial";
    private readonly byte[] _newLine = Encoding.UTF8.GetBytes(dialect.NewLine);
    private FileStream? _file;

    /// <summary>Whether the header's last columns are ours, from an earlier file of refused or skipped rows.</summary>
    public static bool EndsHeader(IReadOnlyList<string> headers) => EndWith(headers, OwnColumns) || EndWith(headers, SkippedColumns);

    private static bool EndWith(IReadOnlyList<string> headers, IReadOnlyList<string> own) =>
        headers.Count > own.Count
        && headers.Skip(headers.Count - own.Count).Zip(own).All(p => HeaderText.Fold(p.First) == HeaderText.Fold(p.Second));

    /// <param name="raw">The row as it stands in the file, without our columns and line end.</param>
    /// <param name="fields">How many fields <paramref name="raw"/> has; a short row is filled up so that our columns stand right.</param>
    public void Add(RejectedRow refused, ReadOnlySpan<byte> raw, int fields)
    {
        if (path is null)
        {
            return;
        }

        var file = _file ??= Begin();
        file.Write(raw);
        var delimiters = Math.Max(1, ownFields - Math.Max(1, fields) + 1);
        for (var i = 0; i < delimiters; i++)
        {
            file.WriteByte((byte)dialect.Delimiter);
        }

        string[] own = [refused.Line.ToString(CultureInfo.InvariantCulture), refused.Column, refused.Value, refused.Reason];
        file.Write(Encoding.UTF8.GetBytes(string.Join(dialect.Delimiter, own.Select(o => SpreadsheetCell.Inert(o, dialect.Delimiter)))));
        file.Write(_newLine);
    }

    /// <summary>Puts the file in its place; null when no row was refused.</summary>
    public string? Finish()
    {
        if (_file is null)
        {
            return null;
        }

        _file.Dispose();
        _file = null;
        File.Move(_partial, path!, overwrite: true);
        return path;
    }

    /// <summary>Drops what was not finished.</summary>
    public void Dispose()
    {
        if (_file is not null)
        {
            _file.Dispose();
            File.Delete(_partial);
        }
    }

    private FileStream Begin()
    {
        var file = TempFiles.Create(_partial, deleteOnClose: false);
        file.Write(dialect.HasBom ? Encoding.UTF8.Preamble : []);
        file.Write(header);
        foreach (var column in columns)
        {
            file.Write(Encoding.UTF8.GetBytes(dialect.Delimiter + column));
        }

        file.Write(_newLine);
        return file;
    }
}
