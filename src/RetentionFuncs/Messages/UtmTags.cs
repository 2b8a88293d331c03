namespace RetentionFuncs.Messages;

/// <summary>The block <c>utm:</c>: what the shop's own statistics are told about a visit that came from a message. Each null: the usual word.</summary>
/// <param name="Source">Usually <c>retention</c>.</param>
/// <param name="Medium">Usually <c>email</c>.</param>
/// <param name="Campaign">Usually the campaign's key.</param>
public sealed record UtmTags(string? Source, string? Medium, string? Campaign)
{
    /// <summary>These where they are told, else the business's.</summary>
    public UtmTags Over(UtmTags? business) => new(Source ?? business?.Source, Medium ?? business?.Medium, Campaign ?? business?.Campaign);

    /// <summary>Name and value of each, in the order they are written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> For(string campaignKey) =>
        [
            KeyValuePair.Create("utm_source", Source ?? "retention"),
            KeyValuePair.Create("utm_medium", Medium ?? "email"),
            KeyValuePair.Create("utm_campaign", Campaign ?? campaignKey),
        ];
}
