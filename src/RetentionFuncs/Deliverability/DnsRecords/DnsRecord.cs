namespace RetentionFuncs.Deliverability.DnsRecords;

/// <param name="Name">Lower case, without the last dot.</param>
/// <param name="Type">Upper case: TXT, MX, CNAME, A, AAAA, PTR, NS.</param>
/// <param name="Data">The text of a TXT record with its parts joined; host names in lower case without the last dot.</param>
public sealed record DnsRecord(string Name, string Type, string Data);

/// <summary>Records somebody looked up; what is not among them counts as not there.</summary>
public sealed class DnsRecordSet(IEnumerable<DnsRecord> records)
{
    private readonly ILookup<(string Name, string Type), string> _records = records.ToLookup(r => (r.Name, r.Type), r => r.Data);

    public IReadOnlyList<DnsRecord> All { get; } = [.. records];

    public IReadOnlyList<string> Find(string name, string type) => [.. _records[(name.TrimEnd('.').ToLowerInvariant(), type)]];

    /// <summary>TXT records that begin with a tag such as <c>v=spf1</c>.</summary>
    public IReadOnlyList<string> Tagged(string name, string tag) =>
        [
            .. Find(name, "TXT")
                .Where(t =>
                    t.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (t.Length == tag.Length || t[tag.Length] is ' ' or ';' or '\t')
                ),
        ];
}
