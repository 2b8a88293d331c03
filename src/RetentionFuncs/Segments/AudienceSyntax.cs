namespace RetentionFuncs.Segments;

/// <summary>What was written, before names and types are looked at.</summary>
internal abstract record AudienceSyntax
{
    private AudienceSyntax() { }

    /// <summary>A bare name: a yes-or-no fact, or <c>everyone</c>.</summary>
    public sealed record Name(AudienceToken Token) : AudienceSyntax;

    public sealed record Comparison(AudienceToken Field, AudienceToken Operator, AudienceToken Value) : AudienceSyntax;

    public sealed record Between(AudienceToken Field, AudienceToken Low, AudienceToken High) : AudienceSyntax;

    public sealed record In(AudienceToken Field, IReadOnlyList<AudienceToken> Values) : AudienceSyntax;

    public sealed record Not(AudienceSyntax Inner) : AudienceSyntax;

    public sealed record And(AudienceSyntax Left, AudienceSyntax Right) : AudienceSyntax;

    public sealed record Or(AudienceSyntax Left, AudienceSyntax Right) : AudienceSyntax;
}
