using RetentionFuncs.Deliveries;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Keeping;
using RetentionFuncs.Messages;
using RetentionFuncs.Runs;

namespace RetentionFuncs;

/// <summary>What a home may set otherwise than the product does by itself.</summary>
public sealed record ProductOptions
{
    public static ProductOptions Default { get; } = new();

    /// <summary>The provider's own log, asked about unknown outcomes; null: there is none.</summary>
    public IProviderLog? ProviderLog { get; init; }

    /// <summary>Sends text messages by itself; null: they are handed off as lists. Goes with <c>sms:</c> in the settings.</summary>
    public IMessageSender? SmsGateway { get; init; }

    public SendLimits SmsLimits { get; init; } = SendLimits.Default;

    /// <summary>Where this home keeps something of people beside the store.</summary>
    public IReadOnlyList<IPersonalPlace> PersonalPlaces { get; init; } = [];

    /// <summary>What was written to people, where this home keeps it.</summary>
    public IKeptMessages? KeptMessages { get; init; }

    /// <summary>Overwrites what was freed by deleting; null: the store does that by itself.</summary>
    public Func<ValueTask>? Compact { get; init; }

    public RunOptions Runs { get; init; } = new();

    public UploadOptions Uploads { get; init; } = UploadOptions.Default;
}
