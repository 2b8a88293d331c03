using System.Globalization;
using System.Text.RegularExpressions;

namespace RetentionFuncs.Tests.Catalogue;

/// <summary>Holds the table in this folder and the numbered tests of all projects together.</summary>
public sealed partial class CatalogueTests
{
    private const int Entries = 154;

    private static readonly string Tests = Path.Combine(Root(), "tests");

    private static readonly IReadOnlyList<Row> Table = [.. ReadTable()];

    private static readonly IReadOnlySet<string> Methods = ReadMethods();

    /// <param name="Cell">The names of tests, or why there are none.</param>
    private sealed record Row(int Number, string Cell)
    {
        public IEnumerable<string> Names => Named().Matches(Cell).Select(m => m.Groups[1].Value);

        public bool Waits => Cell.Contains("waits for", StringComparison.Ordinal);

        public bool IsExcused => Waits || Cell.Contains("does not apply", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_entry_has_its_row_once() => Table.Select(r => r.Number).ShouldBe(Enumerable.Range(1, Entries));

    [Fact]
    public void Every_row_names_a_test_with_its_number_or_says_why_there_is_none() =>
        Table.Where(r => !r.IsExcused && !r.Names.Any(n => NumbersOf(n).Contains(r.Number))).ShouldBeEmpty();

    [Fact]
    public void Every_test_that_is_named_exists() => Table.SelectMany(r => r.Names).Where(n => !Methods.Contains(n)).ShouldBeEmpty();

    [Fact]
    public void Every_numbered_test_has_its_entry() =>
        Methods.Where(m => NumbersOf(m).FirstOrDefault() is < 1 or > Entries).ShouldBeEmpty();

    [Fact]
    public void No_row_waits_for_what_is_there()
    {
        var numbered = Methods.SelectMany(NumbersOf).ToHashSet();
        Table.Where(r => r.Waits && numbered.Contains(r.Number)).ShouldBeEmpty("name the tests in the row instead");
    }

    /// <summary>One test may hold several entries: <c>Catalogue_102_112_...</c>. A number beyond the first may also be a word of the sentence.</summary>
    private static IEnumerable<int> NumbersOf(string method) =>
        Numbers().Match(method).Groups[1].Captures.Select(c => int.Parse(c.Value, CultureInfo.InvariantCulture));

    private static IEnumerable<Row> ReadTable() =>
        File.ReadLines(Path.Combine(Tests, "RetentionFuncs.Tests", "Catalogue", "README.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(cells => new Row(int.Parse(cells[1], CultureInfo.InvariantCulture), cells[4]));

    /// <summary>From the sources: some projects of tests are not built together with this one.</summary>
    private static HashSet<string> ReadMethods() =>
        Directory
            .EnumerateFiles(Tests, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .SelectMany(file => Declared().Matches(File.ReadAllText(file)))
            .Select(m => m.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RetentionFuncs.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("`(Catalogue_[A-Za-z0-9_]+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"public (?:async )?(?:Task|void) (Catalogue_[A-Za-z0-9_]+)\s*\(")]
    private static partial Regex Declared();

    [GeneratedRegex(@"^Catalogue(?:_(?:and_)?([0-9]{3})(?![0-9]))+")]
    private static partial Regex Numbers();
}
