namespace RetentionFuncs.ContactPolicy;

/// <summary>What a campaign can be about, as the settings name it; a person may refuse one and keep the rest.</summary>
/// <param name="Key">Lower-case letters, digits and dashes; campaigns say it, and the address's row keeps it.</param>
/// <param name="Names">What people call it, by locale.</param>
public sealed record Topic(string Key, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>In that language whatever its region, else in any.</summary>
    public string NameIn(string language) =>
        Names.OrderBy(n => n.Key, StringComparer.Ordinal).FirstOrDefault(n => n.Key.Split('-')[0] == language).Value
        ?? Names.Values.FirstOrDefault()
        ?? Key;
}
