using RetentionFuncs.Findings;

namespace RetentionFuncs.Segments;

/// <summary>The condition that kept a customer out of an audience.</summary>
/// <param name="Text">The condition as the expression writes it.</param>
/// <param name="Actual">The facts it asked about: <c>spend 120.50</c>, several joined by commas; <c>unknown</c> where nothing is known.</param>
public sealed record FailedClause(string Text, string Actual)
{
    public Phrase Sentence => new($"needs {Text}, but has {Actual}", $"要求 {Text}，实际为 {Actual}");

    public override string ToString() => Sentence.En;
}
