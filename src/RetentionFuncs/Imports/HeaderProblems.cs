namespace RetentionFuncs.Imports;

/// <summary>Why a header is refused; each returns whether it found something.</summary>
internal static class HeaderProblems
{
    public static bool Duplicates(IReadOnlyList<string> headers, IReadOnlyList<string> folded, out Wording problem)
    {
        problem = default;
        if (headers.Count > CsvReader.MaxColumns)
        {
            problem = new($"has more than {CsvReader.MaxColumns} columns", $"超过 {CsvReader.MaxColumns} 列");
            return true;
        }

        for (var i = 0; i < folded.Count; i++)
        {
            var first = folded.IndexOf(folded[i]);
            if (folded[i].Length > 0 && first < i)
            {
                problem = new(
                    $"has two columns called '{headers[first]}' (columns {first + 1} and {i + 1}); rename or remove one",
                    $"有两列都叫“{headers[first]}”（第 {first + 1} 列和第 {i + 1} 列）；请改名或删掉一列"
                );
                return true;
            }
        }

        return false;
    }

    public static bool Undeclared(
        IReadOnlyList<string> headers,
        IReadOnlyList<string> folded,
        IReadOnlyList<ColumnSpec> specs,
        IReadOnlyDictionary<string, string> declared,
        out Wording problem
    )
    {
        problem = default;
        if (Unknown(declared.Keys, specs, out problem))
        {
            return true;
        }

        foreach (var (column, header) in declared)
        {
            if (!folded.Contains(HeaderText.Fold(header)))
            {
                problem = new(
                    $"has no header '{header}' for {column}. {Seen(headers).En}",
                    $"没有名为“{header}”的表头（{column}）。{Seen(headers).Zh}"
                );
                return true;
            }
        }

        return false;
    }

    /// <summary>A declaration about a column that this kind of file cannot have.</summary>
    public static bool Unknown(IEnumerable<string> columns, IReadOnlyList<ColumnSpec> specs, out Wording problem)
    {
        problem = default;
        foreach (var column in columns)
        {
            if (!specs.Any(s => string.Equals(s.Name, column, StringComparison.Ordinal)))
            {
                var names = string.Join(", ", specs.Select(s => s.Name));
                problem = new($"cannot have a column '{column}'; the columns are {names}", $"没有“{column}”这一列；可用的列有 {names}");
                return true;
            }
        }

        return false;
    }

    public static bool Missing(
        ColumnMap map,
        IReadOnlyList<ColumnSpec> specs,
        IReadOnlyList<IReadOnlyList<ImportColumn>> mandatory,
        out Wording problem
    )
    {
        problem = default;
        foreach (var group in mandatory)
        {
            if (group.Any(map.Has))
            {
                continue;
            }

            var spec = specs.First(s => s.Column == group[0]);
            var guess = HeaderText.Nearest(map.Ignored, [spec.Name, .. spec.Also]);
            var (hintEn, hintZh) = guess is null
                ? ("", "")
                : ($" Is it '{guess}'? Then rename that column to {spec.Name}.", $"是不是“{guess}”？请把它改名为 {spec.Name}。");
            problem = new(
                $"has no column {spec.Name} (also read: {string.Join(", ", spec.Also.Take(5))}). {Seen(map.Headers).En}{hintEn}",
                $"缺少 {spec.Name} 列（也可以叫 {string.Join("、", spec.Also.TakeLast(3))}）。{Seen(map.Headers).Zh}{hintZh}"
            );
            return true;
        }

        return false;
    }

    /// <summary>A column called only <c>price</c> beside a quantity may be the price of one piece or of the line.</summary>
    public static bool VaguePrice(ColumnMap map, out Wording problem)
    {
        var amount = map.IndexOf(ImportColumn.Amount);
        var isVague = map.Has(ImportColumn.Quantity) && amount >= 0 && HeaderText.Fold(map.Headers[amount]) == "price";
        problem = isVague
            ? new(
                "has quantity and price: rename price to unit_price (for one piece) or to amount (for the whole line)",
                "同时有 quantity 和 price：请把 price 改名为 unit_price（单价）或 amount（整行金额）"
            )
            : default;
        return isVague;
    }

    private static Wording Seen(IReadOnlyList<string> headers)
    {
        var shown = headers.Take(30).Select(h => h.Length > 60 ? h[..60] + "…" : h).ToList();
        return new($"The file has: {string.Join(", ", shown)}.", $"文件里的列有：{string.Join("、", shown)}。");
    }

    private static int IndexOf(this IReadOnlyList<string> list, string text)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (string.Equals(list[i], text, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
