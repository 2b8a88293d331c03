using System.Collections.Concurrent;
using RetentionFuncs.Campaigns;

namespace RetentionFuncs.Segments;

/// <summary>Parses each version's audience once.</summary>
public sealed class AudienceCache
{
    private readonly ConcurrentDictionary<string, AudienceExpression> _parsed = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">A stored version holds an expression that no longer reads; lint refuses such a one.</exception>
    public AudienceExpression Of(CampaignVersion version)
    {
        if (_parsed.TryGetValue(version.Hash, out var known))
        {
            return known;
        }

        return _parsed[version.Hash] = AudienceExpression.TryParse(version.Campaign.Audience, out var parsed, out var errors)
            ? parsed
            : throw new InvalidDataException($"The audience of {version.Campaign.Key} does not read: {errors[0]}");
    }
}
