using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>A rule and the chances it stated for each split's cases; none when it could not be fitted, and the note says why.</summary>
internal sealed record Contender(ScoreRule Rule, IReadOnlyList<double[]> Chances, Phrase? Note)
{
    /// <summary>Purchase days expected in all splits together; null for baselines.</summary>
    public double? ExpectedOrders { get; init; }

    public bool Competes => Chances.Count > 0;

    public static Contender Out(ScoreRule rule, Phrase note) => new(rule, [], note);
}

/// <summary>Holds rules against what happened in the splits, all on the same cases.</summary>
internal sealed class HoldoutContest
{
    private readonly IReadOnlyList<HoldoutSplit> _splits;
    private readonly bool[] _returned;
    private readonly int[] _customers;
    private readonly int _count;

    /// <param name="customers">How many customers the splits were cut from.</param>
    public HoldoutContest(IReadOnlyList<HoldoutSplit> splits, int customers)
    {
        (_splits, _count) = (splits, customers);
        _returned = [.. splits.SelectMany(s => s.Orders).Select(o => o > 0)];
        _customers = [.. splits.SelectMany(s => s.Customers)];
    }

    public Candidate Judge(Contender contender)
    {
        if (!contender.Competes)
        {
            return new Candidate(contender.Rule, null, null, null, [], contender.Note);
        }

        var (mean, error) = HoldoutFigures.MeanOf(Losses(contender), _customers, _count);
        double[] chances = [.. contender.Chances.SelectMany(c => c)];
        var orders = _splits.Sum(s => s.Orders.Sum(o => (long)o));
        return new Candidate(contender.Rule, AucOf(contender), mean, error, HoldoutFigures.Calibration(chances, _returned), contender.Note)
        {
            CountBias = contender.ExpectedOrders is { } expected && orders > 0 ? (expected / orders) - 1 : null,
        };
    }

    /// <summary>By how much the challenger's log loss is lower, and the standard error of that difference over the same cases.</summary>
    public (double Gain, double Error) Gain(Contender challenger, Contender incumbent)
    {
        double[] gains = [.. Losses(incumbent).Zip(Losses(challenger), (old, now) => old - now)];
        return HoldoutFigures.MeanOf(gains, _customers, _count);
    }

    private double[] Losses(Contender contender) =>
        [.. contender.Chances.SelectMany(c => c).Select((chance, i) => HoldoutFigures.LogLoss(chance, _returned[i]))];

    /// <summary>The mean of the splits' own: their base rates differ, so chances of different days are not ranked against each other.</summary>
    private double? AucOf(Contender contender) =>
        _splits.Select((s, i) => HoldoutFigures.Auc(contender.Chances[i], [.. s.Orders.Select(o => o > 0)])).Average();
}
