using RetentionFuncs.Findings;

namespace RetentionFuncs.Deliverability.DnsRecords;

public enum DnsWeight
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>It works, and could be better.</summary>
    Note,

    /// <summary>Mail will be refused or taken for spam.</summary>
    Red,
}

/// <param name="Domain">The domain it is about.</param>
/// <param name="Subject">SPF, DKIM, DMARC, MX, PTR or TLS.</param>
public sealed record DnsFinding(DnsWeight Weight, string Domain, string Subject, Phrase Message)
{
    internal static DnsFinding Fine(string domain, string subject, string en, string zh) =>
        new(DnsWeight.Fine, domain, subject, new(en, zh));

    internal static DnsFinding Note(string domain, string subject, string en, string zh) =>
        new(DnsWeight.Note, domain, subject, new(en, zh));

    internal static DnsFinding Red(string domain, string subject, string en, string zh) => new(DnsWeight.Red, domain, subject, new(en, zh));
}
