using System.Globalization;
using System.Text;
using CsvHelper;

namespace RetentionFuncs.Tests.Imports;

public sealed class CsvReaderPropertyTests
{
    private static readonly string[] Pieces =
    [
        "",
        "a",
        "12.5",
        " ",
        "é",
        "日期",
        "😀",
        "x y",
        "\"",
        "\n",
        "\r\n",
        "\r",
        ",",
        ";",
        "\t",
        "|",
        "'",
        "#",
        "=1+1",
    ];

    private static readonly string Padding = string.Concat(Enumerable.Repeat(new string('p', 33_000) + "\n", 2));

    /// <summary>Each seed makes 40 well-formed files of random shape; every field must be what CsvHelper reads.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Every_well_formed_file_is_read_as_CsvHelper_reads_it(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 40; i++)
        {
            var delimiter = ",;\t|"[random.Next(4)];
            // The first 64 KB are read in one go; only what follows meets the ends of blocks.
            var text = Padding + WriteFile(random, delimiter);
            var ours = await CsvReaderTests.ReadAsync(
                Encoding.UTF8.GetBytes(text),
                blockSize: random.Next(1, i % 2 == 0 ? 4 : 600),
                delimiter: delimiter
            );
            ours.Select(r => r.Fields).ShouldBe(ReadWithCsvHelper(text, delimiter), $"seed {seed}, file {i}: {text[Padding.Length..]}");
            ours.ShouldAllBe(r => r.Fault == RetentionFuncs.Imports.CsvFault.None);
            LinesAgree(text, ours);
        }
    }

    private static void LinesAgree(string text, List<CsvReaderTests.Read> rows)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        foreach (var row in rows.Where(r => r.Fields[0].StartsWith("row", StringComparison.Ordinal)))
        {
            lines[row.Line - 1].ShouldStartWith(row.Fields[0]);
        }
    }

    private static string WriteFile(Random random, char delimiter)
    {
        var text = new StringBuilder();
        var columns = random.Next(1, 6);
        var rows = random.Next(1, 40);
        for (var row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"row{row:0000}");
            for (var column = 1; column < columns; column++)
            {
                text.Append(delimiter).Append(WriteField(random, delimiter));
            }

            text.Append(row == rows - 1 && random.Next(2) == 0 ? "" : new[] { "\n", "\r\n", "\r" }[random.Next(3)]);
        }

        return text.ToString();
    }

    private static string WriteField(Random random, char delimiter)
    {
        var value = string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        var mustQuote = value.AsSpan().IndexOfAny([delimiter, '"', '\r', '\n']) >= 0;
        return mustQuote || random.Next(4) == 0 ? "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : value;
    }

    private static List<string[]> ReadWithCsvHelper(string text, char delimiter)
    {
        using var reader = CsvHelper.CsvReader.FromText(text, new CsvReaderOptions { Separator = delimiter, HasHeader = false });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
