using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Settings;

/// <summary>What one business sets once; read from <c>retention.yaml</c>.</summary>
/// <param name="Name">The shop's name as customers know it.</param>
/// <param name="Zone">IANA zone in which a calendar day is a day of this business.</param>
/// <param name="Currency">ISO 4217 default for files that name none.</param>
/// <param name="Locale">Fallback when a contact has none, e.g. <c>en</c>.</param>
/// <param name="PublicUrl">Where customers reach the public pages, without trailing slash.</param>
public sealed record BusinessSettings(
    string Name,
    string Zone,
    string Currency,
    string Locale,
    string PublicUrl,
    LapseRule LapseRule,
    FrequencyCap Cap,
    QuietHours QuietHours
)
{
    /// <summary>A trial folder: reserved domains such as example.com count as usable, because nothing leaves the machine.</summary>
    public bool Sandbox { get; init; }

    /// <summary>The shop on the web, for messages; null when there is none.</summary>
    public string? ShopUrl { get; init; }

    /// <summary>How worth is measured; a change holds from the next refit on.</summary>
    public ValueSettings Value { get; init; } = ValueSettings.Default;
}
