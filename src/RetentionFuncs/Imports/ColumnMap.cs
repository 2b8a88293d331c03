namespace RetentionFuncs.Imports;

/// <summary>Which column of a file means what; shown to the person who imports.</summary>
/// <param name="Header">As the file writes it.</param>
/// <param name="Column">What it was taken for, e.g. <c>customer_id</c>.</param>
public sealed record RecognisedColumn(string Header, string Column);

/// <summary>The header of one file, understood.</summary>
internal sealed class ColumnMap
{
    private readonly int[] _index = new int[Enum.GetValues<ImportColumn>().Length];
    private readonly string[] _names = new string[Enum.GetValues<ImportColumn>().Length];
    private readonly ColumnWords?[] _words = new ColumnWords?[Enum.GetValues<ImportColumn>().Length];

    private ColumnMap(IReadOnlyList<string> headers, IReadOnlyList<ColumnSpec> specs, int own)
    {
        (Headers, OwnFields) = (headers, own);
        Array.Fill(_index, -1);
        foreach (var spec in specs)
        {
            _names[(int)spec.Column] = spec.Name;
        }
    }

    public IReadOnlyList<string> Headers { get; }

    /// <summary>Fields before our own refused_… columns, which a corrected file of refused rows still carries at its end.</summary>
    public int OwnFields { get; }

    /// <summary>How many fields of a row are the file's, also when it has more or fewer than the header.</summary>
    public int OwnFieldsOf(int fields) => fields > Headers.Count ? fields - (Headers.Count - OwnFields) : Math.Min(fields, OwnFields);

    public IReadOnlyList<RecognisedColumn> Recognised { get; private set; } = [];

    public IReadOnlyList<string> Ignored { get; private set; } = [];

    /// <summary>The place of a column, from 0; -1 when the file lacks it.</summary>
    public int IndexOf(ImportColumn column) => _index[(int)column];

    /// <summary>Whether the file has the column, or a constant stands for it.</summary>
    public bool Has(ImportColumn column) => _index[(int)column] >= 0 || _words[(int)column]?.Constant is not null;

    /// <summary>What was declared about the column's fields; null for most.</summary>
    public ColumnWords? WordsOf(ImportColumn column) => _words[(int)column];

    /// <summary>The column's name in messages.</summary>
    public string NameOf(ImportColumn column) => _names[(int)column] ?? column.ToString();

    /// <summary>Finds the columns of a kind of file among the headers.</summary>
    /// <param name="mandatory">Groups of which at least one column must be there.</param>
    /// <param name="declared">Column name to header, as the person said; outranks all guessing.</param>
    /// <param name="words">Column name to what was declared about its fields.</param>
    public static bool TryMatch(
        IReadOnlyList<string> headers,
        IReadOnlyList<ColumnSpec> specs,
        IReadOnlyList<IReadOnlyList<ImportColumn>> mandatory,
        IReadOnlyDictionary<string, string> declared,
        out ColumnMap map,
        out Wording problem,
        IReadOnlyDictionary<string, ColumnWords>? words = null
    )
    {
        var own = headers.Count - (RefusedRowsFile.EndsHeader(headers) ? RefusedRowsFile.OwnColumns.Count : 0);
        map = new ColumnMap(headers, specs, own);
        var folded = headers.Take(own).Select(HeaderText.Fold).ToList();
        return !HeaderProblems.Duplicates(headers, folded, out problem)
            && !HeaderProblems.Undeclared(headers, folded, specs, declared, out problem)
            && !HeaderProblems.Unknown(words?.Keys ?? [], specs, out problem)
            && map.Fill(folded, specs, declared)
            && map.Take(words, specs)
            && !HeaderProblems.Missing(map, specs, mandatory, out problem)
            && !HeaderProblems.VaguePrice(map, out problem);
    }

    private bool Fill(List<string> folded, IReadOnlyList<ColumnSpec> specs, IReadOnlyDictionary<string, string> declared)
    {
        var said = declared.Values.Select(HeaderText.Fold).ToHashSet(StringComparer.Ordinal);
        foreach (var spec in specs)
        {
            var names = declared.TryGetValue(spec.Name, out var header)
                ? [HeaderText.Fold(header)]
                : new[] { spec.Name }.Concat(spec.Also).Select(HeaderText.Fold).Where(n => !said.Contains(n));
            _index[(int)spec.Column] = names.Select(n => folded.IndexOf(n)).FirstOrDefault(i => i >= 0, -1);
        }

        var found = specs.Where(s => IndexOf(s.Column) >= 0).ToList();
        Recognised = [.. found.OrderBy(s => IndexOf(s.Column)).Select(s => new RecognisedColumn(Headers[IndexOf(s.Column)], s.Name))];
        var taken = found.Select(s => IndexOf(s.Column)).ToHashSet();
        Ignored = [.. Enumerable.Range(0, OwnFields).Where(i => !taken.Contains(i) && folded[i].Length > 0).Select(i => Headers[i])];
        return true;
    }

    private bool Take(IReadOnlyDictionary<string, ColumnWords>? words, IReadOnlyList<ColumnSpec> specs)
    {
        foreach (var spec in specs)
        {
            _words[(int)spec.Column] = words?.GetValueOrDefault(spec.Name);
        }

        return true;
    }
}
