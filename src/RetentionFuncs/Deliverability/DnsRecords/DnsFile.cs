using System.Text.Json;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Deliverability.DnsRecords;

/// <param name="Records">Null when something could not be read.</param>
public sealed record DnsFileReading(DnsRecordSet? Records, IReadOnlyList<LintFinding> Findings);

/// <summary>
/// Reads records as they are copied: lines of <c>dig</c> or of a zone file, or JSON (an array of name, type, data, or the answers of DNS
/// over HTTPS). Types that mail does not need are passed over.
/// </summary>
public static class DnsFile
{
    private static readonly string[] Wanted = ["TXT", "MX", "CNAME", "A", "AAAA", "PTR", "NS", "SPF"];
    private static readonly string[] Known =
    [
        .. Wanted,
        "SOA",
        "CAA",
        "SRV",
        "TLSA",
        "DS",
        "DNSKEY",
        "RRSIG",
        "NSEC",
        "HTTPS",
        "SVCB",
        "HINFO",
    ];

    public static DnsFileReading Read(string text, string file)
    {
        var findings = new FindingList(file);
        var trimmed = text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        var records = trimmed.StartsWith('[') || trimmed.StartsWith('{') ? FromJson(trimmed, findings) : FromLines(text, findings);
        if (records.Count == 0 && !findings.HasErrors)
        {
            findings.Error(0, 0, new Phrase("There is no DNS record in it.", "文件里没有 DNS 记录。"), Hint);
        }

        return new DnsFileReading(findings.HasErrors ? null : new DnsRecordSet(records), findings.All);
    }

    private static Phrase Hint { get; } =
        new(
            "Copy lines such as: your-shop.example. 300 IN TXT \"v=spf1 …\" (dig your-shop.example TXT +noall +answer).",
            "请复制这样的行：your-shop.example. 300 IN TXT \"v=spf1 …\"（可用 dig your-shop.example TXT +noall +answer 得到）。"
        );

    private static List<DnsRecord> FromLines(string text, FindingList findings)
    {
        var records = new List<DnsRecord>();
        var (origin, last, number) = ("", "", 0);
        foreach (var (line, at) in DnsLines.Joined(text))
        {
            number = at;
            var words = DnsLines.Words(line);
            if (words.Count == 0)
            {
                continue;
            }

            if (words[0].Text.Equals("$ORIGIN", StringComparison.OrdinalIgnoreCase) && words.Count > 1)
            {
                origin = words[1].Text;
                continue;
            }

            if (words[0].Text.StartsWith('$'))
            {
                continue;
            }

            // A line that begins with white space goes on about the name before; a host may be called mx.
            var isNamed = !char.IsWhiteSpace(line[0]);
            var type = words.FindIndex(isNamed ? 1 : 0, w => !w.Quoted && Known.Contains(w.Text, StringComparer.OrdinalIgnoreCase));
            var isOdd = type < 0 || type == words.Count - 1 || (!isNamed && last.Length == 0);
            if (isOdd)
            {
                findings.Error(number, 1, new Phrase("This line is no DNS record.", "这一行不是 DNS 记录。"), Hint);
                return [];
            }

            last = isNamed ? Absolute(words[0].Text, origin) : last;
            Add(records, last, words[type].Text, words[(type + 1)..], origin);
        }

        return records;
    }

    private static void Add(List<DnsRecord> records, string name, string type, List<DnsWord> data, string origin)
    {
        var kind = type.ToUpperInvariant();
        if (!Wanted.Contains(kind))
        {
            return;
        }

        var value = kind switch
        {
            "TXT" or "SPF" => string.Concat(data.Select(w => w.Text)),
            "MX" => $"{data[0].Text} {(data.Count > 1 && data[1].Text != "." ? Absolute(data[1].Text, origin) : ".")}",
            "CNAME" or "PTR" or "NS" => Absolute(data[0].Text, origin),
            _ => data[0].Text,
        };
        records.Add(new DnsRecord(Plain(name), kind, value.Trim()));
    }

    private static string Absolute(string name, string origin) =>
        name == "@" ? Plain(origin)
        : name.EndsWith('.') || origin.Length == 0 ? Plain(name)
        : Plain(name + "." + origin);

    private static string Plain(string name) => name.Trim().TrimEnd('.').ToLowerInvariant();

    private static List<DnsRecord> FromJson(string text, FindingList findings)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var list =
                root.ValueKind == JsonValueKind.Array ? root
                : root.TryGetProperty("Answer", out var answer) ? answer
                : root.TryGetProperty("records", out var records) ? records
                : default;
            return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().SelectMany(FromJson)] : [];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            var line = (broken as JsonException)?.LineNumber is { } at ? (int)at + 1 : 0;
            findings.Error(line, line > 0 ? 1 : 0, new Phrase("This is not JSON of DNS records.", "这不是 DNS 记录的 JSON。"), Hint);
            return [];
        }
    }

    private static IEnumerable<DnsRecord> FromJson(JsonElement record)
    {
        if (
            record.ValueKind == JsonValueKind.Object
            && record.TryGetProperty("name", out var name)
            && record.TryGetProperty("data", out var data)
        )
        {
            var type = record.GetProperty("type") is { ValueKind: JsonValueKind.Number } number
                ? TypeName(number.GetInt32())
                : record.GetProperty("type").GetString()!;
            var found = new List<DnsRecord>();
            var given = data.GetString() ?? "";
            var words = type is "TXT" && !given.StartsWith('"') ? [new DnsWord(given, true)] : DnsLines.Words(given);
            if (words.Count > 0)
            {
                Add(found, name.GetString()!, type, words, "");
            }

            return found;
        }

        throw new InvalidOperationException("no record");
    }

    private static string TypeName(int number) =>
        number switch
        {
            1 => "A",
            2 => "NS",
            5 => "CNAME",
            12 => "PTR",
            15 => "MX",
            16 => "TXT",
            28 => "AAAA",
            _ => "OTHER",
        };
}
