using RetentionFuncs.Campaigns;

namespace RetentionFuncs.Deliverability.DnsRecords;

/// <summary>What the records of the sending domains say about the shop's mail. Pure: it asks no name server.</summary>
public static class DnsChecks
{
    /// <summary>Findings of each From domain and each Reply-To domain, worst first within a domain.</summary>
    public static IReadOnlyList<DnsFinding> Of(IReadOnlyCollection<SenderProfile> senders, DnsRecordSet records)
    {
        var from = senders.Select(SendingDomain.Of).Distinct(StringComparer.Ordinal);
        var replies = senders.Select(s => SendingDomain.OfAddress(s.ReplyTo)).Distinct(StringComparer.Ordinal);
        return
        [
            .. from.SelectMany(d =>
                    SpfCheck
                        .Of(d, records)
                        .Concat(SignedBy(d, records))
                        .Concat(DmarcCheck.Of(d, records))
                        .Concat(MailHostCheck.SendingMachines(d, records))
                )
                .Concat(replies.SelectMany(d => MailHostCheck.RepliesTo(d, records)))
                .OrderBy(f => f.Domain, StringComparer.Ordinal)
                .ThenByDescending(f => f.Weight),
        ];
    }

    /// <summary>A subdomain may be signed by its parent's key.</summary>
    private static IEnumerable<DnsFinding> SignedBy(string domain, DnsRecordSet records)
    {
        var parent = SendingDomain.Organisational(domain);
        return parent != domain && DkimCheck.KeysOf(domain, records).Count == 0 && DkimCheck.KeysOf(parent, records).Count > 0
            ? DkimCheck.Of(parent, records).Select(f => f with { Domain = domain })
            : DkimCheck.Of(domain, records);
    }
}
