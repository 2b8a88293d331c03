using System.Globalization;

namespace RetentionFuncs.Findings;

public enum LintSeverity
{
    /// <summary>It works, and someone who knows the trade would look at it again.</summary>
    Warning,

    /// <summary>The file is refused as a whole.</summary>
    Error,
}

/// <summary>What is wrong in a file that a person wrote, where, and what to do.</summary>
/// <param name="File">Path relative to the folder read, with forward slashes.</param>
/// <param name="Line">From 1; 0 when the finding is about the file as a whole.</param>
/// <param name="Column">From 1; 0 when the finding is about the file as a whole.</param>
public sealed record LintFinding(LintSeverity Severity, string File, int Line, int Column, Phrase Message, Phrase? Hint = null)
{
    public bool IsError => Severity == LintSeverity.Error;

    /// <summary><c>file:line:column: error: message. hint</c>, on one line.</summary>
    public string Describe(string language)
    {
        var place = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}") : File;
        var severity = new Phrase(IsError ? "error" : "warning", IsError ? "错误" : "提醒").In(language);
        return Hint is null
            ? $"{place}: {severity}: {Message.In(language)}"
            : $"{place}: {severity}: {Message.In(language)} {Hint.In(language)}";
    }

    public override string ToString() => Describe("en");
}
