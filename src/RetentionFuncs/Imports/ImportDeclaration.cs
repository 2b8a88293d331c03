namespace RetentionFuncs.Imports;

/// <summary>What the person who imports declares about a file, in the words of the command line and the API; null says nothing.</summary>
public sealed record ImportDeclaration
{
    /// <summary><c>dmy</c>, <c>mdy</c> or <c>ymd</c>.</summary>
    public string? Dates { get; init; }

    /// <summary>A culture such as <c>en</c> or <c>de</c>; or <c>point</c>, <c>comma</c>.</summary>
    public string? Numbers { get; init; }

    /// <summary>ISO 4217, for rows that name none.</summary>
    public string? Currency { get; init; }

    /// <summary>One of <c>, ; | tab</c>.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Whether dates more than 24 hours ahead are read.</summary>
    public bool AllowFuture { get; init; }

    /// <summary>Column name to header.</summary>
    public IReadOnlyDictionary<string, string>? Columns { get; init; }

    /// <summary><c>en</c> or <c>zh</c>: the language of reasons and notices.</summary>
    public string? Language { get; init; }

    /// <summary>Reads the words. The problem names the field and what it may hold.</summary>
    public bool TryRead(out ImportOptions options, out Wording problem)
    {
        var (order, mark) = (default(DateOrder), default(DecimalMark));
        problem =
            Dates is not null && !DateOrders.TryOf(Dates, out order)
                ? new($"dates: '{Dates}' is none of dmy, mdy, ymd", $"dates：“{Dates}”无效，请用 dmy、mdy 或 ymd")
            : Numbers is not null && !DecimalMarks.TryOf(Numbers, out mark)
                ? new($"numbers: '{Numbers}' is not a culture such as en or de", $"numbers：“{Numbers}”无效，请用 en 或 de 等")
            : Currency is not null && (Currency.Length != 3 || !Currency.All(char.IsAsciiLetterUpper))
                ? new(
                    $"currency: '{Currency}' is not three capital letters (ISO 4217), such as EUR",
                    $"currency：“{Currency}”无效，请用三位大写字母（ISO 4217），如 CNY"
                )
            : Delimiter is not (null or "," or ";" or "|" or "tab" or "\t")
                ? new($"delimiter: '{Delimiter}' is none of , ; | tab", $"delimiter：“{Delimiter}”无效，请用 , ; | 或 tab")
            : default;
        options = new ImportOptions
        {
            Dates = Dates is null ? null : order,
            Numbers = Numbers is null ? null : mark,
            Delimiter =
                Delimiter is null ? null
                : Delimiter == "tab" ? '\t'
                : Delimiter[0],
            Currency = Currency,
            AllowFuture = AllowFuture,
            Columns = Columns ?? new Dictionary<string, string>(),
            Language = Language ?? "en",
        };
        return problem == default;
    }
}
