using System.Net;
using static RetentionFuncs.Deliverability.DnsRecords.DnsFinding;

namespace RetentionFuncs.Deliverability.DnsRecords;

/// <summary>Whether answers arrive, and whether the sending machines have names.</summary>
internal static class MailHostCheck
{
    /// <param name="domain">Of the Reply-To address.</param>
    public static IEnumerable<DnsFinding> RepliesTo(string domain, DnsRecordSet records)
    {
        var hosts = records.Find(domain, "MX");
        var isNull = hosts.Any(h => h.Split(' ', 2)[^1].Trim('.', ' ').Length == 0);
        return isNull
                ?
                [
                    Red(
                        domain,
                        "MX",
                        "It says that it takes no mail (a null MX), so answers to your messages come back.",
                        "域名声明不接收邮件（空 MX），顾客的回信会被退回。"
                    ),
                ]
            : hosts.Count > 0 ? [Fine(domain, "MX", "Answers arrive: there is an MX record.", "有 MX 记录，可以收到回信。")]
            : records.Find(domain, "A").Count + records.Find(domain, "AAAA").Count > 0
                ?
                [
                    Note(
                        domain,
                        "MX",
                        "There is no MX record; mail goes to the domain's own address, which many senders refuse.",
                        "没有 MX 记录，邮件会投到域名自身地址，很多发件方不接受。"
                    ),
                ]
            : [Red(domain, "MX", "There is no MX record, so answers to your messages do not arrive.", "没有 MX 记录，收不到顾客的回信。")];
    }

    /// <summary>Names of sending machines must lead back to their addresses (PTR and A agree).</summary>
    public static IEnumerable<DnsFinding> SendingMachines(string domain, DnsRecordSet records)
    {
        var names = records.All.Where(r => r.Type == "PTR").ToArray();
        if (names.Length == 0)
        {
            yield return Note(
                domain,
                "PTR",
                "No PTR record is in the file: ask whoever runs the sending machine that its address has a name, and the name that address.",
                "文件里没有 PTR 记录：请向发信服务器的提供方确认其 IP 有反向解析，且正反一致。"
            );
        }

        foreach (var name in names)
        {
            var address = AddressOf(name.Name);
            var back = records.Find(name.Data, "A").Concat(records.Find(name.Data, "AAAA")).ToArray();
            yield return address is null
                ? Note(domain, "PTR", $"{name.Name} is no reverse name of an address.", $"{name.Name} 不是 IP 的反向名称。")
            : back.Any(b => IPAddress.TryParse(b, out var ip) && ip.Equals(address))
                ? Fine(domain, "PTR", $"{address} is {name.Data} and back.", $"{address} 与 {name.Data} 正反一致。")
            : back.Length == 0
                ? Note(
                    domain,
                    "PTR",
                    $"{address} is called {name.Data}, whose address is not in the file.",
                    $"{address} 的反向名称是 {name.Data}，其地址不在文件里。"
                )
            : Red(
                domain,
                "PTR",
                $"{address} is called {name.Data}, which has another address.",
                $"{address} 的反向名称 {name.Data} 指向了别的地址。"
            );
        }

        if (records.Tagged("_mta-sts." + domain, "v=STSv1").Count == 0)
        {
            yield return Note(
                domain,
                "TLS",
                "No MTA-STS record is in the file; it is not asked for, and would keep answers to you encrypted on the way.",
                "文件里没有 MTA-STS 记录；并非必需，但可保证回信途中加密。"
            );
        }
    }

    private static IPAddress? AddressOf(string reverse)
    {
        var labels = reverse.Split('.');
        return reverse.EndsWith(".in-addr.arpa", StringComparison.Ordinal) && labels.Length == 6
            ? IPAddress.TryParse(string.Join('.', labels[..4].Reverse()), out var four)
                ? four
                : null
            : reverse.EndsWith(".ip6.arpa", StringComparison.Ordinal) && labels.Length == 34
                ? IPAddress.TryParse(
                    string.Join(':', string.Concat(labels[..32].Reverse()).Chunk(4).Select(c => new string(c))),
                    out var six
                )
                    ? six
                    : null
                : null;
    }
}
