namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Everybody in an orders file.</summary>
/// <param name="LastDay">The latest day of the file's rows; null when it has none.</param>
/// <param name="Blocks">Always as many, and in the same order; some may be empty.</param>
public sealed record BulkHistories(DateOnly? LastDay, IReadOnlyList<HistoryBlock> Blocks)
{
    /// <summary>With at least one purchase.</summary>
    public int Customers => Blocks.Sum(b => b.Customers);

    public long Orders => Blocks.Sum(b => b.Orders);

    public int RefundedOnly => Blocks.Sum(b => b.RefundedOnly);
}
