using RetentionFuncs.Imports.Encodings;

namespace RetentionFuncs.Imports;

/// <summary>What the person who imports has declared about a file, and where things go.</summary>
public sealed record ImportOptions
{
    /// <summary>How dates that do not begin with the year are written (<c>--dates dmy|mdy|ymd</c>); null: such dates are refused.</summary>
    public DateOrder? Dates { get; init; }

    /// <summary>Which mark stands before the cents (<c>--numbers en|de|...</c>); null: numbers that could be read both ways are refused.</summary>
    public DecimalMark? Numbers { get; init; }

    /// <summary>One of <c>, ; tab |</c>; null: found in the header.</summary>
    public char? Delimiter { get; init; }

    /// <summary>ISO 4217 for rows that name none; null: the business's.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether dates more than 24 hours ahead are read.</summary>
    public bool AllowFuture { get; init; }

    /// <summary>Column name to header, e.g. <c>date</c> to <c>Bestelldatum</c>: outranks what the headers suggest.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>How the file's characters are written; null: by its mark, UTF-8, or GB18030 where that is certain.</summary>
    public FileEncoding? Encoding { get; init; }

    /// <summary>The form of an order file by its word (<see cref="OrderForms.Words"/>); null: told by the header.</summary>
    public string? Form { get; init; }

    /// <summary>Column name to a word for every row that names none.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>Column name to the meanings of the file's words, e.g. <c>status</c>: 交易成功 to <c>placed</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>A yes that the buyers of an order file have given elsewhere; null: only what the rows say counts.</summary>
    public DeclaredConsent? Consent { get; init; }

    /// <summary>Where the file of skipped rows is written; null: nowhere. Made only when a row is skipped.</summary>
    public string? SkippedFile { get; init; }

    /// <summary>Where the file of refused rows is written; null: nowhere. Made only when a row is refused.</summary>
    public string? RefusedFile { get; init; }

    /// <summary>A folder for the spooled rows, readable by this user only; null: the system's.</summary>
    public string? TempFolder { get; init; }

    /// <summary><c>en</c> or <c>zh</c>: the language of reasons and notices.</summary>
    public string Language { get; init; } = "en";
}

/// <summary>A file that can be read more than once.</summary>
/// <param name="Name">As shown to people, without folder.</param>
/// <param name="Open">Opens the bytes from their beginning; called twice.</param>
public sealed record ImportSource(string Name, Func<Stream> Open)
{
    public static ImportSource OfFile(string path) =>
        new(
            Path.GetFileName(path),
            () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan)
        );
}

/// <param name="Rows">Rows read, or rows applied.</param>
/// <param name="Bytes">Bytes read of the file, so far.</param>
/// <param name="TotalBytes">Of the file.</param>
public sealed record ImportProgress(ImportPhase Phase, long Rows, long Bytes, long TotalBytes);

public enum ImportPhase
{
    /// <summary>The file is hashed, so that it can be known again.</summary>
    Hashing,
    Reading,
    Applying,
}
