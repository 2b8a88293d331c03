namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Everybody's pattern at the end of a day, block by block.</summary>
/// <param name="Day">As <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Blocks">In memory, or read anew from a file each time one is asked for.</param>
public sealed record BulkPatterns(int Day, IReadOnlyList<PatternBlock> Blocks) : IDisposable
{
    public int Customers => Counts.Customers;

    /// <summary>Taken once, when first asked for.</summary>
    internal PatternCounts Counts => _counts ??= PatternCounts.Of(Blocks);

    private PatternCounts? _counts;

    /// <summary>As known at the end of <paramref name="day"/>: later purchases, and customers who came later, are not.</summary>
    public static BulkPatterns On(BulkHistories histories, DateOnly day, int lanes)
    {
        var blocks = new PatternBlock[histories.Blocks.Count];
        Lanes.ForEach(blocks.Length, lanes, (_, i) => blocks[i] = PatternBlock.On(histories.Blocks[i], day.DayNumber));
        return new(day.DayNumber, blocks);
    }

    public void Dispose() => (Blocks as IDisposable)?.Dispose();
}
