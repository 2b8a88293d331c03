using System.Text;

namespace RetentionFuncs.Imports;

/// <summary>Headers as they are compared: full width made half, lower case, letters and digits only.</summary>
internal static class HeaderText
{
    public static string Fold(string header)
    {
        var text = new StringBuilder(header.Length);
        foreach (var c in header.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c))
            {
                text.Append(char.ToLowerInvariant(c));
            }
        }

        return text.ToString();
    }

    /// <summary>The header that looks most like one of the names, or null when none is near.</summary>
    public static string? Nearest(IEnumerable<string> headers, IEnumerable<string> names)
    {
        var folded = names.Select(Fold).ToList();
        return headers
            .Select(h => (Header: h, Far: folded.Min(n => Distance(Fold(h), n) / (double)Math.Max(1, n.Length))))
            .Where(h => h.Far <= 0.4)
            .OrderBy(h => h.Far)
            .Select(h => h.Header)
            .FirstOrDefault();
    }

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[b.Length];
    }
}
