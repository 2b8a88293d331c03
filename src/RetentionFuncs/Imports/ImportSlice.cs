namespace RetentionFuncs.Imports;

/// <summary>How far an import has come that is done in slices: all groups up to and with one key are through.</summary>
/// <param name="After">The key of the last group gone through, in key order.</param>
/// <param name="RecordedAt">The moment at which the file's facts count as known, the same in every slice.</param>
/// <param name="Rows">Rows of the whole file.</param>
/// <param name="Accepted">Rows taken in so far, those that told nothing new included.</param>
/// <param name="Unchanged">Of the accepted, those that told nothing new. It cannot be found out again, so it is kept.</param>
/// <param name="Refused">Rows refused so far: all that are wrong by themselves, and those of the groups gone through.</param>
public sealed record ImportPosition(string After, DateTimeOffset RecordedAt, long Rows, long Accepted, long Unchanged, long Refused)
{
    /// <summary>Rows skipped so far, of the groups gone through.</summary>
    public long Skipped { get; init; }
}

/// <summary>A group that the sink refused, and why; kept beside the position, since a later slice does not ask again.</summary>
public sealed record RefusedGroup(string Key, Wording Reason, bool IsWithheld = false);

/// <summary>
/// One slice of an import that may end before it is through and goes on later. The file is read whole again in each slice, which
/// finds the same rows, order and refusals; only what the store answered is carried along.
/// </summary>
/// <param name="From">Where the slice before ended; null at the beginning.</param>
/// <param name="Refused">What the sink refused in the slices before.</param>
/// <param name="IsTimeUp">Asked between groups; a slice saves at least one position before it heeds the answer.</param>
/// <param name="SaveAsync">Keeps a position and what the sink has refused since the last one; false: somebody else goes on with this import.</param>
/// <param name="RefusedAs">The name under which the report tells of the refused rows.</param>
public sealed record ImportSlice(
    ImportPosition? From,
    IReadOnlyList<RefusedGroup> Refused,
    Func<bool> IsTimeUp,
    Func<ImportPosition, IReadOnlyList<RefusedGroup>, ValueTask<bool>> SaveAsync,
    string RefusedAs
);
