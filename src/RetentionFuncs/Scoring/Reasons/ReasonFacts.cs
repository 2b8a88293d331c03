using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring.Reasons;

/// <summary>What reasons are read from.</summary>
/// <param name="Contacts">People known at the customer.</param>
/// <param name="Summary">Of what was known at <paramref name="At"/>.</param>
/// <param name="Stage">Null before the first purchase.</param>
/// <param name="At">The moment the weights speak for.</param>
public sealed record ReasonFacts(
    CustomerKind Kind,
    int Contacts,
    PurchaseSummary Summary,
    LapseStage? Stage,
    ExperienceHistory Experiences,
    DateTimeOffset At
)
{
    /// <summary>The day of <see cref="At"/> in the business's zone.</summary>
    public DateOnly Day { get; init; } = DateOnly.FromDateTime(At.DateTime);
}

/// <summary>What speaks for one reason.</summary>
/// <param name="Strength">0 to below 1, before the shop's own answers are weighed in.</param>
internal readonly record struct Signs(double Strength, IReadOnlyList<Findings.Phrase> Evidence)
{
    public static Signs None { get; } = new(0, []);

    /// <summary>Both, being independent: 1 − (1 − a)(1 − b).</summary>
    public Signs And(Signs other) =>
        other.Strength <= 0 ? this
        : Strength <= 0 ? other
        : new(1 - ((1 - Strength) * (1 - other.Strength)), [.. Evidence, .. other.Evidence]);

    /// <summary>Independent signs together: 1 − ∏(1 − strength).</summary>
    public static Signs Together(IEnumerable<(double Strength, Findings.Phrase Evidence)> signs)
    {
        var found = signs.Where(s => s.Strength > 0).OrderByDescending(s => s.Strength).ToList();
        return found.Count == 0
            ? None
            : new(1 - found.Aggregate(1.0, (left, s) => left * (1 - s.Strength)), [.. found.Select(s => s.Evidence)]);
    }
}
