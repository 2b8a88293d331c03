using System.Text;

namespace RetentionFuncs.Deliverability.DnsRecords;

/// <param name="Quoted">Whether it stood in quotes: a quoted TXT is a text and no type.</param>
internal readonly record struct DnsWord(string Text, bool Quoted);

/// <summary>Takes the lines of a zone file apart (RFC 1035 5.1): comments, parentheses over several lines, quoted words.</summary>
internal static class DnsLines
{
    /// <summary>Lines without comments; what stands in parentheses over several lines is one.</summary>
    public static IEnumerable<(string Line, int Number)> Joined(string text)
    {
        var (open, start, whole) = (0, 0, new StringBuilder());
        foreach (var (raw, number) in text.ReplaceLineEndings("\n").Split('\n').Select((l, i) => (l, i + 1)))
        {
            var line = Uncommented(raw, ref open);
            start = whole.Length == 0 ? number : start;
            _ = whole.Append(whole.Length == 0 ? line : " " + line.Trim());
            if (open > 0)
            {
                continue;
            }

            if (whole.ToString() is { } done && !string.IsNullOrWhiteSpace(done))
            {
                yield return (done, start);
            }

            _ = whole.Clear();
        }

        if (!string.IsNullOrWhiteSpace(whole.ToString()))
        {
            yield return (whole.ToString(), start);
        }
    }

    private static string Uncommented(string line, ref int open)
    {
        var kept = new StringBuilder(line.Length);
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            quoted ^= c == '"' && (i == 0 || line[i - 1] != '\\');
            if (!quoted && c == ';')
            {
                break;
            }

            open +=
                quoted ? 0
                : c == '(' ? 1
                : c == ')' ? -1
                : 0;
            _ = kept.Append(!quoted && c is '(' or ')' ? ' ' : c);
        }

        return kept.ToString().TrimEnd();
    }

    public static List<DnsWord> Words(string line)
    {
        var (words, word, quoted, wasQuoted) = (new List<DnsWord>(), new StringBuilder(), false, false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && i + 1 < line.Length)
            {
                _ = word.Append(line[++i]);
            }
            else if (c == '"')
            {
                (quoted, wasQuoted) = (!quoted, true);
            }
            else if (!quoted && char.IsWhiteSpace(c))
            {
                Close();
            }
            else
            {
                _ = word.Append(c);
            }
        }

        Close();
        return words;

        void Close()
        {
            if (word.Length > 0 || wasQuoted)
            {
                words.Add(new DnsWord(word.ToString(), wasQuoted));
            }

            (_, wasQuoted) = (word.Clear(), false);
        }
    }
}
