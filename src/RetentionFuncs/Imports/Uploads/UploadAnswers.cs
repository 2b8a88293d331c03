namespace RetentionFuncs.Imports.Uploads;

/// <summary>How the wish to upload a file ended.</summary>
public abstract record BeginAnswer
{
    private BeginAnswer() { }

    /// <summary>The upload stands and says which bytes it has; <paramref name="IsNew"/> is false when one of the same file was found.</summary>
    public sealed record Begun(Upload Upload, bool IsNew) : BeginAnswer;

    /// <summary>The same file is being applied with other declarations; they cannot be changed under way.</summary>
    public sealed record Busy(Upload Upload) : BeginAnswer;

    /// <summary>Nothing was begun.</summary>
    /// <param name="TooLarge">Whether its size alone is the reason.</param>
    public sealed record Refused(Wording Reason, bool TooLarge = false) : BeginAnswer;
}

/// <summary>How one piece of a file was met.</summary>
public abstract record PieceAnswer
{
    private PieceAnswer() { }

    /// <summary>It is here, now or since before; the next byte awaited is <paramref name="Next"/>.</summary>
    public sealed record Here(long Next, bool IsWhole) : PieceAnswer;

    /// <summary>A gap or an overlap: the piece awaited begins at <paramref name="Next"/>.</summary>
    public sealed record OutOfPlace(long Next) : PieceAnswer;

    /// <summary>The piece breaks a rule of sizes.</summary>
    public sealed record Misshapen(Wording Reason, long Next) : PieceAnswer;

    /// <summary>The upload takes no more bytes.</summary>
    public sealed record Closed(UploadState State) : PieceAnswer;

    public sealed record NotFound : PieceAnswer;
}

/// <summary>How the wish to apply an upload ended.</summary>
public abstract record CompleteAnswer
{
    private CompleteAnswer() { }

    /// <summary>It is queued, or done with already: the upload says which.</summary>
    public sealed record Accepted(Upload Upload) : CompleteAnswer;

    /// <summary>Bytes are missing from <paramref name="Next"/> on.</summary>
    public sealed record Incomplete(long Next) : CompleteAnswer;

    public sealed record Abandoned : CompleteAnswer;

    public sealed record NotFound : CompleteAnswer;
}
