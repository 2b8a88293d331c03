using System.Text.Json.Serialization;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Backtests;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Reports;

/// <summary>What the provider told us, and what it did not.</summary>
/// <param name="Unknown">Whether they left is not known: never sent again, repaired by evidence.</param>
/// <param name="Unconfirmed">Accepted, and nothing heard since.</param>
public sealed record DeliveryCounts(
    int Sent,
    int Delivered,
    int Bounced,
    int Dropped,
    int Complained,
    int Unsubscribed,
    int Unknown,
    int Unconfirmed
)
{
    public static DeliveryCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>Something a person should look at.</summary>
/// <param name="Sentence">What is the matter and what to do.</param>
/// <param name="Command">The command that shows or settles it, or null.</param>
public sealed record AttentionItem(Phrase Sentence, int Count, string? Command = null);

/// <summary>One report, ready to be told in any form: <c>TextReport</c>, <c>HtmlReport</c>, <c>ReportJson</c>.</summary>
/// <param name="AsOf">The end of this day.</param>
/// <param name="Business">The shop's name.</param>
/// <param name="Currency">Of every amount.</param>
/// <param name="LapsedDays">Days of silence from which a customer counts as churned, or null when each has their own.</param>
/// <param name="Campaigns">The one that leads first.</param>
public sealed record RetentionReport(
    DateOnly AsOf,
    string Business,
    string Currency,
    int? LapsedDays,
    StageSeries Stages,
    IReadOnlyList<CampaignReport> Campaigns,
    DeliveryCounts Deliveries,
    IReadOnlyList<AttentionItem> Attention
)
{
    /// <summary>Whom the churn rate counts; null: by <see cref="LapsedDays"/>.</summary>
    public Phrase? ChurnIs { get; init; }

    /// <summary>What gives the chances of return, and how well it did on history it had not seen; null before the first refit.</summary>
    public FittedModel? Model { get; init; }

    /// <summary>What the rules would have found in the past, for the page; null where it was not played.</summary>
    [JsonIgnore]
    public Backtest? Backtest { get; init; }

    /// <summary>Puts the parts together: win-back leads, then the campaign with the most people to compare.</summary>
    public static RetentionReport Of(
        DateOnly asOf,
        string business,
        string currency,
        int? lapsedDays,
        StageSeries stages,
        IEnumerable<CampaignFacts> campaigns,
        DeliveryCounts deliveries,
        IReadOnlyList<AttentionItem> attention
    ) =>
        new(
            asOf,
            business,
            currency,
            lapsedDays,
            stages,
            [
                .. campaigns
                    .Select(CampaignReport.Of)
                    .OrderByDescending(c => c.Conversion is not null)
                    .ThenByDescending(c => c.Job == CampaignJob.WinBack)
                    .ThenByDescending(c => c.Treated + c.Control)
                    .ThenBy(c => c.Key, StringComparer.Ordinal),
            ],
            deliveries,
            attention
        );

    /// <summary>The campaign whose answer stands on top, or null when there is none.</summary>
    public CampaignReport? Lead => Campaigns.FirstOrDefault();
}
