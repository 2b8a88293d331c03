using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;
using RetentionFuncs.Operations;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Deliverability;

/// <summary>What was found about a campaign or a sending domain.</summary>
/// <param name="Campaign">Null when it is about the domain.</param>
/// <param name="Stopped">Whether the campaigns concerned were paused by it.</param>
public sealed record SendingFinding(string? Campaign, string Domain, bool Stopped, Phrase Why);

/// <summary>
/// Looks the sending over, as a timer asks: complaints and bounces of each campaign and each sending domain over a week, and how many
/// messages an organisational domain sent in a day. Too many complaints or bounces pause a campaign, with the reason among the operations.
/// </summary>
public sealed class WatchSending(
    IRowStore store,
    CampaignBook book,
    LaunchCampaign campaigns,
    NoteOperation note,
    SendTally tally,
    TimeProvider clock
)
{
    /// <summary>Gmail counts a domain with about 5,000 a day as a bulk sender, for good; the warning comes before.</summary>
    public const long BulkWarning = 4_000;

    /// <summary>Who signs what the product does by itself.</summary>
    public const string Itself = "retention";

    private static readonly PartitionId Notices = new(StoreTable.Control, "sending-notices");

    private readonly SendingRows _rows = new(store);

    private sealed record Watched(LiveCampaign Live, string Domain, IReadOnlyList<SendingDay> Days)
    {
        public string Key => Live.Head.Key;

        public SendingCounts Week => Days.Aggregate(default(SendingCounts), (sum, d) => sum + d.Counts);
    }

    /// <exception cref="StoreUnavailableException">What was not done is found again at the next look.</exception>
    public async ValueTask<IReadOnlyList<SendingFinding>> RunAsync()
    {
        await tally.FlushAsync();
        var watched = await ReadAsync();
        await NoteBulkAsync(watched);
        var findings = new List<SendingFinding>();
        foreach (var one in watched)
        {
            await ActAsync(SendingRates.Judge(one.Week), one.Key, one.Domain, [one], findings);
        }

        foreach (var domain in watched.GroupBy(w => w.Domain).Where(d => d.Count() > 1))
        {
            var sum = domain.Aggregate(default(SendingCounts), (all, w) => all + w.Week);
            await ActAsync(SendingRates.Judge(sum), null, domain.Key, [.. domain], findings);
        }

        return findings;
    }

    /// <summary>The same look without doing anything, and the bulk senders on file.</summary>
    public async ValueTask<IReadOnlyList<SendingFinding>> LookAsync()
    {
        var watched = await ReadAsync();
        var findings = watched
            .Select(w => (w.Key, w.Domain, Verdict: SendingRates.Judge(w.Week)))
            .SelectMany(w =>
                WhyOf(w.Verdict) is { } why ? [new SendingFinding(w.Key, w.Domain, false, why)] : Array.Empty<SendingFinding>()
            )
            .ToList();
        await foreach (var row in store.ReadAllAsync(Notices, RowRange.Prefix("bulk|")))
        {
            findings.Add(
                new SendingFinding(
                    null,
                    row.Key["bulk|".Length..],
                    false,
                    BulkPhrase(row.Key["bulk|".Length..], row.Properties.Integer("messages"))
                )
            );
        }

        return findings;
    }

    private async ValueTask<List<Watched>> ReadAsync()
    {
        var from = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1 - SendingRates.WindowDays);
        var watched = new List<Watched>();
        foreach (var live in (await book.AllAsync()).Where(c => c.Head.Status is CampaignStatus.Live or CampaignStatus.Paused))
        {
            watched.Add(new Watched(live, SendingDomain.Of(live.Version.Sender), await _rows.ReadAsync(live.Head.Key, from)));
        }

        return watched;
    }

    private async ValueTask ActAsync(
        SendingVerdict verdict,
        string? campaign,
        string domain,
        IReadOnlyList<Watched> concerned,
        List<SendingFinding> findings
    )
    {
        if (WhyOf(verdict) is not { } why)
        {
            return;
        }

        var running = concerned
            .Where(w => w.Live.Head.Status == CampaignStatus.Live && !findings.Exists(f => f.Stopped && f.Campaign == w.Key))
            .ToArray();
        var stops = verdict is SendingVerdict.Stop && running.Length > 0;
        if (stops)
        {
            foreach (var one in running)
            {
                // First the note, then the act: a note too many is better than a pause nobody can explain.
                _ = await note.RunAsync(Itself, "pause-campaign", one.Key, why.En);
                _ = await campaigns.PauseAsync(one.Key);
                await _rows.ForgetAsync(one.Key);
            }
        }
        else if (verdict is SendingVerdict.Warn && await IsNewsAsync($"warn|{campaign ?? domain}|{Shards.DayName(Today)}"))
        {
            _ = await note.RunAsync(Itself, "warn-sending", campaign ?? domain, why.En);
        }

        findings.Add(new SendingFinding(campaign, domain, stops, why));
    }

    private async ValueTask NoteBulkAsync(List<Watched> watched)
    {
        foreach (var domain in watched.GroupBy(w => SendingDomain.Organisational(w.Domain)))
        {
            var fullest = domain
                .SelectMany(w => w.Days)
                .GroupBy(d => d.Day)
                .Select(d => d.Sum(x => x.Counts.Accepted))
                .DefaultIfEmpty()
                .Max();
            if (fullest >= BulkWarning && await IsNewsAsync("bulk|" + domain.Key, fullest))
            {
                _ = await note.RunAsync(Itself, "bulk-sender", domain.Key, BulkPhrase(domain.Key, fullest).En);
            }
        }
    }

    /// <summary>A row that stays: whoever was a bulk sender once is one for good.</summary>
    private async ValueTask<bool> IsNewsAsync(string key, long messages = 0) =>
        await store.CommitAsync(
            Notices,
            [new RowWrite(key, Expectation.Absent, new PropertyBag().Set("at", clock.GetUtcNow()).Set("messages", messages))]
        ) is CommitResult.Applied;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static Phrase? WhyOf(SendingVerdict verdict) =>
        verdict switch
        {
            SendingVerdict.Stop stop => stop.Why,
            SendingVerdict.Warn warn => warn.Why,
            _ => null,
        };

    private static Phrase BulkPhrase(string domain, long messages) =>
        new(
            $"{domain} sent {messages} messages in one day: from about 5,000 on Gmail and others count it as a bulk sender for good, and ask for SPF, DKIM, DMARC and one-click unsubscribe. Check with 'retention doctor dns FILE'.",
            $"{domain} 单日发出 {messages} 封：达到约 5,000 封后，Gmail 等会永久视其为批量发件人，要求 SPF、DKIM、DMARC 和一键退订齐全。请用 retention doctor dns FILE 检查。"
        );
}
