using RetentionFuncs.Findings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Deliverability.DnsRecords;

/// <summary>What the newest records told of a sending domain.</summary>
/// <param name="Reds">Red findings; 0 when it was in order.</param>
/// <param name="Why">The red findings, a sentence each.</param>
public sealed record DnsStanding(string Domain, DateTimeOffset At, int Reds, Phrase Why);

/// <summary>Keeps the outcome of the newest check of each domain, so that a launch can be warned.</summary>
public sealed class DnsStandings(IRowStore store, TimeProvider clock)
{
    private const int Longest = 4_000;
    private static readonly PartitionId Partition = new(StoreTable.Control, "dns-checks");

    public async ValueTask PutAsync(IEnumerable<DnsFinding> findings)
    {
        foreach (var domain in findings.GroupBy(f => f.Domain))
        {
            var red = domain.Where(f => f.Weight == DnsWeight.Red).ToArray();
            var bag = new PropertyBag()
                .Set("at", clock.GetUtcNow())
                .Set("reds", red.Length)
                .Set("en", Joined(red.Select(f => $"{f.Subject}: {f.Message.En}")))
                .Set("zh", Joined(red.Select(f => $"{f.Subject}：{f.Message.Zh}")));
            await store.PutAnyAsync(Partition, domain.Key, bag);
        }
    }

    /// <summary>Null when no records of the domain were ever checked.</summary>
    public async ValueTask<DnsStanding?> FindAsync(string domain) =>
        await store.ReadRowAsync(Partition, domain) is { Properties: var bag }
            ? new DnsStanding(domain, bag.Instant("at"), (int)bag.Integer("reds"), new(bag.Text("en"), bag.Text("zh")))
            : null;

    private static string Joined(IEnumerable<string> sentences)
    {
        var text = string.Join('\n', sentences);
        return text.Length <= Longest ? text : text[..Longest];
    }
}
