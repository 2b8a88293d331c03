using RetentionFuncs.Imports.Encodings;

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

    /// <summary><c>utf-8</c>, <c>utf-16</c>, <c>gb18030</c>, <c>windows-1252</c> or <c>shift_jis</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>The form of an order file; one of <see cref="OrderForms.Words"/>.</summary>
    public string? Form { get; init; }

    /// <summary>Column name to a word for every row that names none.</summary>
    public IReadOnlyDictionary<string, string>? Constants { get; init; }

    /// <summary>Column name to the meanings of the file's words.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Values { get; init; }

    /// <summary>Some of <c>email sms phone</c>: the channels on which the buyers of an order file have said yes elsewhere.</summary>
    public string? Consent { get; init; }

    /// <summary><c>express</c>, <c>soft-opt-in</c> or <c>implied</c>; with <see cref="Consent"/>.</summary>
    public string? ConsentBasis { get; init; }

    /// <summary>Where and when they said so; with <see cref="Consent"/>.</summary>
    public string? ConsentSource { get; init; }

    /// <summary>This one, with the gaps filled from a mapping file.</summary>
    public ImportDeclaration Over(ImportDeclaration mapping) =>
        new()
        {
            Dates = Dates ?? mapping.Dates,
            Numbers = Numbers ?? mapping.Numbers,
            Currency = Currency ?? mapping.Currency,
            Delimiter = Delimiter ?? mapping.Delimiter,
            AllowFuture = AllowFuture || mapping.AllowFuture,
            Columns = Both(Columns, mapping.Columns),
            Language = Language ?? mapping.Language,
            Encoding = Encoding ?? mapping.Encoding,
            Form = Form ?? mapping.Form,
            Constants = Both(Constants, mapping.Constants),
            Values = Values ?? mapping.Values,
            Consent = Consent ?? mapping.Consent,
            ConsentBasis = ConsentBasis ?? mapping.ConsentBasis,
            ConsentSource = ConsentSource ?? mapping.ConsentSource,
        };

    /// <summary>What a kind of import cannot be told; default when there is nothing of it.</summary>
    public Wording ProblemFor(string kind) =>
        kind == ImportKinds.Orders || (Form ?? Consent ?? ConsentBasis ?? ConsentSource) is null
            ? default
            : new(
                "consent: a form and a consent are declared for order files only; other files say it in their columns",
                "consent：只有订单文件可以声明格式和同意；其他文件请写在相应的列里"
            );

    /// <summary>Reads the words. The problem names the field and what it may hold.</summary>
    public bool TryRead(out ImportOptions options, out Wording problem)
    {
        var (order, mark, encoding) = (default(DateOrder), default(DecimalMark), default(FileEncoding));
        _ = DeclaredConsent.TryRead(Consent, ConsentBasis, ConsentSource, out var consent, out var consentProblem);
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
            : Encoding is not null && !FileEncodings.TryOf(Encoding, out encoding)
                ? new(
                    $"encoding: '{Encoding}' is none of utf-8, utf-16, gb18030, windows-1252, shift_jis",
                    $"encoding：“{Encoding}”无效，请用 utf-8、utf-16、gb18030、windows-1252 或 shift_jis"
                )
            : Form is not null && !OrderForms.Words.Contains(Form)
                ? new(
                    $"form: '{Form}' is none of {string.Join(", ", OrderForms.Words)}",
                    $"form：“{Form}”无效，可用：{string.Join("、", OrderForms.Words)}"
                )
            : consentProblem;
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
            Encoding = Encoding is null ? null : encoding,
            Form = Form,
            Constants = Constants ?? new Dictionary<string, string>(),
            Values = Values ?? new Dictionary<string, IReadOnlyDictionary<string, string>>(),
            Consent = consent,
        };
        return problem == default;
    }

    private static IReadOnlyDictionary<string, string>? Both(
        IReadOnlyDictionary<string, string>? first,
        IReadOnlyDictionary<string, string>? second
    )
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        var both = new Dictionary<string, string>(second);
        foreach (var (key, value) in first)
        {
            both[key] = value;
        }

        return both;
    }
}
