namespace RetentionFuncs.Scoring.Reasons;

/// <summary>
/// How common each reason is among the customers of this shop who were asked. No survey of others is built in: without answers all
/// reasons weigh the same, and one imagined answer for each keeps the first few from deciding (Laplace).
/// </summary>
public sealed record ReasonPriors
{
    private static readonly ReasonKind[] Kinds = [.. Enum.GetValues<ReasonKind>().Where(k => k != ReasonKind.Other)];

    private readonly double[] _lifts;

    private ReasonPriors(double[] lifts) => _lifts = lifts;

    public static ReasonPriors Equal { get; } = Of(new Dictionary<ReasonKind, int>());

    /// <param name="answers">How often each reason was answered; "other" says nothing about these.</param>
    public static ReasonPriors Of(IReadOnlyDictionary<ReasonKind, int>? answers)
    {
        var counts = Kinds.Select(k => 1.0 + (answers?.GetValueOrDefault(k) ?? 0)).ToArray();
        return new([.. counts.Select(c => c / counts.Sum() * Kinds.Length)]);
    }

    /// <summary>How many times as common as if all were alike; 1 without answers.</summary>
    public double LiftOf(ReasonKind kind) => kind == ReasonKind.Other ? 1 : _lifts[(int)kind];

    /// <summary>A weight of 0 to 1 with its odds multiplied by the lift.</summary>
    internal double Weigh(ReasonKind kind, double weight)
    {
        var lifted = LiftOf(kind) * weight;
        return lifted / (lifted + 1 - weight);
    }
}
