using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Values;

/// <summary>The four criteria of the trade (playbook P5) and what is to come.</summary>
public enum ValueCriterion
{
    Frequency,
    Volume,
    ProfitRate,
    Loyalty,
    Expected,
}

/// <param name="Number">Purchase days, net spend, rate, signs of loyalty, or expected profit; null when not known.</param>
/// <param name="TopShare">The smallest of <see cref="ValueLadder.TopShares"/> it is within; null among the rest, or not ranked.</param>
public sealed record CriterionReading(ValueCriterion Criterion, decimal? Number, decimal? TopShare, Phrase Sentence);

/// <summary>What one customer is worth at the end of a day, every part of it told.</summary>
/// <param name="Tier">By worth, a one-off bulk purchase cut down; key then confirmed by frequency or loyalty; false key accounts stay below key.</param>
/// <param name="Holds">The tier kept by a customer who is in it or above already; never below <paramref name="Tier"/>.</param>
/// <param name="ByWorth">By money alone, whatever it came from.</param>
/// <param name="Lowered">Why it is not the tier of its worth; empty when it is.</param>
/// <param name="Near">The next tier when less than a tenth of its worth is missing and nothing else stands in the way; null else.</param>
/// <param name="OfNext">Its worth as a share of the next tier's cut point; null for key, and without one.</param>
/// <param name="ChanceOfReturn">Within the fit's horizon, 0 to 1; null while nothing is fitted.</param>
/// <param name="ChanceAlive">Shown, never used to pick people; null likewise.</param>
/// <param name="Version">Of the cut points.</param>
public sealed record ValueAssessment(
    DateOnly On,
    string Currency,
    ValueTier Tier,
    ValueTier Holds,
    ValueTier ByWorth,
    IReadOnlyList<Phrase> Lowered,
    ValueTier? Near,
    decimal? OfNext,
    ValueMoney Worth,
    IReadOnlyList<CriterionReading> Criteria,
    Loyalty Loyalty,
    IReadOnlyList<FalseKey> FalseKeys,
    Potential? Potential,
    double? ChanceOfReturn,
    double? ChanceAlive,
    int Version
);
