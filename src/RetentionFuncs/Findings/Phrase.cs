namespace RetentionFuncs.Findings;

/// <summary>One sentence for people, in English and in Simplified Chinese.</summary>
public sealed record Phrase(string En, string Zh)
{
    /// <summary>Chinese for <c>zh</c> and its regions, else English.</summary>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;

    public override string ToString() => En;
}
