namespace RetentionFuncs.Imports;

/// <summary>
/// The account of one import. <c>Rows = Accepted + Skipped + Refused</c>, always; blank lines are not rows.
/// </summary>
/// <param name="File">The file's name.</param>
/// <param name="Accepted">Rows taken in, those that told nothing new included.</param>
/// <param name="Unchanged">Of the accepted, those that told nothing new.</param>
/// <param name="Customers">Distinct customers with accepted rows; 0 for products.</param>
/// <param name="Orders">Distinct orders made of accepted rows.</param>
/// <param name="RefusedFile">Where the refused rows are, or null when there are none.</param>
/// <param name="Recognised">Which header was taken for which column.</param>
/// <param name="Ignored">Headers that mean nothing to this kind of file.</param>
/// <param name="Notices">What was seen without refusing.</param>
/// <param name="Refusals">The first 100, by line.</param>
public sealed record ImportReport(
    string File,
    long Rows,
    long Accepted,
    long Unchanged,
    long Refused,
    long Customers,
    long Orders,
    string? RefusedFile,
    IReadOnlyList<RecognisedColumn> Recognised,
    IReadOnlyList<string> Ignored,
    IReadOnlyList<string> Notices,
    IReadOnlyList<RejectedRow> Refusals
)
{
    /// <summary>Rows that are right but tell of no sale: cancelled, unpaid or refunded in full. What they tell is on file.</summary>
    public long Skipped { get; init; }

    /// <summary>The skipped rows by reason, the most frequent first.</summary>
    public IReadOnlyList<SkippedRows> SkippedBecause { get; init; } = [];

    /// <summary>Where the skipped rows are, or null when there are none or nobody asked for them.</summary>
    public string? SkippedFile { get; init; }
}

/// <summary>How an import ended.</summary>
public abstract record ImportOutcome
{
    private ImportOutcome() { }

    /// <summary>The file was read and what is right in it was applied.</summary>
    public sealed record Completed(ImportReport Report) : ImportOutcome;

    /// <summary>The file as a whole cannot be taken: nothing was applied.</summary>
    /// <param name="Line">Where it went wrong, from 1; null when the whole file is meant.</param>
    /// <param name="Reason">A clause about the file: "is empty".</param>
    public sealed record FileRefused(string File, long? Line, string Reason) : ImportOutcome;

    /// <summary>A slice has ended before the file did; the next one goes on from the position saved last. Only where slices are asked for.</summary>
    public sealed record Paused : ImportOutcome;
}
