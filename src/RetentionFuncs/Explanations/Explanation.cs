using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Explanations;

/// <summary>Why this customer got this, and why not that.</summary>
/// <param name="Standing">Where the customer stands, in a sentence.</param>
/// <param name="Stage">At the end of the day asked about; null before the first purchase.</param>
/// <param name="Signals">Parts of the custom that went already and likely reasons, each with what was seen.</param>
/// <param name="Campaigns">One block per campaign on file.</param>
public sealed record Explanation(
    string CustomerId,
    string CustomerKey,
    DateOnly AsOf,
    LapseStage? Stage,
    Phrase Standing,
    IReadOnlyList<Phrase> Signals,
    IReadOnlyList<CampaignExplanation> Campaigns
)
{
    /// <summary>Null before a refit told tiers, before the first purchase, and of a customer who refused profiling.</summary>
    public ValueExplanation? Value { get; init; }

    /// <summary>Who agreed to what and when, as the consent history tells, oldest first; up to the moment asked about.</summary>
    public IReadOnlyList<DatedPhrase> Consents { get; init; } = [];

    /// <summary>The first row at which the consent history was tampered with, or null when it is whole.</summary>
    public int? ConsentsBrokenAt { get; init; }
}

/// <param name="Summary">The answer in one sentence.</param>
/// <param name="History">Every verdict up to the moment asked about, oldest first.</param>
/// <param name="Messages">What became of each message.</param>
/// <param name="FromLedger">False when nothing was decided yet and the summary is a dry run on the facts of that day.</param>
public sealed record CampaignExplanation(
    string Campaign,
    Phrase Title,
    Phrase Summary,
    bool FromLedger,
    IReadOnlyList<DatedPhrase> History,
    IReadOnlyList<DatedPhrase> Messages
);

public sealed record DatedPhrase(DateTimeOffset At, Phrase Sentence);
