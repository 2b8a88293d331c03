using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Tests.Scoring.Values;

/// <summary>Histories and fits small enough to reckon by hand. Today is 2026-03-02.</summary>
internal static class ValueWorks
{
    public static DateOnly Today { get; } = new(2026, 3, 2);

    /// <summary>No discounting, so that expected money is orders times spend times rate.</summary>
    public static ValueSettings Plain { get; } = ValueSettings.Default with { YearlyDiscount = 0 };

    /// <param name="purchases">Days ago and amount, in any order.</param>
    public static BuyingHistory History(params (int DaysAgo, decimal Amount)[] purchases)
    {
        var sorted = purchases.OrderByDescending(p => p.DaysAgo).ToArray();
        return new BuyingHistory([.. sorted.Select(p => Today.DayNumber - p.DaysAgo)], [.. sorted.Select(p => p.Amount)]);
    }

    /// <summary>So many purchases of one amount, <paramref name="every"/> days apart, the last one that many days ago.</summary>
    public static BuyingHistory Every(int every, int times, decimal amount) =>
        History([.. Enumerable.Range(1, times).Select(i => (i * every, amount))]);

    public static TierCutPoints Measure(ValueSettings settings, params BuyingHistory[] histories) =>
        TierCutPoints.Of(histories, null, Today, "EUR", settings);

    public static ValueAssessment Assess(
        BuyingHistory history,
        TierCutPoints cuts,
        ValueSignals? signals = null,
        FittedModel? fitted = null
    ) => AssessValue.Of(history, fitted, cuts, signals ?? ValueSignals.None, Today);

    /// <summary>Everybody buys on as before for ever, and returns within the horizon with the chance given.</summary>
    public static FittedModel Fit(double ordersPerDay, double chance = 0.5, SpendModel? spend = null) =>
        new(
            7,
            Today,
            100,
            60,
            ScoreRule.MBG,
            new Phrase("test", "测试"),
            new EvenModel(ordersPerDay, chance),
            null,
            null,
            spend,
            30,
            [],
            ModelGrouping.None,
            new Dictionary<string, BuyingModel>()
        );

    private sealed record EvenModel(double PerDay, double Chance) : BuyingModel
    {
        public override BuyingModelKind Kind => BuyingModelKind.MBG;

        public override IReadOnlyList<KeyValuePair<string, double>> Parameters => [];

        public override double LogLikelihood(BuyingPattern pattern) => 0;

        public override double ChanceAlive(BuyingPattern pattern) => 1;

        public override double ChanceOfReturn(BuyingPattern pattern, double time) => Chance;

        public override double ExpectedOrders(BuyingPattern pattern, double time) => PerDay * time;

        public override double ExpectedOrdersOfNew(double time) => PerDay * time;
    }
}
