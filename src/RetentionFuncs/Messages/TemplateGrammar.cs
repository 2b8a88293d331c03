using System.Text.RegularExpressions;

namespace RetentionFuncs.Messages;

/// <summary>
/// What a template may contain: <c>{{name}}</c> with a name of <see cref="TemplateNames"/>, and <c>{{#if name}} … {{else}} …
/// {{/if}}</c> or the same with <c>unless</c>. Nothing else between double braces: no member access, no raw output, no partials,
/// no loops. In HTML, a value stands in text or in a quoted attribute, and only addresses stand in <c>href</c> and <c>src</c>.
/// </summary>
public static partial class TemplateGrammar
{
    private const int MaxLength = 60_000;

    /// <summary>Why the template may not be used, with its line; null when it may.</summary>
    public static string? Problem(string template, bool isHtml)
    {
        if (template.Length > MaxLength)
        {
            return $"has {template.Length} characters; at most {MaxLength} are allowed";
        }

        var open = new Stack<(string Block, bool HasElse)>();
        var end = 0;
        foreach (Match match in Expressions().Matches(template))
        {
            var place = $"line {LineAt(template, match.Index)}";
            if (StrayBrace(template, end, match.Index) is { } stray)
            {
                return $"line {LineAt(template, stray)}: braces are not closed; write {{{{name}}}}";
            }

            end = match.Index + match.Length;
            if ((Step(match.Value, open) ?? (isHtml ? PlaceProblem(template, match) : null)) is { } problem)
            {
                return $"{place}: {problem}";
            }
        }

        return StrayBrace(template, end, template.Length) is { } last
                ? $"line {LineAt(template, last)}: braces are not closed; write {{{{name}}}}"
            : open.TryPeek(out var left) ? $"{{{{#{left.Block}}}}} is never closed; add {{{{/{left.Block}}}}}"
            : isHtml ? MarkupProblem(template)
            : null;
    }

    private static string? Step(string expression, Stack<(string Block, bool HasElse)> open)
    {
        var inner = expression[2..^2].Trim();
        if (Block().Match(inner) is { Success: true } block)
        {
            open.Push((block.Groups[1].Value, false));
            return UnknownName(block.Groups[2].Value);
        }

        if (inner == "else")
        {
            if (!open.TryPop(out var current) || current.HasElse)
            {
                return "{{else}} stands outside a block, or twice in one";
            }

            open.Push((current.Block, true));
            return null;
        }

        if (inner is "/if" or "/unless")
        {
            return open.TryPop(out var current) && current.Block == inner[1..] ? null : $"{expression} closes nothing that is open";
        }

        return Name().IsMatch(inner)
            ? UnknownName(inner)
            : $"{expression} is not allowed; only {{{{name}}}}, {{{{#if name}}}} and {{{{#unless name}}}} are";
    }

    private static string? UnknownName(string name) =>
        TemplateNames.Find(name) is null
            ? $"'{name}' is not a name that templates know; use one of {string.Join(", ", TemplateNames.All.Select(n => n.Name))}"
            : null;

    /// <summary>A value inside a tag must stand in a quoted attribute; where an address is expected, it must be one of ours.</summary>
    private static string? PlaceProblem(string template, Match match)
    {
        var before = template.AsSpan(0, match.Index);
        var tag = before.LastIndexOf('<');
        if (tag < 0 || before[tag..].IndexOf('>') >= 0)
        {
            return null;
        }

        var inside = before[tag..].ToString();
        if (OpenAttribute().Match(inside) is not { Success: true } attribute)
        {
            return $"{match.Value} stands inside a tag but not in a quoted attribute value";
        }

        var wantsAddress = attribute.Groups[1].Value.ToLowerInvariant() is "href" or "src" or "action" or "background";
        return
            wantsAddress
            && string.IsNullOrWhiteSpace(attribute.Groups[2].Value + attribute.Groups[3].Value)
            && !match.Value.TrimEnd('}', ' ').EndsWith("_url", StringComparison.Ordinal)
            ? $"{match.Value} is not an address and cannot begin a {attribute.Groups[1].Value}"
            : null;
    }

    private static string? MarkupProblem(string template) =>
        Forbidden().Match(template) is { Success: true } found
            ? $"line {LineAt(template, found.Index)}: '{found.Value.Trim()}' does not belong in an e-mail"
            : null;

    private static int? StrayBrace(string template, int from, int to)
    {
        var open = template.IndexOf("{{", from, to - from, StringComparison.Ordinal);
        var close = template.IndexOf("}}", from, to - from, StringComparison.Ordinal);
        return open >= 0 ? open
            : close >= 0 ? close
            : null;
    }

    private static int LineAt(string template, int index) => template.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(@"(?<![{\\])\{\{[^{}]*\}\}(?!\})", RegexOptions.CultureInvariant)]
    private static partial Regex Expressions();

    [GeneratedRegex(@"^[a-z_]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^#(if|unless)\s+([A-Za-z0-9_.@/\[\]]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Block();

    [GeneratedRegex("""\s([A-Za-z-]+)\s*=\s*(?:"([^"]*)|'([^']*))$""", RegexOptions.CultureInvariant)]
    private static partial Regex OpenAttribute();

    [GeneratedRegex(
        @"<\s*/?\s*(?:script|iframe|object|embed|form|input|link|meta|base|svg|math)\b|\son[a-z]+\s*=|(?:href|src)\s*=\s*[""']?\s*(?:javascript|data|vbscript|file):",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Forbidden();
}
