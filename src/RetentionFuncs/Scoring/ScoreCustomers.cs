using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring;

/// <summary>The whole base at the end of a day.</summary>
/// <param name="Customers">With at least one purchase by then.</param>
/// <param name="Due">Customers whose recorded stage is behind: their next crossing day is on or before the day.</param>
/// <param name="ChurnRate">Share, 0 to 1, of customers silent for the Lapsed days or longer; null without customers (playbook P2).</param>
/// <param name="Stages">Every stage, also those nobody stands in.</param>
/// <param name="ByCountry">Churn rate and customers by country; the empty key holds customers without one.</param>
/// <param name="Groups">Customers by RFM group.</param>
public sealed record BaseScore(
    DateOnly AsOf,
    int Customers,
    int Due,
    decimal? ChurnRate,
    IReadOnlyDictionary<LapseStage, int> Stages,
    IReadOnlyDictionary<string, CountryScore> ByCountry,
    IReadOnlyDictionary<RfmGroup, int> Groups
)
{
    /// <summary>Every value tier, key first, with its share of the value and its churn rate; null before a refit told tiers.</summary>
    public IReadOnlyDictionary<ValueTier, TierScore>? Tiers { get; init; }

    /// <summary>Who is expected back; null before a model is fitted.</summary>
    public ReturnOutlook? Returns { get; init; }
}

public sealed record CountryScore(int Customers, decimal ChurnRate);

/// <summary>Scores everybody at the end of a day, from the purchase days known by it. Reads all, writes nothing.</summary>
public sealed class ScoreCustomers(IRowStore store, ScoringBook scoring, string currency)
{
    /// <param name="each">Told each customer's score, for a file or a table.</param>
    public async ValueTask<BaseScore> RunAsync(DateOnly asOf, Action<CustomerScore>? each = null, IProgress<int>? progress = null)
    {
        var cutPoints = await CutPointsAsync(asOf);
        var rule = await scoring.RuleAsync();
        var stages = Enum.GetValues<LapseStage>().ToDictionary(s => s, _ => 0);
        var groups = new SortedDictionary<RfmGroup, int>();
        var countries = new SortedDictionary<string, (int All, int Lapsed)>(StringComparer.Ordinal);
        var (refit, tiers) = (await scoring.NewestAsync(), new TierTally());
        var returns = new ReturnTally(refit?.Model, asOf);
        var (due, seen) = (0, 0);
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            progress?.Report(++seen);
            var partition = await CustomerPartition.LoadAsync(store, key);
            var summary = partition.Summary();
            if (StageSchedule.StageOn(summary, rule, asOf) is not { } stage)
            {
                continue;
            }

            var lapsed = stage >= LapseStage.Lapsed ? 1 : 0;
            stages[stage]++;
            returns.Add(summary, stage);
            due += partition.Standing()?.NextReviewOn <= asOf ? 1 : 0;
            var country = partition.Contacts().FirstOrDefault()?.Country ?? "";
            var known = countries.GetValueOrDefault(country);
            countries[country] = (known.All + 1, known.Lapsed + lapsed);
            var rfm = RfmScorer.RankOf(summary, asOf, cutPoints)!;
            groups[rfm.Group] = groups.GetValueOrDefault(rfm.Group) + 1;
            var worth = CustomerWorth.Of(partition, summary, refit, DateTimeOffset.MaxValue, asOf);
            if (worth is not null)
            {
                tiers.Add(worth.Tier, worth.Worth.Total, lapsed == 1);
            }

            each?.Invoke(new CustomerScore(partition.Profile()?.ExternalId ?? key.Value, stage, rfm) { Tier = worth?.Tier });
        }

        var customers = stages.Values.Sum();
        var gone = stages[LapseStage.Lapsed] + stages[LapseStage.Lost];
        return new BaseScore(
            asOf,
            customers,
            due,
            customers == 0 ? null : Math.Round((decimal)gone / customers, 4),
            stages,
            countries.ToDictionary(c => c.Key, c => new CountryScore(c.Value.All, Math.Round((decimal)c.Value.Lapsed / c.Value.All, 4))),
            groups
        )
        {
            Tiers = refit?.Tiers is null ? null : tiers.ToScores(),
            Returns = returns.ToOutlook(),
        };
    }

    /// <summary>The cut points on file when they speak for that day, else fresh ones for it.</summary>
    private async ValueTask<RfmCutPoints> CutPointsAsync(DateOnly asOf)
    {
        if ((await scoring.NewestAsync())?.CutPoints is { } newest && newest.AsOf <= asOf && newest.AsOf.AddDays(7) >= asOf)
        {
            return newest;
        }

        var tally = new RfmTally(asOf, currency);
        await foreach (var (_, summary) in SummaryScan.AllAsync(store))
        {
            tally.Add(summary);
        }

        return tally.ToCutPoints(0);
    }
}

public sealed record CustomerScore(string CustomerId, LapseStage Stage, RfmScore Rfm)
{
    /// <summary>Null before a refit told tiers.</summary>
    public ValueTier? Tier { get; init; }
}
