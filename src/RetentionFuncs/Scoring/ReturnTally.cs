using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring;

/// <summary>How many are expected to order again, and by what.</summary>
/// <param name="HorizonDays">Within so many days after the day spoken for.</param>
/// <param name="Expected">Sum of the chances of return: customers expected to order.</param>
/// <param name="ByStage">Mean chance, 0 to 1, of the customers of each stage; stages nobody stands in are left out.</param>
/// <param name="Fit">Version of the fit, made as of <paramref name="FittedOn"/>.</param>
public sealed record ReturnOutlook(
    int HorizonDays,
    double Expected,
    IReadOnlyDictionary<LapseStage, double> ByStage,
    ScoreRule Rule,
    int Fit,
    DateOnly FittedOn
);

/// <summary>Adds chances of return up over the base.</summary>
internal sealed class ReturnTally(FittedModel? fitted, DateOnly asOf)
{
    private readonly SortedDictionary<LapseStage, (double Sum, int Customers)> _stages = [];

    public void Add(PurchaseSummary summary, LapseStage stage)
    {
        if (fitted?.ChanceOfReturn(BuyingPattern.Of(summary, asOf), fitted.GroupOf(summary)) is { } chance)
        {
            var known = _stages.GetValueOrDefault(stage);
            _stages[stage] = (known.Sum + chance, known.Customers + 1);
        }
    }

    /// <returns>Null while nothing gives a chance.</returns>
    public ReturnOutlook? ToOutlook() =>
        fitted is null || _stages.Count == 0
            ? null
            : new ReturnOutlook(
                fitted.HorizonDays,
                Math.Round(_stages.Values.Sum(s => s.Sum), 2),
                _stages.ToDictionary(s => s.Key, s => Math.Round(s.Value.Sum / s.Value.Customers, 4)),
                fitted.Chosen,
                fitted.Version,
                fitted.AsOf
            );
}
