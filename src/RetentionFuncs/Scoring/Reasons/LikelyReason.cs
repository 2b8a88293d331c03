using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Reasons;

/// <summary>A hypothesis about why a customer leaves or left, never a fact.</summary>
/// <param name="Weight">Above 0 up to 1: how far the evidence carries; the weights of several reasons do not add up to anything.</param>
/// <param name="Evidence">What was seen, as clauses; at least one.</param>
/// <param name="Said">The customer's own answer, less than four years old.</param>
public sealed record LikelyReason(ReasonKind Kind, double Weight, IReadOnlyList<Phrase> Evidence, bool Said)
{
    /// <summary>From here on a hypothesis is worth acting on.</summary>
    public const double Likely = 0.3;
}
