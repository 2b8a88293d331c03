using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Segments;

/// <summary>
/// Who a campaign is for, as a small typed expression over <see cref="AudienceFacts"/>; the language is described in the README of the
/// Campaigns room. Immutable; equal when the canonical text is.
/// </summary>
public sealed class AudienceExpression : IEquatable<AudienceExpression>
{
    private static readonly HashSet<string> ValueNames = [.. ValueFields.All.Select(f => f.Name)];

    /// <summary>Longest text that is read, in UTF-16 units.</summary>
    public const int MaxLength = 2000;

    private readonly AudienceClause _clause;
    private readonly string _text;

    internal AudienceExpression(AudienceClause clause) => (_clause, _text) = (clause, clause.Print());

    /// <summary>Whether it is the bare <c>everyone</c>; such an audience is worth a second look before a launch.</summary>
    public bool IsEveryone => _clause is AudienceClause.Everyone;

    /// <summary>Whether it asks for something that only a refit tells.</summary>
    public bool AsksForValue => _clause.Fields.Any(f => ValueNames.Contains(f.Name));

    /// <param name="errors">In the order of the text; empty when true is returned.</param>
    public static bool TryParse(string? text, out AudienceExpression expression, out IReadOnlyList<ExpressionError> errors)
    {
        expression = null!;
        if (Read(text ?? "", out errors) is not { } clause)
        {
            return false;
        }

        // The canonical text adds quotes and brackets; it must stay within the limits too, or a stored audience could not be read again.
        if (Read(clause.Print(), out _) is null)
        {
            errors = [new ExpressionError(1, 1, new Phrase("This audience is too complicated.", "受众条件太复杂了。"))];
            return false;
        }

        expression = new AudienceExpression(clause);
        return true;
    }

    /// <summary>For texts that were checked before, such as those of a stored campaign version.</summary>
    /// <exception cref="FormatException">It is not an expression after all.</exception>
    public static AudienceExpression Parse(string text) =>
        TryParse(text, out var expression, out var errors)
            ? expression
            : throw new FormatException($"'{text}' is not an audience expression: column {errors[0].Column}: {errors[0].Sentence.En}");

    public bool Matches(AudienceFacts facts) => _clause.Holds(f => f.Read(facts)) == true;

    /// <summary>The first condition that keeps the customer out, or null when the customer is in.</summary>
    public FailedClause? Explain(AudienceFacts facts)
    {
        FactValue? Known(AudienceField field) => field.Read(facts);
        if (_clause.Holds(Known) == true)
        {
            return null;
        }

        var clause = _clause.Decisive(Known);
        var actual = clause.Fields.Select(f => $"{f.Name} {(f.Read(facts) is { } known ? f.Kind.Show(known) : "unknown")}").ToList();
        return new FailedClause(clause.Print(), actual.Count == 0 ? "none" : string.Join(", ", actual));
    }

    /// <summary>Whether any customer at this stage could match, whatever the other facts; used to find campaigns that can enter no one.</summary>
    public bool CouldMatchAt(LapseStage stage) =>
        _clause.Holds(f => string.Equals(f.Name, "stage", StringComparison.Ordinal) ? new FactValue((int)stage) : null) != false;

    /// <summary>The same for a value tier.</summary>
    public bool CouldMatchAt(ValueTier tier) =>
        _clause.Holds(f => string.Equals(f.Name, "value_tier", StringComparison.Ordinal) ? new FactValue((int)tier) : null) != false;

    /// <summary>The canonical text: one spelling for one expression.</summary>
    public override string ToString() => _text;

    public bool Equals(AudienceExpression? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as AudienceExpression);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    private static AudienceClause? Read(string text, out IReadOnlyList<ExpressionError> errors)
    {
        var error = Refusal(text);
        if (error is null && AudienceTokenizer.Read(text, out error) is { } tokens && AudienceParser.Parse(tokens, out error) is { } syntax)
        {
            return AudienceChecker.Check(syntax, out errors);
        }

        errors = [error!];
        return null;
    }

    private static ExpressionError? Refusal(string text) =>
        string.IsNullOrWhiteSpace(text)
            ? new ExpressionError(
                1,
                1,
                new Phrase("The audience is empty.", "没有写受众条件。"),
                new Phrase("Write everyone if every customer is meant.", "如果针对所有顾客，请写 everyone。")
            )
        : text.Length > MaxLength
            ? new ExpressionError(
                MaxLength + 1,
                1,
                new Phrase($"An audience has at most {MaxLength} characters.", $"受众条件最多 {MaxLength} 个字符。")
            )
        : null;
}
