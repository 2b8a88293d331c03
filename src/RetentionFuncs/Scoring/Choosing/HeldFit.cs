using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>
/// A fit by maximum likelihood; where a parameter runs to its bound or no top is found, once more with a weak pull towards usual values.
/// A short or growing history often holds no sign of anyone leaving: the likelihood then rises towards a shop nobody ever leaves. Its
/// forecasts for the near future are good, its word that nobody ever leaves is not to be believed.
/// </summary>
/// <param name="Model">Null when even that did not help.</param>
/// <param name="Note">What happened, where it was not plain maximum likelihood.</param>
internal sealed record HeldFit(BuyingModel? Model, double? LogLikelihood, Phrase? Note)
{
    /// <summary>A few customers' word against that of all: see <see cref="Shrinkage.Strength"/>.</summary>
    private const double Pull = 3;

    public static HeldFit Run(BuyingSample sample, BuyingModelKind kind, DateOnly at)
    {
        var free = FitBuyingModel.Run(sample, kind);
        return free switch
        {
            ModelFit.Fitted fitted => new HeldFit(fitted.Model, fitted.LogLikelihood, null),
            ModelFit.TooFewCustomers => new HeldFit(null, null, FitWords.NoteOf(free, kind, at)),
            _ => Held(sample, kind, FitWords.NoteOf(free, kind, at)),
        };
    }

    private static HeldFit Held(BuyingSample sample, BuyingModelKind kind, Phrase note) =>
        FitBuyingModel.Run(sample, kind, new Shrinkage(Usual(kind, Math.Max(1, sample.MeanAge / 4)), Pull)) is ModelFit.Fitted fitted
            ? new HeldFit(fitted.Model, fitted.LogLikelihood, FitWords.Held(note))
            : new HeldFit(null, null, note);

    /// <summary>
    /// About the middle of published fits (CDNOW, grocery, apparel, two retailers). Times have no usual value, so they are taken from the
    /// sample: a quarter of the customers' mean age.
    /// </summary>
    private static BuyingModel Usual(BuyingModelKind kind, double time) =>
        kind switch
        {
            BuyingModelKind.Pareto => BuyingModel.Of(kind, [0.6, time, 0.5, time]),
            BuyingModelKind.BG => BuyingModel.Of(kind, [0.4, time, 0.7, 3]),
            _ => BuyingModel.Of(kind, [0.7, time, 0.6, 1.6]),
        };
}
