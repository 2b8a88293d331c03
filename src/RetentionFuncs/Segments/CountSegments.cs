using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Segments;

/// <summary>Counts everybody by tier, stage, group and audience at the end of a day. Reads all, writes nothing.</summary>
public sealed class CountSegments(IRowStore store, BusinessCalendar calendar, ScoringBook scoring, CampaignBook book, string currency)
{
    private readonly AudienceCache _audiences = new();

    /// <param name="expression">Counted beside the campaigns' own; null for none.</param>
    /// <param name="list">Whether the ids of those in it are wanted.</param>
    public async ValueTask<SegmentCounts> RunAsync(
        DateOnly asOf,
        AudienceExpression? expression = null,
        bool list = false,
        IProgress<int>? progress = null
    )
    {
        var campaigns = (await book.AllAsync())
            .Select(c => new Counted(_audiences.Of(c.Version), c, false))
            .OrderBy(c => c.Campaign!.Head.Key, StringComparer.Ordinal)
            .ToArray();
        var asked = expression is null ? null : new Counted(expression, null, list);
        var (refit, rule) = (await scoring.NewestAsync(), await scoring.RuleAsync());
        var (sums, seen) = (new Sums(), 0);
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            progress?.Report(++seen);
            var partition = await CustomerPartition.LoadAsync(store, key);
            var stage = StageSchedule.StageOn(partition.Summary(), rule, asOf);
            if (partition.Profile() is not { } customer || FactsOf(partition, customer, stage, asOf, refit) is not { } facts)
            {
                continue;
            }

            sums.Add(facts, partition, asOf, refit);
            foreach (var counted in campaigns.Append(asked).OfType<Counted>())
            {
                counted.Add(facts, customer.ExternalId);
            }
        }

        return sums.ToCounts(asOf, refit?.Tiers is not null, [.. campaigns.Select(c => c.ToCount())], asked?.ToCount());
    }

    private AudienceFacts? FactsOf(CustomerPartition partition, Customer customer, LapseStage? stage, DateOnly day, Refit? refit)
    {
        var (summary, at) = (partition.Summary(), calendar.EndOf(day));
        return AudienceView.Of(
            customer,
            partition.Contacts(),
            summary,
            stage,
            day,
            currency,
            refit?.CutPoints,
            () => CustomerSignals.Of(partition, summary, stage, at, day, refit, currency),
            () => ValueFacts.Of(partition, summary, refit, at, day, null)
        );
    }

    private sealed class Counted(AudienceExpression audience, LiveCampaign? campaign, bool list)
    {
        private readonly List<string> _ids = [];
        private readonly Channel[] _channels =
            campaign?.Version.Campaign.Messages.Select(m => m.Channel).Distinct().ToArray() ?? [Channel.Email];
        private int _customers;
        private int _reachable;

        public LiveCampaign? Campaign => campaign;

        public void Add(AudienceFacts facts, string id)
        {
            if (!audience.Matches(facts))
            {
                return;
            }

            _customers++;
            _reachable += facts.CanBeReachedBy(_channels) ? 1 : 0;
            if (list)
            {
                _ids.Add(id);
            }
        }

        public AudienceCount ToCount() =>
            new(
                campaign?.Head.Key ?? "",
                campaign is null ? null : TitleOf(campaign.Version.Campaign),
                campaign?.Head.Status,
                audience.ToString(),
                _customers,
                _reachable,
                list ? _ids : null
            );

        private static Phrase TitleOf(Campaign campaign) =>
            new(Explanations.ExplainCustomer.TitleOf(campaign, "en"), Explanations.ExplainCustomer.TitleOf(campaign, "zh"));
    }

    private sealed class Sums
    {
        private readonly TierTally _tiers = new();
        private readonly SortedDictionary<LapseStage, int> _stages = new(Enum.GetValues<LapseStage>().ToDictionary(s => s, _ => 0));
        private readonly SortedDictionary<RfmGroup, int> _groups = new(Enum.GetValues<RfmGroup>().ToDictionary(g => g, _ => 0));
        private int _falseKeys;
        private int _potential;
        private int _loyal;

        public void Add(AudienceFacts facts, CustomerPartition partition, DateOnly asOf, Refit? refit)
        {
            _stages[facts.Stage]++;
            if (refit is not null && RfmScorer.RankOf(partition.Summary(), asOf, refit.CutPoints) is { } rfm)
            {
                _groups[rfm.Group]++;
            }

            if (facts.Value is { } value)
            {
                _tiers.Add(value.Tier, value.Worth, facts.Stage >= LapseStage.Lapsed);
                _falseKeys += value.IsFalseKey ? 1 : 0;
                _potential += value.HasPotential ? 1 : 0;
                _loyal += value.IsLoyal ? 1 : 0;
            }
        }

        public SegmentCounts ToCounts(DateOnly asOf, bool told, IReadOnlyList<AudienceCount> campaigns, AudienceCount? asked) =>
            new(
                asOf,
                _stages.Values.Sum(),
                told ? _tiers.ToScores() : null,
                told ? _falseKeys : null,
                told ? _potential : null,
                told ? _loyal : null,
                _stages,
                _groups,
                campaigns,
                asked
            );
    }
}
