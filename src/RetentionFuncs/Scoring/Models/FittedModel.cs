using System.Text.Json.Serialization;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Choosing;

namespace RetentionFuncs.Scoring.Models;

/// <summary>What gives the chance of return.</summary>
public enum ScoreRule
{
    MBG,
    BG,
    Pareto,

    /// <summary>Days of silence alone, through a fitted curve.</summary>
    Hiatus,

    /// <summary>Silence measured by the customer's own shrunk gap, through a fitted curve.</summary>
    OwnRhythm,
}

/// <summary>By what customers are told apart before fitting.</summary>
public enum ModelGrouping
{
    None,
    Market,
    Family,
}

internal static class ModelGroupings
{
    /// <summary>A customer's group among these; null when customers are not told apart, or this one's is not known.</summary>
    public static string? Pick(this ModelGrouping grouping, string? market, string? family) =>
        grouping switch
        {
            ModelGrouping.Market => market,
            ModelGrouping.Family => family,
            _ => null,
        };
}

/// <summary>A baseline's chance of return within the horizon: 1/(1 + exp(−(intercept + slope·ln f))), f = 1 + silence, or silence over the own shrunk gap.</summary>
/// <param name="Slope">Never above 0: more silence never means more hope.</param>
public sealed record ReturnCurve(double Intercept, double Slope)
{
    public double At(double feature) => 1 / (1 + Math.Exp(-(Intercept + (Slope * Math.Log(Math.Max(feature, 1e-9))))));
}

/// <summary>How one rule did on the part of history it was not fitted on.</summary>
/// <param name="Auc">Chance that a returning customer is ranked above one who did not; 0.5 is a coin.</param>
/// <param name="LogLoss">Mean −ln of the chance given to what happened; lower is better.</param>
/// <param name="Calibration">Stated and seen share by bin of stated chance.</param>
/// <param name="Note">Why it could not be fitted, or not by its likelihood alone; null else.</param>
public sealed record Candidate(
    ScoreRule Rule,
    double? Auc,
    double? LogLoss,
    double? LogLossError,
    IReadOnlyList<CalibrationBin> Calibration,
    Phrase? Note
)
{
    /// <summary>Expected purchase days in the holdouts over those that came, less one; null for a rule that expects no number.</summary>
    public double? CountBias { get; init; }
}

/// <summary>A stretch of history nothing was fitted on.</summary>
/// <param name="CalibrationEnd">Last day that was known; the horizon after it was held out.</param>
/// <param name="Customers">Who had bought by then, of those compared on.</param>
/// <param name="Returned">Of them, who bought within the horizon.</param>
public sealed record HoldoutPeriod(DateOnly CalibrationEnd, int Customers, int Returned);

/// <param name="Stated">Mean stated chance of the bin's customers, 0 to 1.</param>
/// <param name="Seen">Share that did return.</param>
public sealed record CalibrationBin(double Stated, double Seen, int Customers);

/// <summary>
/// One fit of a business's whole history, versioned and kept: the rule that gives chances of return, why it was chosen, and what was
/// compared. Times are days.
/// </summary>
/// <param name="Version">1 for the first refit of a home, then one more each.</param>
/// <param name="HorizonDays">H: chances of return are within so many days.</param>
/// <param name="Model">The best buying model, also when a baseline was chosen; null when none could be fitted.</param>
/// <param name="Curve">The chosen baseline's curve; null when a model was chosen or nothing could be compared.</param>
/// <param name="Spend">Null when spend could not be fitted.</param>
/// <param name="PopulationGapDays">Mean days between purchase days over all customers with two or more; null when there are none.</param>
/// <param name="Groups">Models of groups, shrunk towards the whole; empty when telling groups apart did not help.</param>
[JsonConverter(typeof(FittedModelJson.Converter))]
public sealed record FittedModel(
    int Version,
    DateOnly AsOf,
    int Customers,
    int HorizonDays,
    ScoreRule Chosen,
    Phrase Why,
    BuyingModel? Model,
    double? LogLikelihood,
    ReturnCurve? Curve,
    SpendModel? Spend,
    decimal? PopulationGapDays,
    IReadOnlyList<Candidate> Candidates,
    ModelGrouping Grouping,
    IReadOnlyDictionary<string, BuyingModel> Groups
)
{
    /// <summary>What the candidates were compared on, newest first; empty when nothing was compared.</summary>
    public IReadOnlyList<HoldoutPeriod> Holdouts { get; init; } = [];

    /// <summary>Which group a customer is in, as this fit tells them apart; null when it does not.</summary>
    public string? GroupOf(PurchaseSummary summary) => Grouping.Pick(summary.Market, summary.Traits?.FirstFamily);

    /// <inheritdoc cref="GroupOf(PurchaseSummary)"/>
    public string? GroupOf(BuyingHistory history) => Grouping.Pick(history.Market, history.Family);

    /// <summary>The group's model where there is one, else that of the whole.</summary>
    public BuyingModel? ModelFor(string? group) => group is not null && Groups.TryGetValue(group, out var own) ? own : Model;

    /// <summary>P(return within <see cref="HorizonDays"/>), 0 to 1; never rises with silence. Null while nothing is fitted.</summary>
    public double? ChanceOfReturn(BuyingPattern pattern, string? group = null) =>
        Chosen switch
        {
            ScoreRule.Hiatus or ScoreRule.OwnRhythm => Curve?.At(FeatureOf(Chosen, pattern, PopulationGapDays)),
            _ => ModelFor(group)?.ChanceOfReturn(pattern, HorizonDays),
        };

    /// <summary>The shrunk usual gap (t_x + g0)/(x + 1) in days, at least one.</summary>
    public double ExpectedGap(BuyingPattern pattern) => ExpectedGap(pattern, PopulationGapDays);

    /// <summary>What a baseline's curve reads: 1 + silence, or that over the shrunk usual gap.</summary>
    internal static double FeatureOf(ScoreRule baseline, BuyingPattern pattern, decimal? populationGapDays) =>
        baseline == ScoreRule.Hiatus ? 1 + pattern.Gap : (1 + pattern.Gap) / ExpectedGap(pattern, populationGapDays);

    private static double ExpectedGap(BuyingPattern pattern, decimal? populationGapDays) =>
        Math.Max(1, (pattern.Recency + (double)(populationGapDays ?? 60)) / (pattern.Repeats + 1));
}
