namespace RetentionFuncs.Imports;

/// <param name="Reason">Why, as a clause about the row.</param>
public sealed record SkippedRows(string Reason, long Rows);

/// <summary>Counts the rows that are right but tell of no sale, by reason, and hands them to the file of skipped rows.</summary>
internal sealed class Skips(RefusedRowsFile file, string language)
{
    private readonly Dictionary<Wording, long> _reasons = [];

    public long Count { get; private set; }

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<SkippedRows> ByReason =>
        [
            .. _reasons
                .OrderByDescending(r => r.Value)
                .ThenBy(r => r.Key.En, StringComparer.Ordinal)
                .Select(r => new SkippedRows(r.Key.In(language), r.Value)),
        ];

    public void Add(long line, RowRefusal why, ReadOnlySpan<byte> raw, int fields)
    {
        Count++;
        _reasons[why.Reason] = _reasons.GetValueOrDefault(why.Reason) + 1;
        file.Add(new RejectedRow(line, why.Column, RejectedRow.Shorten(why.Value), why.Reason.In(language)), raw, fields);
    }
}
