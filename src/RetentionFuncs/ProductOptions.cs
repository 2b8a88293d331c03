using RetentionFuncs.Deliveries;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Runs;

namespace RetentionFuncs;

/// <summary>What a home may set otherwise than the product does by itself.</summary>
public sealed record ProductOptions
{
    public static ProductOptions Default { get; } = new();

    /// <summary>The provider's own log, asked about unknown outcomes; null: there is none.</summary>
    public IProviderLog? ProviderLog { get; init; }

    public RunOptions Runs { get; init; } = new();

    public UploadOptions Uploads { get; init; } = UploadOptions.Default;
}
