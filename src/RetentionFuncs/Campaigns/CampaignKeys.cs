using System.Text.RegularExpressions;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Campaigns;

/// <summary>The shape of keys and ids: lower-case letters, digits and single dashes, at most 64; safe in file names and row keys.</summary>
public static partial class CampaignKeys
{
    internal static Phrase Hint { get; } =
        new(
            "Use lower-case letters, digits and dashes, at most 64, such as win-back-2.",
            "请用小写字母、数字和短横线，最多 64 个字符，例如 win-back-2。"
        );

    public static bool IsKey(string text) => text.Length <= 64 && Shape().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
