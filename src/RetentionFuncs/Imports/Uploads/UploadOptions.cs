namespace RetentionFuncs.Imports.Uploads;

/// <summary>Limits of uploaded files.</summary>
public sealed record UploadOptions
{
    public static UploadOptions Default { get; } = new();

    /// <summary>Largest file taken, in bytes.</summary>
    public long MaxBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How long one slice of an import may go on before the rest is queued; shorter than a queue's lock on its message.</summary>
    public TimeSpan SliceTime { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How long an upload, its refused rows included, is kept after its last change: it holds customers' data.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(7);

    /// <summary>After how long without progress an upload that is being applied is queued again, in case its message was lost.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A folder for files in work, readable by this user only; null: the system's.</summary>
    public string? TempFolder { get; init; }
}
