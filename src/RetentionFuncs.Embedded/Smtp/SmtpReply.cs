using System.Globalization;
using System.Text.RegularExpressions;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>One reply of a mail server (RFC 5321 4.2), with its enhanced status code where it has one (RFC 3463).</summary>
/// <param name="Code">200 to 599.</param>
/// <param name="Enhanced">Such as <c>5.7.1</c>; null without.</param>
/// <param name="Lines">What each line says after the code, enhanced code included.</param>
internal sealed partial record SmtpReply(int Code, string? Enhanced, IReadOnlyList<string> Lines)
{
    public string Text => string.Join(' ', Lines.Select(WithoutEnhanced)).Trim();

    public bool IsPositive => Code is >= 200 and <= 299;

    /// <summary>The id under which the server keeps the message, when it tells one.</summary>
    public string? QueueId
    {
        get
        {
            var match = QueueIds().Match(string.Join(' ', Lines));
            return match.Success ? match.Groups["id"].Value.TrimEnd('.', '>', ']') : null;
        }
    }

    /// <summary>Of the text lines of one reply, codes and separators still on them.</summary>
    /// <returns>Null when they are not one reply.</returns>
    public static SmtpReply? Read(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || CodeOf(lines[0]) is not { } code || lines.Any(l => CodeOf(l) != code))
        {
            return null;
        }

        string[] texts = [.. lines.Select(l => l.Length > 4 ? l[4..] : "")];
        return new SmtpReply(code, texts.Select(EnhancedOf).FirstOrDefault(e => e is not null), texts);
    }

    /// <summary>Whether more lines of the reply follow this one; null when it is no line of a reply.</summary>
    public static bool? GoesOn(string line) => CodeOf(line) is null ? null : line.Length > 3 && line[3] == '-';

    private static int? CodeOf(string line) =>
        line.Length >= 3
        && (line.Length == 3 || line[3] is ' ' or '-')
        && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
        && code is >= 200 and <= 599
            ? code
            : null;

    private static string? EnhancedOf(string text)
    {
        var match = EnhancedCode().Match(text);
        return match.Success ? match.Groups[1].Value : null;
    }

    private static string WithoutEnhanced(string text) => EnhancedCode().Replace(text, "", 1);

    [GeneratedRegex(@"^#?([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)")]
    private static partial Regex EnhancedCode();

    [GeneratedRegex(
        @"(?:queued as|queued mail for delivery; id|\bid[=:]|InternalId=|^(?:2\.\d\.\d )?ok:? +(?!id[=:])(?=[^ ]*\d))\s*<?(?<id>[A-Za-z0-9._+/=-]{4,100})",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex QueueIds();
}
