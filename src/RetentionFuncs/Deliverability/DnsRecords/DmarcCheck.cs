using static RetentionFuncs.Deliverability.DnsRecords.DnsFinding;

namespace RetentionFuncs.Deliverability.DnsRecords;

/// <summary>RFC 7489: what receivers do with mail that is signed or sent by somebody else.</summary>
internal static class DmarcCheck
{
    private const string Dmarc = "DMARC";
    private const string Tag = "v=DMARC1";

    public static IEnumerable<DnsFinding> Of(string domain, DnsRecordSet records)
    {
        var organisation = SendingDomain.Organisational(domain);
        var own = records.Tagged("_dmarc." + domain, Tag);
        var (found, inherited) =
            own.Count > 0 || organisation == domain ? (own, false) : (records.Tagged("_dmarc." + organisation, Tag), true);
        return found.Count switch
        {
            0 =>
            [
                Red(
                    domain,
                    Dmarc,
                    $"There is no DMARC record. Set a TXT record _dmarc.{organisation}: v=DMARC1; p=none; rua=mailto:dmarc@{organisation}",
                    $"没有 DMARC 记录。请添加 TXT 记录 _dmarc.{organisation}：v=DMARC1; p=none; rua=mailto:dmarc@{organisation}"
                ),
            ],
            > 1 =>
            [
                Red(
                    domain,
                    Dmarc,
                    $"There are {found.Count} DMARC records; with more than one none counts.",
                    $"有 {found.Count} 条 DMARC 记录；多于一条等于没有。"
                ),
            ],
            _ => Of(domain, organisation, TagList.Read(found[0]), inherited, records),
        };
    }

    private static IEnumerable<DnsFinding> Of(
        string domain,
        string organisation,
        Dictionary<string, string> tags,
        bool inherited,
        DnsRecordSet records
    )
    {
        var policy = (
            inherited && tags.TryGetValue("sp", out var forSubdomains) ? forSubdomains : tags.GetValueOrDefault("p", "")
        ).ToLowerInvariant();
        if (policy is not ("none" or "quarantine" or "reject"))
        {
            yield return Red(
                domain,
                Dmarc,
                "The DMARC record has no policy (p=none, quarantine or reject).",
                "DMARC 记录没有有效策略（p=none、quarantine 或 reject）。"
            );
            yield break;
        }

        yield return policy == "none"
            ? Note(
                domain,
                Dmarc,
                "The policy is none: it satisfies the big providers, and keeps nobody from writing in your name. Go on to quarantine when the reports are clean.",
                "策略为 none：能满足大型邮箱的要求，但挡不住冒用。报告无异常后请改为 quarantine。"
            )
            : Fine(domain, Dmarc, $"The policy is {policy}.", $"策略为 {policy}。");
        foreach (var finding in Alignment(domain, organisation, tags, records).Concat(Reports(domain, organisation, tags, records)))
        {
            yield return finding;
        }
    }

    /// <summary>Whether the signing key's domain fits the From domain as the record asks.</summary>
    private static IEnumerable<DnsFinding> Alignment(
        string domain,
        string organisation,
        Dictionary<string, string> tags,
        DnsRecordSet records
    )
    {
        var signsItself = DkimCheck.KeysOf(domain, records).Count > 0;
        var parentSigns = domain != organisation && DkimCheck.KeysOf(organisation, records).Count > 0;
        if (!signsItself && parentSigns && tags.GetValueOrDefault("adkim", "r") == "s")
        {
            yield return Red(
                domain,
                Dmarc,
                $"Only {organisation} has DKIM keys, and adkim=s asks for a key of {domain} itself: the signature does not align.",
                $"只有 {organisation} 有 DKIM 公钥，而 adkim=s 要求 {domain} 自己的公钥，签名无法对齐。"
            );
        }

        if (tags.GetValueOrDefault("aspf", "r") == "s")
        {
            yield return Note(
                domain,
                Dmarc,
                $"aspf=s: the bounce address must be of {domain} itself, which providers with a bounce domain of their own do not fulfil.",
                $"aspf=s：退信地址必须就是 {domain}；使用服务商退信域名时无法对齐。"
            );
        }
    }

    private static IEnumerable<DnsFinding> Reports(
        string domain,
        string organisation,
        Dictionary<string, string> tags,
        DnsRecordSet records
    )
    {
        if (tags.GetValueOrDefault("rua", "") is not { Length: > 0 } rua)
        {
            yield return Note(
                domain,
                Dmarc,
                "It asks for no reports (rua=mailto:…), so nobody tells you who writes in your name.",
                "没有要求报告（rua=mailto:…），因此无从得知谁在冒用你的域名。"
            );
            yield break;
        }

        foreach (var address in rua.Split(',').Where(a => a.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)))
        {
            var to = SendingDomain.OfAddress(address.Split('!')[0]);
            if (SendingDomain.Organisational(to) != organisation && records.Tagged($"{organisation}._report._dmarc.{to}", Tag).Count == 0)
            {
                yield return Note(
                    domain,
                    Dmarc,
                    $"Reports go to {to}, which must agree by a record {organisation}._report._dmarc.{to}; it is not in the file.",
                    $"报告发往 {to}，对方需有记录 {organisation}._report._dmarc.{to}；文件里没有。"
                );
            }
        }
    }
}
