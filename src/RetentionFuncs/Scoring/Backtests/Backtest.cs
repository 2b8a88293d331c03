using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Backtests;

/// <summary>By what the customers to alarm about are picked.</summary>
public enum BacktestRule
{
    /// <summary>Lowest chance of ordering within the horizon, by the model the product would have chosen that day.</summary>
    Chance,

    /// <summary>The same chance as a share of what it was the day after the last order: what the stages go by.</summary>
    FallenChance,

    /// <summary>The largest yearly profit times the chance of not ordering.</summary>
    ProfitAtRisk,

    /// <summary>The longest silence measured by the customer's own shrunk gap.</summary>
    OwnRhythm,

    /// <summary>The lowest sum of recency and frequency quintiles; among equals the longest silence.</summary>
    RecencyFrequency,

    /// <summary>Everybody who has become silent for the given days since the decision before: it sets how many alarms the others get.</summary>
    SilentDays,
}

/// <summary>How one rule would have done.</summary>
/// <param name="Alarms">Alarms raised; the same number for every rule on every day, as long as there is anybody left to pick.</param>
/// <param name="Found">Customers who left, of <see cref="Backtest.Leavers"/>, that an alarm was raised about.</param>
/// <param name="FoundEarly">Of them, before they had been silent for <see cref="Backtest.SilentDays"/>.</param>
/// <param name="MedianDaysEarlier">Median days from the alarm to that day of silence, over those found; negative when it came later.</param>
/// <param name="FalseAlarms">Alarms about customers who ordered within the horizon by themselves.</param>
/// <param name="ExpectedPer100">Per 100 alarms: what those customers brought in the year before, times the stated chance of not ordering; null where no model could be fitted.</param>
/// <param name="ActualPer100">Per 100 alarms: what those who did not order within the horizon had brought in the year before.</param>
/// <param name="FoundBySilence">Found by a silence of 0, 5, 10 … days, cumulated.</param>
public sealed record BacktestRow(
    BacktestRule Rule,
    int Alarms,
    int Found,
    int FoundEarly,
    double? MedianDaysEarlier,
    int FalseAlarms,
    decimal? ExpectedPer100,
    decimal ActualPer100,
    IReadOnlyList<int> FoundBySilence
);

/// <summary>
/// What each rule would have done on past days, knowing only what was known on them. A customer has left when no order came in
/// <see cref="SilentDays"/> + <see cref="HorizonDays"/> days after the last one. Counted are those whose whole silence the decisions could
/// see: last order after the first decision less a step, day of silence number <see cref="SilentDays"/> by the last decision.
/// </summary>
/// <param name="Dates">Decision dates, ascending; empty when history is too short.</param>
/// <param name="Customers">Looked at; of very many an even sample.</param>
/// <param name="Leavers">Customers' silences counted as left.</param>
/// <param name="InProfit">Money is profit; else revenue, because costs are not known.</param>
/// <param name="Missing">Why there is nothing to show; null when there is.</param>
public sealed record Backtest(
    DateOnly AsOf,
    int HorizonDays,
    int StepDays,
    int SilentDays,
    IReadOnlyList<DateOnly> Dates,
    int Customers,
    int Leavers,
    bool InProfit,
    string Currency,
    IReadOnlyList<BacktestRow> Rows,
    Phrase? Missing = null
)
{
    /// <summary>Days between the points of <see cref="BacktestRow.FoundBySilence"/>.</summary>
    public const int SilenceStep = 5;
}

/// <param name="HorizonDays">Null: the business's cycle.</param>
/// <param name="From">First decision date; null: as far back as twelve decisions and four months of history allow.</param>
public sealed record BacktestOptions(int? HorizonDays = null, DateOnly? From = null)
{
    /// <summary>The rule of thumb everything is held against.</summary>
    public int SilentDays { get; init; } = 90;

    public int StepDays { get; init; } = 30;

    public int MostDates { get; init; } = 12;

    /// <summary>So much history comes before the first decision when it is not given.</summary>
    public int LeastHistoryDays { get; init; } = 120;

    public int SampleCap { get; init; } = 50_000;
}
