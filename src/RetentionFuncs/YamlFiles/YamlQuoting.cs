using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RetentionFuncs.YamlFiles;

/// <summary>Writes texts so that they read back exactly: plain where nothing can go wrong, a block for several lines, quotes else.</summary>
internal static partial class YamlQuoting
{
    /// <summary>One line: plain or in double quotes.</summary>
    public static string Inline(string text) => Plain().IsMatch(text) && !Mistakable().IsMatch(text) ? text : Quoted(text);

    /// <summary>After <c>key:</c>: a literal block when the text has several lines, else like <see cref="Inline"/>.</summary>
    /// <param name="indent">Spaces before the lines of the block.</param>
    public static string Block(string text, int indent)
    {
        if (!text.Contains('\n') || text.Any(NeedsEscape) || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            return Inline(text);
        }

        var lines = text.Split('\n').Select(line => line.Length == 0 ? "" : new string(' ', indent) + line);
        return "|-\n" + string.Join('\n', lines);
    }

    /// <summary>One line in double quotes, as a flow map needs it.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\t' => "\\t",
                    _ when NeedsEscape(c) => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
                    _ => c.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Controls, invisible marks and the line separators that only YAML sees.</summary>
    private static bool NeedsEscape(char c) =>
        c is not '\n'
        && (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E'));

    [GeneratedRegex(
        @"\A[\p{L}\p{Nd}](?:[\p{L}\p{Nd} _.,!?@/()+%，。！？、（）-]*[\p{L}\p{Nd}_.!?)%。！？）])?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Plain();

    [GeneratedRegex(
        @"\A(?:null|true|false|yes|no|on|off|y|n|[0-9][0-9_.,eExX+-]*)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Mistakable();
}
