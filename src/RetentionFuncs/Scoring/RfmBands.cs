namespace RetentionFuncs.Scoring;

/// <summary>
/// Where ranks 2 to 5 begin on one dimension, taken from the values of all customers. The rank of a value with mean rank r among n
/// values (ties share the mean of their ranks, the smallest value has rank 1) is ⌊1 + 5·r/(n + 1)⌋: the <c>NTILES(5)</c> of SPSS RANK
/// with TIES=MEAN, and SAS PROC RANK GROUPS=5 plus one. Equal values never part, so one value held by most customers takes a
/// middle rank and its neighbours stay empty; all equal gives everyone 3.
/// </summary>
/// <param name="Edges">Four lower edges, ascending: the smallest value seen with rank 2, 3, 4 and 5 or better; null where no value has it.</param>
public sealed record RfmBands(IReadOnlyList<decimal?> Edges)
{
    public const int Ranks = 5;

    /// <summary>1 to 5. A value between two seen ones takes the rank of the lower; one below all takes 1.</summary>
    public int RankOf(decimal value)
    {
        var rank = 1;
        for (var i = 0; i < Edges.Count; i++)
        {
            rank = Edges[i] is { } edge && value >= edge ? i + 2 : rank;
        }

        return rank;
    }

    /// <param name="counts">Each distinct value with the number of customers that have it, ascending by value.</param>
    public static RfmBands Of(IEnumerable<KeyValuePair<decimal, int>> counts)
    {
        var values = counts as IReadOnlyCollection<KeyValuePair<decimal, int>> ?? [.. counts];
        var all = values.Sum(v => (long)v.Value);
        var edges = new decimal?[Ranks - 1];
        var below = 0L;
        foreach (var (value, count) in values)
        {
            // Twice the mean rank, to stay in whole numbers: a tie at half a rank must not hang on rounding.
            var twiceRank = (2 * below) + count + 1;
            var rank = (int)(1 + (Ranks * twiceRank / (2 * (all + 1))));
            for (var i = 0; i < rank - 1; i++)
            {
                edges[i] ??= value;
            }

            below += count;
        }

        return new RfmBands(edges);
    }

    public bool Equals(RfmBands? other) => other is not null && Edges.SequenceEqual(other.Edges);

    public override int GetHashCode() => Edges.Aggregate(0, HashCode.Combine);
}
