using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Backtests;

/// <summary>A customer who is silent on a decision date, as far as it is known on it.</summary>
/// <param name="Customer">Position in the list of histories.</param>
/// <param name="LastDay">Day number of the last purchase: with the customer it names the silence.</param>
/// <param name="Value">Profit, or revenue, of the year before.</param>
/// <param name="Chance">Of ordering within the horizon; null while no model can be fitted.</param>
/// <param name="Fallen">That chance as a share of the fresh one.</param>
/// <param name="Rhythm">Silence over the shrunk own gap.</param>
/// <param name="Ranks">Recency rank plus frequency rank, 2 to 10.</param>
internal sealed record Silence(
    int Customer,
    int LastDay,
    BuyingPattern Pattern,
    decimal Value,
    double? Chance,
    double? Fallen,
    double Rhythm,
    int Ranks
)
{
    public int Days => (int)Pattern.Gap;

    /// <summary>The higher, the sooner the rule raises its alarm. Without a model the chance rules go by own rhythm, as the product does.</summary>
    public double UrgencyBy(BacktestRule rule) =>
        rule switch
        {
            BacktestRule.Chance => -Chance ?? Rhythm,
            BacktestRule.FallenChance => -Fallen ?? Rhythm,
            BacktestRule.ProfitAtRisk => Chance is { } chance ? (double)Value * (1 - chance) : Rhythm,
            BacktestRule.OwnRhythm => Rhythm,
            BacktestRule.RecencyFrequency => -Ranks,
            _ => Days,
        };
}
