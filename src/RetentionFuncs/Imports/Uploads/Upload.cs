using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports.Uploads;

/// <summary>One file on its way into a running home: first its bytes come in, then it is applied slice by slice.</summary>
/// <param name="Id">Made of kind and hash, so that the same file again is the same upload.</param>
/// <param name="Kind">One of <see cref="ImportKinds"/>.</param>
/// <param name="File">The file's name, without folder.</param>
/// <param name="Length">Bytes of the file.</param>
/// <param name="Sha256">Of its bytes, as lower-case hex.</param>
/// <param name="Received">Bytes that are here: all before this offset, none after it.</param>
/// <param name="By">Who began it, as the home names people.</param>
public sealed record Upload(
    string Id,
    string Kind,
    string File,
    long Length,
    string Sha256,
    ImportDeclaration Declared,
    UploadState State,
    long Received,
    string By,
    DateTimeOffset BegunAt,
    DateTimeOffset ChangedAt
)
{
    /// <summary>How often it was begun; what an earlier round has left behind is told apart by it.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The highest number of the messages queued for it.</summary>
    public int Seq { get; init; }

    /// <summary>When a message was queued for it last by a person or the sweep; null before that.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>How far it is applied; null before the first position is saved.</summary>
    public ImportPosition? Position { get; init; }

    /// <summary>Why the file was refused, as a clause about the file.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it went wrong, from 1; null when the whole file is meant.</summary>
    public long? Line { get; init; }

    /// <summary>Bytes of the report, once it is done.</summary>
    public long ReportBytes { get; init; }

    /// <summary>Bytes of the file of refused rows; 0 when no row was refused.</summary>
    public long RefusedBytes { get; init; }

    public bool IsWhole => Received == Length;

    /// <summary>The upload's own partition: head, content, report and refused rows.</summary>
    internal static PartitionId PartitionOf(string id) => new(StoreTable.Inbox, "upload|" + id);
}

public enum UploadState
{
    /// <summary>Bytes are coming in.</summary>
    Receiving,

    /// <summary>All bytes are here; a message in the queue drives it.</summary>
    Applying,
    Done,

    /// <summary>The file as a whole was refused; begun again, it may be tried with other declarations.</summary>
    Refused,

    /// <summary>Given up, its bytes are gone; what was applied before stays.</summary>
    Abandoned,
}
