using System.Globalization;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>One customer on one day, and all that an assessment looks at.</summary>
/// <param name="AsOf">Day number; its end.</param>
/// <param name="Ranked">What the tier goes by: the worth with a one-off bulk purchase cut down.</param>
internal sealed record ValueCase(
    BuyingHistory History,
    int AsOf,
    BuyingYear Year,
    ValueMoney Worth,
    decimal Ranked,
    ValueSignals Signals,
    FittedModel? Fitted,
    TierCutPoints Cuts
)
{
    /// <summary>Without cents.</summary>
    public string Amount(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{Cuts.Currency} {amount:N0}");
}
