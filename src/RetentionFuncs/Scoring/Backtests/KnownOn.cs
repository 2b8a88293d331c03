using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Backtests;

/// <summary>Everybody on one decision date, from what was known at its end: models, ranks and money alike.</summary>
internal static class KnownOn
{
    private const int Year = 365;

    public static IReadOnlyList<Silence> Date(
        IReadOnlyList<BuyingHistory> histories,
        DateOnly date,
        int horizonDays,
        Func<BuyingHistory, decimal> profitShare
    )
    {
        var day = date.DayNumber;
        var model = ChooseModel.Run(histories, date, Options(horizonDays), 1);
        var silences = new List<Silence>();
        var known = Enumerable.Range(0, histories.Count).Where(i => histories[i].Days[0] <= day).ToList();
        var recency = RfmBands.Of(CountsOf(known.Select(i => -(decimal)histories[i].PatternOn(day)!.Value.Gap)));
        var frequency = RfmBands.Of(CountsOf(known.Select(i => (decimal)histories[i].CountUpTo(day))));
        foreach (var i in known)
        {
            var (history, pattern) = (histories[i], histories[i].PatternOn(day)!.Value);
            var chance = model.ChanceOfReturn(pattern);
            silences.Add(
                new Silence(
                    i,
                    day - (int)pattern.Gap,
                    pattern,
                    ValueOn(history, day) * profitShare(history),
                    chance,
                    chance / model.ChanceOfReturn(pattern.AfterSilence(1)),
                    (1 + pattern.Gap) / model.ExpectedGap(pattern),
                    recency.RankOf(-(decimal)pattern.Gap) + frequency.RankOf(pattern.Repeats + 1)
                )
            );
        }

        return silences;
    }

    private static ChoiceOptions Options(int horizonDays) =>
        new()
        {
            HorizonDays = horizonDays,
            Grouping = false,
            Holdouts = 1,
            SampleCap = 5_000,
        };

    private static decimal ValueOn(BuyingHistory history, int day)
    {
        var sum = 0m;
        for (var i = history.CountUpTo(day) - 1; i >= 0 && i < history.Amounts.Length && history.Days[i] > day - Year; i--)
        {
            sum += history.Amounts[i];
        }

        return sum;
    }

    private static IEnumerable<KeyValuePair<decimal, int>> CountsOf(IEnumerable<decimal> values) =>
        values.GroupBy(v => v).OrderBy(g => g.Key).Select(g => KeyValuePair.Create(g.Key, g.Count()));
}
