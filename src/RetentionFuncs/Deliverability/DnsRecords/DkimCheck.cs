using System.Security.Cryptography;
using static RetentionFuncs.Deliverability.DnsRecords.DnsFinding;

namespace RetentionFuncs.Deliverability.DnsRecords;

/// <summary>RFC 6376 and 8301: the keys by which a domain signs.</summary>
internal static class DkimCheck
{
    private const string Dkim = "DKIM";
    private const int LeastBits = 1024;
    private const int GoodBits = 2048;

    public static IEnumerable<DnsFinding> Of(string domain, DnsRecordSet records)
    {
        var keys = KeysOf(domain, records);
        if (keys.Count == 0)
        {
            return
            [
                Red(
                    domain,
                    Dkim,
                    $"There is no DKIM key (a record named SELECTOR._domainkey.{domain}). Your provider tells which to set.",
                    $"没有 DKIM 公钥（名为 选择器._domainkey.{domain} 的记录）；请按服务商给出的值添加。"
                ),
            ];
        }

        return keys.SelectMany(k => k.Type == "CNAME" ? OfAlias(domain, k, records) : OfKey(domain, k.Name, k.Data));
    }

    /// <summary>Keys directly under the domain.</summary>
    public static IReadOnlyList<DnsRecord> KeysOf(string domain, DnsRecordSet records) =>
        [
            .. records.All.Where(r =>
                r.Type is "TXT" or "CNAME"
                && r.Name.EndsWith("._domainkey." + domain, StringComparison.Ordinal)
                && !r.Name.StartsWith("_domainkey.", StringComparison.Ordinal)
            ),
        ];

    private static IEnumerable<DnsFinding> OfAlias(string domain, DnsRecord alias, DnsRecordSet records) =>
        records.Find(alias.Data, "TXT") is [var key]
            ? OfKey(domain, alias.Name, key)
            :
            [
                Note(
                    domain,
                    Dkim,
                    $"{alias.Name} points to {alias.Data}, whose key is not in the file.",
                    $"{alias.Name} 指向 {alias.Data}，其公钥不在文件里，未检查。"
                ),
            ];

    private static IEnumerable<DnsFinding> OfKey(string domain, string name, string record)
    {
        var tags = TagList.Read(record);
        if (!tags.TryGetValue("p", out var key))
        {
            return [Red(domain, Dkim, $"{name} has no key in it (p=).", $"{name} 里没有公钥（p=）。")];
        }

        if (key.Length == 0)
        {
            return [Red(domain, Dkim, $"{name} is revoked: its key is empty.", $"{name} 已作废：公钥为空。")];
        }

        var bits = tags.GetValueOrDefault("k", "rsa") == "ed25519" ? GoodBits : BitsOf(key);
        DnsFinding strength = bits switch
        {
            null => Red(
                domain,
                Dkim,
                $"The key of {name} cannot be read; it was probably cut when it was copied.",
                $"{name} 的公钥无法读取，多半是复制时被截断。"
            ),
            < LeastBits => Red(
                domain,
                Dkim,
                $"The key of {name} has {bits} bits; less than {LeastBits} count for nothing.",
                $"{name} 的公钥只有 {bits} 位，低于 {LeastBits} 位无效。"
            ),
            < GoodBits => Note(
                domain,
                Dkim,
                $"The key of {name} has {bits} bits; {GoodBits} are asked for by now.",
                $"{name} 的公钥为 {bits} 位，现在建议 {GoodBits} 位。"
            ),
            _ => Fine(domain, Dkim, $"{name} has a good key.", $"{name} 的公钥正常。"),
        };
        return tags.GetValueOrDefault("t", "").Split(':').Contains("y")
            ?
            [
                strength,
                Note(
                    domain,
                    Dkim,
                    $"{name} is still in testing (t=y), so receivers may ignore it.",
                    $"{name} 仍处于测试模式（t=y），收件方可能忽略。"
                ),
            ]
            : [strength];
    }

    private static int? BitsOf(string key)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key), out _);
            return rsa.KeySize;
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Lists such as <c>v=DKIM1; k=rsa; p=…</c>; a tag that stands twice counts once.</summary>
internal static class TagList
{
    public static Dictionary<string, string> Read(string record)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in record.Split(';'))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                _ = tags.TryAdd(part[..at].Trim(), string.Concat(part[(at + 1)..].Where(c => !char.IsWhiteSpace(c))));
            }
        }

        return tags;
    }
}
