using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Segments;

/// <summary>One of a closed list of words; the value is the word's place in the list.</summary>
internal record FactKindOfWords(Phrase Noun, IReadOnlyList<string> Words) : FactKind
{
    public override bool IsOrdered => false;
    public override Phrase Noun { get; } = Noun;

    public override FactValue? TryRead(AudienceToken token)
    {
        if (token.Kind is not (TokenKind.Word or TokenKind.Text))
        {
            return null;
        }

        var place = Words.ToList().FindIndex(w => string.Equals(w, token.Text, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? null : new FactValue(place);
    }

    public override Phrase Hint(AudienceToken token) => NearestName.Hint(token.Text, Words);

    public override string Print(FactValue value) => Words[(int)value.Number];
}

/// <summary>Lapse stages: equal by name, ordered by height (new and active are the same height).</summary>
internal sealed record FactKindOfStages()
    : FactKindOfWords(new Phrase("a stage", "流失阶段"), [.. Enum.GetNames<LapseStage>().Select(n => n.ToLowerInvariant())])
{
    public override bool IsOrdered => true;

    public override int Order(FactValue actual, FactValue wanted) => Height(actual).CompareTo(Height(wanted));

    private static int Height(FactValue value) => ((LapseStage)(int)value.Number).Height();
}

/// <summary>Value tiers, from ineffective up to key.</summary>
internal sealed record FactKindOfTiers()
    : FactKindOfWords(new Phrase("a value tier", "价值层级"), [.. Enum.GetValues<ValueTier>().Select(t => t.Word())])
{
    public override bool IsOrdered => true;
}

/// <summary>ISO 3166 alpha-2 country codes, case ignored.</summary>
internal sealed record FactKindOfCountries : FactKind
{
    public override bool IsOrdered => false;
    public override Phrase Noun { get; } = new("a country code", "国家或地区代码");

    public override FactValue? TryRead(AudienceToken token) =>
        token.Kind is TokenKind.Word or TokenKind.Text && token.Text.Length == 2 && token.Text.All(char.IsAsciiLetter)
            ? new FactValue(0, token.Text.ToUpperInvariant())
            : null;

    public override Phrase Hint(AudienceToken token) =>
        new("Countries have two letters, as in \"DE\" or \"CN\".", "国家或地区用两个字母的代码，例如 \"DE\" 或 \"CN\"。");

    public override string Print(FactValue value) => value.Text is { } code ? $"\"{code}\"" : "unknown";

    public override bool Same(FactValue actual, FactValue wanted) =>
        actual.Text is { } code && string.Equals(code.Trim(), wanted.Text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>BCP 47 locales, case ignored; a shorter one covers its longer ones: <c>zh</c> covers <c>zh-CN</c>.</summary>
internal sealed record FactKindOfLocales : FactKind
{
    public override bool IsOrdered => false;
    public override Phrase Noun { get; } = new("a locale", "语言代码");

    public override FactValue? TryRead(AudienceToken token) =>
        token.Kind is TokenKind.Word or TokenKind.Text && LocaleNames.TryRead(token.Text, out var locale) ? new FactValue(0, locale) : null;

    public override Phrase Hint(AudienceToken token) => LocaleNames.Hint;

    public override string Print(FactValue value) => value.Text is { } locale ? $"\"{locale}\"" : "unknown";

    public override bool Same(FactValue actual, FactValue wanted)
    {
        var locale = actual.Text?.Trim().Replace('_', '-');
        return locale is not null
            && wanted.Text is { } covering
            && locale.StartsWith(covering, StringComparison.OrdinalIgnoreCase)
            && (locale.Length == covering.Length || locale[covering.Length] == '-');
    }
}
