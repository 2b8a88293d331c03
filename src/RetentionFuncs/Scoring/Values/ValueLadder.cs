namespace RetentionFuncs.Scoring.Values;

/// <summary>Where a value stands among all customers', in steps a person can use: among the top 1, 5, 10, 20, 35, 50 or 75 %.</summary>
/// <param name="At">For each of <see cref="TopShares"/> the lowest value that is still within it; empty without customers.</param>
public sealed record ValueLadder(IReadOnlyList<decimal> At)
{
    public static IReadOnlyList<decimal> TopShares { get; } = [0.01m, 0.05m, 0.10m, 0.20m, 0.35m, 0.50m, 0.75m];

    /// <param name="values">In any order; sorted here.</param>
    public static ValueLadder Of(IEnumerable<decimal> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return new ValueLadder(sorted.Length == 0 ? [] : [.. TopShares.Select(s => sorted[^RankOf(s, sorted.Length)])]);
    }

    /// <summary>The smallest of <see cref="TopShares"/> the value is within; null when it is among the rest. Equal values stand alike.</summary>
    public decimal? TopShareOf(decimal value)
    {
        for (var i = 0; i < At.Count; i++)
        {
            if (value >= At[i])
            {
                return TopShares[i];
            }
        }

        return null;
    }

    private static int RankOf(decimal share, int count) => Math.Clamp((int)(share * count), 1, count);
}
