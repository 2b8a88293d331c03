using static RetentionFuncs.Deliverability.DnsRecords.DnsFinding;

namespace RetentionFuncs.Deliverability.DnsRecords;

/// <summary>RFC 7208: who may send for a domain.</summary>
internal static class SpfCheck
{
    private const string Spf = "SPF";
    private const string Tag = "v=spf1";

    /// <summary>RFC 7208 4.6.4.</summary>
    private const int MostLookups = 10;

    private static readonly string[] Mechanisms = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];

    public static IEnumerable<DnsFinding> Of(string domain, DnsRecordSet records)
    {
        var found = records.Tagged(domain, Tag);
        if (found.Count == 0)
        {
            return
            [
                Red(
                    domain,
                    Spf,
                    "There is no SPF record (a TXT record that begins with v=spf1).",
                    "没有 SPF 记录（以 v=spf1 开头的 TXT 记录）。"
                ),
            ];
        }

        return found.Count > 1
            ?
            [
                Red(
                    domain,
                    Spf,
                    $"There are {found.Count} SPF records; with more than one none counts. Merge them.",
                    $"有 {found.Count} 条 SPF 记录；多于一条等于没有，请合并成一条。"
                ),
            ]
            : Of(domain, found[0], records);
    }

    private static IEnumerable<DnsFinding> Of(string domain, string record, DnsRecordSet records)
    {
        var terms = Terms(record);
        var findings = new List<DnsFinding>();
        if (terms.FirstOrDefault(t => !IsTerm(t)) is { } odd)
        {
            findings.Add(
                Red(
                    domain,
                    Spf,
                    $"'{odd}' is nothing that SPF knows, so the whole record counts as broken.",
                    $"“{odd}”不是 SPF 写法，整条记录会被视为无效。"
                )
            );
        }

        findings.AddRange(AllOf(domain, terms));
        var walk = new Walk(records);
        walk.Count(domain, record);
        if (walk.Problem is { } problem)
        {
            findings.Add(Red(domain, Spf, problem.En, problem.Zh));
        }

        if (walk.Lookups > MostLookups)
        {
            findings.Add(
                Red(
                    domain,
                    Spf,
                    $"It takes {walk.Lookups} DNS lookups, and more than {MostLookups} make it fail. Take out includes you do not use.",
                    $"需要 {walk.Lookups} 次 DNS 查询，超过 {MostLookups} 次即失效。请删去不用的 include。"
                )
            );
        }

        if (walk.Missing.Count > 0)
        {
            var missing = string.Join(", ", walk.Missing);
            findings.Add(
                Note(
                    domain,
                    Spf,
                    $"The records of {missing} are not in the file, so there are at least {walk.Lookups} lookups and may be more.",
                    $"文件里没有 {missing} 的记录，因此至少有 {walk.Lookups} 次查询，实际可能更多。"
                )
            );
        }

        if (terms.Any(t => NameOf(t) == "ptr"))
        {
            findings.Add(
                Note(
                    domain,
                    Spf,
                    "'ptr' is slow and no longer advised; name addresses or hosts.",
                    "ptr 速度慢，已不推荐；请改写为具体地址或主机。"
                )
            );
        }

        return findings.Exists(f => f.Weight == DnsWeight.Red)
            ? findings
            :
            [
                Fine(domain, Spf, $"There is one SPF record, with {walk.Lookups} lookups.", $"有一条 SPF 记录，{walk.Lookups} 次查询。"),
                .. findings,
            ];
    }

    private static IEnumerable<DnsFinding> AllOf(string domain, IReadOnlyList<string> terms) =>
        terms.FirstOrDefault(t => NameOf(t) == "all") switch
        {
            "all" or "+all" =>
            [
                Red(
                    domain,
                    Spf,
                    "'+all' lets anybody on earth send as you. Write ~all or -all.",
                    "+all 等于允许任何人冒用你的域名发信，请改为 ~all 或 -all。"
                ),
            ],
            "?all" =>
            [
                Note(
                    domain,
                    Spf,
                    "'?all' says nothing about strangers; write ~all or -all.",
                    "?all 对陌生来源不表态，建议改为 ~all 或 -all。"
                ),
            ],
            null when !terms.Any(t => t.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase)) =>
            [
                Note(domain, Spf, "It has no end; write ~all or -all last.", "记录没有结尾，请在最后加上 ~all 或 -all。"),
            ],
            _ => [],
        };

    private static string[] Terms(string record) => record[Tag.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string NameOf(string term) => term.TrimStart('+', '-', '~', '?').Split(':', '/', '=')[0].ToLowerInvariant();

    private static bool IsTerm(string term) => term.Contains('=', StringComparison.Ordinal) || Mechanisms.Contains(NameOf(term));

    /// <summary>Follows includes and redirects as a receiver would, and counts what it asks.</summary>
    private sealed class Walk(DnsRecordSet records)
    {
        private readonly Stack<string> _path = new();

        public int Lookups { get; private set; }

        public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

        public Findings.Phrase? Problem { get; private set; }

        public void Count(string domain, string record)
        {
            _path.Push(domain);
            foreach (var term in Terms(record))
            {
                var name = NameOf(term);
                if (name is "a" or "mx" or "ptr" or "exists")
                {
                    Lookups++;
                }
                else if (name is "include" or "redirect" && term.IndexOfAny([':', '=']) is var at and > 0)
                {
                    Lookups++;
                    Follow(term[(at + 1)..].TrimEnd('.').ToLowerInvariant());
                }
            }

            _ = _path.Pop();
        }

        private void Follow(string target)
        {
            if (_path.Contains(target) || _path.Count > 2 * MostLookups)
            {
                Problem ??= new($"It includes itself by way of {target}.", $"通过 {target} 循环引用了自身。");
                return;
            }

            var found = records.Tagged(target, Tag);
            if (found.Count == 1)
            {
                Count(target, found[0]);
            }
            else if (found.Count > 1 || records.Find(target, "TXT").Count > 0)
            {
                Problem ??= new(
                    $"{target}, which it includes, has {found.Count} SPF records; there must be one.",
                    $"所引用的 {target} 有 {found.Count} 条 SPF 记录，应当恰好一条。"
                );
            }
            else
            {
                _ = Missing.Add(target);
            }
        }
    }
}
