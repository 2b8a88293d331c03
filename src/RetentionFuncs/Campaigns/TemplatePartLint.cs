using System.Globalization;
using System.Text.RegularExpressions;
using RetentionFuncs.Findings;
using RetentionFuncs.Messages;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>Looks at one subject, text or HTML by itself.</summary>
internal static partial class TemplatePartLint
{
    /// <summary>In characters as people count them; phones show fewer.</summary>
    public const int LongestSubject = 70;

    /// <param name="tagsAreSound">Whether the braces were found in order, so that the rest can be asked of the renderer.</param>
    public static void Check(string part, YamlText text, bool tagsAreSound, FindingList findings)
    {
        var clean = TemplateTexts.Clean(text.Value);
        if (clean.Length == 0)
        {
            findings.Error(text.Line, text.Column, new Phrase($"'{part}' is empty.", $"“{part}”是空的。"));
        }

        Characters(text, findings);
        if (part is "subject")
        {
            Subject(clean, text, findings);
        }

        if (part is "html")
        {
            Html(text, findings);
            ImageLint.Check(text, findings);
        }

        if (tagsAreSound && !findings.HasErrors && TemplateGrammar.Problem(clean, part is "html") is { } problem)
        {
            findings.Error(
                text.Line,
                text.Column,
                new Phrase($"The renderer refuses this {part}: {problem}.", $"这段 {part} 无法渲染：{problem}。")
            );
        }
    }

    private static void Subject(string clean, YamlText text, FindingList findings)
    {
        if (clean.Contains('\n'))
        {
            findings.Error(text.Line, text.Column, new Phrase("A subject is one line.", "主题只能有一行。"));
        }

        var length = new StringInfo(AsShown(clean)).LengthInTextElements;
        if (length > LongestSubject)
        {
            findings.Warning(
                text.Line,
                text.Column,
                new Phrase(
                    $"The subject has {length} characters; most inboxes show fewer than {LongestSubject}.",
                    $"主题有 {length} 个字符，多数收件箱显示不了 {LongestSubject} 个。"
                ),
                new Phrase("Put what matters first, and cut the rest.", "请把重点放在前面，删去多余的字。")
            );
        }
    }

    /// <summary>About as long as the reader sees it: the first branch of each block, and six characters for each value.</summary>
    private static string AsShown(string subject) => Value().Replace(BlockTag().Replace(OtherBranch().Replace(subject, ""), ""), "······");

    private static void Characters(YamlText text, FindingList findings)
    {
        for (var at = 0; at < text.Value.Length; at++)
        {
            var c = text.Value[at];
            if (
                c is '\uFEFF' or (>= '\u202A' and <= '\u202E') or '\uFFFD'
                || (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
                || IsLone(text.Value, at)
            )
            {
                var (line, column) = text.PlaceOf(at);
                findings.Error(
                    line,
                    column,
                    new Phrase(
                        $"An invisible or broken character (U+{(int)c:X4}) stands here.",
                        $"这里有一个不可见或损坏的字符（U+{(int)c:X4}）。"
                    ),
                    new Phrase("Delete it and type the text again.", "请删掉后重新输入。")
                );
                return;
            }
        }
    }

    private static bool IsLone(string text, int at) =>
        char.IsHighSurrogate(text[at])
            ? at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1])
            : char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1]));

    private static void Html(YamlText text, FindingList findings)
    {
        foreach (Match match in Active().Matches(text.Value))
        {
            var (line, column) = text.PlaceOf(match.Index);
            findings.Error(
                line,
                column,
                new Phrase(
                    $"'{match.Value.Trim()}' does not belong in mail: mail programs drop it, or the whole message.",
                    $"邮件里不能有“{match.Value.Trim()}”：邮箱会删掉它，甚至拒收整封信。"
                ),
                new Phrase("Use text, links and images only.", "请只用文字、链接和图片。")
            );
        }

        foreach (Match match in Page().Matches(text.Value))
        {
            var (line, column) = text.PlaceOf(match.Index);
            findings.Error(
                line,
                column,
                new Phrase(
                    $"'{match.Value}' is part of the frame around the message, which is added for you.",
                    $"“{match.Value}”属于外层页面，系统会自动加上。"
                ),
                new Phrase("Begin with the greeting.", "请从问候语写起。")
            );
        }

        foreach (Match match in BareImage().Matches(text.Value))
        {
            var (line, column) = text.PlaceOf(match.Index);
            findings.Warning(
                line,
                column,
                new Phrase(
                    "This image has no alt text, and many people see none of the images.",
                    "这张图片没有 alt 文字，而很多人看不到图片。"
                ),
                new Phrase("Add alt=\"what it shows\".", "请加上 alt=\"图片内容\"。")
            );
        }
    }

    [GeneratedRegex(@"\{\{\s*else\s*\}\}.*?(?=\{\{\s*/)", RegexOptions.CultureInvariant)]
    private static partial Regex OtherBranch();

    [GeneratedRegex(@"\{\{\s*[#/][^}]*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex BlockTag();

    [GeneratedRegex(@"\{\{[^}]*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Value();

    [GeneratedRegex(
        @"<\s*/?\s*(script|iframe|form|input|object|embed|link|style|base)\b|\son[a-z]+\s*=|javascript\s*:|data\s*:\s*text/html",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Active();

    [GeneratedRegex(@"<\s*(!doctype|html|head|body|title|meta)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Page();

    [GeneratedRegex(@"<img\b(?![^>]*\salt\s*=)[^>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BareImage();
}
