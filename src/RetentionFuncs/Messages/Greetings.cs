using System.Text.RegularExpressions;

namespace RetentionFuncs.Messages;

/// <summary>
/// Gives every use of <c>{{name}}</c> in a template a wording for the contact whose name nobody knows: "Dear {{name}}," becomes
/// "Hello,", "{{name}}，您好" becomes "您好", and a name in the middle of a sentence the language's own stand-in.
/// </summary>
internal static partial class Greetings
{
    private const string Hole = "{{name}}";

    /// <summary>A hole that has its wording; the spaces mark it, and Handlebars ignores them.</summary>
    private const string Settled = "{{ name }}";

    /// <summary>The hole, bare or in one inline tag that is opened and closed around it.</summary>
    private const string Named = @"(?:<(?<tag>b|strong|em|i|span)\b[^<>]*>\{\{name\}\}</\k<tag>>|\{\{name\}\})";

    public static string Rewrite(string template, MessagePhrases phrases)
    {
        var plain = Spaced().Replace(template, Hole);
        var greeted = Chinese().Replace(plain, m => Either(m.Value, "您好"));
        greeted = English()
            .Replace(greeted, m => Either(m.Value, m.Groups["word"].Value == "Dear" ? "Hello" : m.Groups["word"].Value + " there"));
        return greeted.Replace(Hole, Either(Hole, phrases.NoName), StringComparison.Ordinal);
    }

    private static string Either(string known, string unknown) =>
        $"{{{{#if name}}}}{known.Replace(Hole, Settled, StringComparison.Ordinal)}{{{{else}}}}{unknown}{{{{/if}}}}";

    [GeneratedRegex(@"\{\{\s*name\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaced();

    [GeneratedRegex(
        @"(?:(?:尊敬的|亲爱的)\s*)?"
            + Named
            + @"\s*(?:先生|女士|老师)?[，,：:！!]?\s*[您你]好|[您你]好[，,]?\s*"
            + Named
            + "|(?:尊敬的|亲爱的)"
            + Named,
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\b(?<word>Dear|Hello|Hi|Hey)\s+" + Named, RegexOptions.CultureInvariant)]
    private static partial Regex English();
}
