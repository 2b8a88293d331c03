namespace RetentionFuncs.Imports;

/// <summary>One sentence for the person who imports, in the two languages of the product. No full stop at the end.</summary>
public readonly record struct Wording(string En, string Zh)
{
    /// <param name="language"><c>zh</c> (also <c>zh-CN</c>) for Simplified Chinese, anything else for English.</param>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;
}
