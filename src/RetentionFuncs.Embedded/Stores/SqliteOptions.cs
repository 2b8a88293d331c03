namespace RetentionFuncs.Embedded.Stores;

/// <summary>How transactions share a flush.</summary>
public sealed record SqliteOptions
{
    /// <summary>Most transactions that share one flush; 1 to 10,000.</summary>
    public int GroupSize { get; init; } = 256;

    /// <summary>Most claims among them, since a crash leaves that many sends in doubt; 1 to <see cref="GroupSize"/>.</summary>
    public int ClaimsPerGroup { get; init; } = 8;

    /// <summary>False for a folder that is thrown away after the run: nothing is flushed, and a power cut may damage the file.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Pages of 4 KiB the WAL may grow to before it is copied into the file; 16,000 are 64 MiB.</summary>
    public int CheckpointPages { get; init; } = 16_000;
}
