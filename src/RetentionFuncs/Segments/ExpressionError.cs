using RetentionFuncs.Findings;

namespace RetentionFuncs.Segments;

/// <summary>One mistake in an audience expression.</summary>
/// <param name="Column">From 1, counted in UTF-16 units over the whole text.</param>
/// <param name="Length">How much of the text it is about; 1 or more.</param>
public sealed record ExpressionError(int Column, int Length, Phrase Message, Phrase? Hint = null)
{
    /// <summary>Three lines: the expression, carets under the place, and what is wrong.</summary>
    public string Render(string expression, string language)
    {
        var line = new string([.. expression.Select(c => char.IsControl(c) ? ' ' : c)]);
        var carets = new string(' ', Column - 1) + new string('^', Length);
        return $"{line}\n{carets}\n{Sentence.In(language)}";
    }

    /// <summary>Message and hint in one.</summary>
    public Phrase Sentence => Hint is null ? Message : new Phrase($"{Message.En} {Hint.En}", Message.Zh + Hint.Zh);
}
