using System.Globalization;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Backlogs;

/// <summary>
/// What a customer's place in the line goes by: the value tier first, within a tier the worth, the greater first. Worth and not the expected
/// profit alone, because that falls with every silent day and would send those behind who brought most while they bought.
/// </summary>
/// <param name="Tier">Null before a refit told tiers, and of a customer who refused profiling: behind every tier.</param>
/// <param name="Worth">Profit of the past year plus what is expected of the coming one; net spend where no tier is known. In the business's currency.</param>
public readonly record struct BacklogRank(ValueTier? Tier, decimal Worth)
{
    /// <summary>In hundredths: amounts beyond a quadrillion rank alike.</summary>
    private const long Half = 100_000_000_000_000_000;

    public static BacklogRank Of(AudienceFacts facts) => facts.Value is { } value ? new(value.Tier, value.Worth) : new(null, facts.Spend);

    /// <summary>Sorts by ordinal order, the most valuable first; 19 digits.</summary>
    public string Key
    {
        get
        {
            var worth = (long)Math.Clamp(Math.Round(Math.Clamp(Worth, -Half, Half) * 100), 1 - Half, Half - 1);
            var above = ValueTier.Key - (Tier ?? ValueTier.Ineffective - 1);
            return string.Create(CultureInfo.InvariantCulture, $"{above}{Half - worth:D18}");
        }
    }
}
