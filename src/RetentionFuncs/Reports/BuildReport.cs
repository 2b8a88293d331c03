using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Reports;

/// <summary>Gathers a report from what is on file at the end of a day. Reads everybody once for the stages; writes nothing.</summary>
public sealed class BuildReport(
    IRowStore store,
    BusinessSettings settings,
    BusinessCalendar calendar,
    CampaignBook book,
    ScoringBook scoring
)
{
    /// <summary>Days of stages shown before the as-of day.</summary>
    public const int StageDays = 120;

    /// <param name="only">Key of the one campaign to report on, or null for all.</param>
    /// <param name="truth">A generated shop's true uplift by campaign key.</param>
    public async ValueTask<RetentionReport> RunAsync(
        DateOnly asOf,
        string? only = null,
        Func<string, IReadOnlyList<EntryOutcome>, double?>? truth = null
    )
    {
        var history = await HistoryToAsync(asOf);
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            await CountAsync(key, history);
        }

        return await ReportAsync(asOf, history.ToSeries(), only, truth);
    }

    /// <summary>A window of stages that ends at that day.</summary>
    internal async ValueTask<StageHistory> HistoryToAsync(DateOnly asOf) => new(asOf.AddDays(-StageDays), asOf, await scoring.RuleAsync());

    internal async ValueTask CountAsync(CustomerKey key, StageHistory history)
    {
        var partition = await CustomerPartition.LoadAsync(store, key);
        lock (history)
        {
            history.Add(partition.Summary(), CountryOf(partition), partition.Tier()?.Tier);
        }
    }

    internal async ValueTask<RetentionReport> ReportAsync(
        DateOnly asOf,
        StageSeries stages,
        string? only = null,
        Func<string, IReadOnlyList<EntryOutcome>, double?>? truth = null
    )
    {
        var tally = new TouchTally();
        var campaigns = new List<CampaignFacts>();
        foreach (var live in (await book.AllAsync()).Where(c => c.Head.LaunchedAt is not null && (only is null || c.Head.Key == only)))
        {
            var facts = await FactsAsync(live, asOf, tally);
            campaigns.Add(facts with { HiddenTruth = truth?.Invoke(live.Head.Key, facts.Entries) });
        }

        var rule = await scoring.RuleAsync();
        var lapsed = rule is LapseRule.FixedDays fixedDays ? fixedDays.Bands.Lapsed : (int?)null;
        return RetentionReport.Of(
            asOf,
            settings.Name,
            settings.Currency,
            lapsed,
            stages,
            campaigns,
            tally.Deliveries,
            await AttentionAsync(tally)
        ) with
        {
            ChurnIs = ChurnDefinition.Of(rule),
            Model = (await scoring.NewestAsync())?.Model,
        };
    }

    private async ValueTask<CampaignFacts> FactsAsync(LiveCampaign live, DateOnly asOf, TouchTally tally)
    {
        var campaign = live.Version.Campaign;
        var reader = new CampaignOutcomes(store, settings, calendar, campaign, asOf, tally);
        var log = new CampaignLog(store);
        var first = (live.Head.StartOn ?? asOf).AddDays(-Reviews.OrderReviews.LateDays);
        var skipped = new List<LoggedOccasion>();
        await foreach (var line in log.ReadAsync(campaign.Key, first, asOf))
        {
            if (line.Outcome == "Entered")
            {
                await reader.AddAsync(line);
            }
            else if (line.Outcome == "Skipped")
            {
                skipped.Add(line);
            }
        }

        return new CampaignFacts(
            campaign.Key,
            campaign.Titles,
            campaign.Job,
            campaign.AttributionDays,
            live.Head.ControlShare,
            reader.Entries,
            reader.Touches,
            SkipCounts.Of(skipped, reader.Entered),
            reader.Coupons
        )
        {
            Backlog = await new ReadBacklog(store).RunAsync(live, asOf),
        };
    }

    private async ValueTask<IReadOnlyList<AttentionItem>> AttentionAsync(TouchTally tally)
    {
        var items = new List<AttentionItem>();
        void Add(int count, Phrase sentence, string? command = null)
        {
            if (count > 0)
            {
                items.Add(new AttentionItem(sentence, count, command));
            }
        }

        var foreign = 0;
        await foreach (var _ in store.ReadAllAsync(new PartitionId(StoreTable.Control, "quarantine"), RowRange.All))
        {
            foreign++;
        }

        var d = tally.Deliveries;
        Add(
            d.Unknown,
            new(
                "messages may or may not have gone out; they are not sent again, evidence settles them",
                "条信息是否发出未知；不会重发，等待服务商回执确认"
            ),
            "retention doctor"
        );
        Add(
            d.Unconfirmed,
            new("messages were accepted, and nothing was heard of them for 72 hours", "条信息已被接收，但 72 小时内没有任何回执"),
            "retention doctor"
        );
        Add(tally.Parked, new("messages were put aside and wait for a person", "条信息被搁置，需要人工处理"), "retention doctor");
        Add(
            foreign,
            new(
                "delivery events name messages this installation never sent: is a copy of it running?",
                "条回执对应的信息并非本系统发出：是否有副本在运行？"
            ),
            "retention doctor"
        );
        return items;
    }

    private static string? CountryOf(CustomerPartition partition)
    {
        var contacts = partition.Contacts();
        return (contacts.FirstOrDefault(c => c.Is(Contact.Primary)) ?? (contacts.Count > 0 ? contacts[0] : null))?.Country;
    }
}

/// <summary>Counts people by the reason that turned them away.</summary>
internal static class SkipCounts
{
    public static IReadOnlyList<SkipCount> Of(IEnumerable<LoggedOccasion> skipped, IReadOnlySet<string> entered) =>
        [
            .. skipped
                .Where(s => !entered.Contains(s.Customer.Value + "|" + s.Occasion))
                .GroupBy(s => (s.Gate, s.Reason))
                .Select(g => new SkipCount(
                    g.Key.Gate?.ToString() ?? "",
                    GeneralReasons.Of(g.Key.Reason),
                    g.Select(s => s.Customer).Distinct().Count()
                ))
                .OrderByDescending(s => s.People),
        ];
}

/// <summary>What became of messages, over all campaigns of a report.</summary>
internal sealed class TouchTally
{
    public DeliveryCounts Deliveries { get; private set; } = DeliveryCounts.None;

    public int Parked { get; private set; }

    public void Add(Touchpoint touch, bool unsubscribed)
    {
        var d = Deliveries;
        Deliveries = d with
        {
            Sent = d.Sent + (touch.State == TouchpointState.Sent ? 1 : 0),
            Delivered = d.Delivered + (touch.DeliveredAt is null ? 0 : 1),
            Bounced = d.Bounced + (touch.BouncedAt is null ? 0 : 1),
            Dropped = d.Dropped + (touch.DroppedAt is null ? 0 : 1),
            Complained = d.Complained + (touch.ComplainedAt is null ? 0 : 1),
            Unsubscribed = d.Unsubscribed + (unsubscribed ? 1 : 0),
            Unknown = d.Unknown + (touch.State is TouchpointState.Unknown or TouchpointState.Sending ? 1 : 0),
            Unconfirmed = d.Unconfirmed + (touch.Unconfirmed && !touch.HasEvidence ? 1 : 0),
        };
        Parked += touch.State == TouchpointState.Parked ? 1 : 0;
    }
}
