namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// Buys at a rate drawn from Gamma(r, rate α) and after each purchase leaves for good with a chance drawn from Beta(a, b). In BG/NBD
/// the first purchase is safe; in MBG/NBD it is not. Fader, Hardie, Lee 2005 (Marketing Science 24, 275); Batislam, Denizel,
/// Filiztekin 2007 and Hoppe, Wagner 2007.
/// </summary>
/// <param name="Kind">BG or MBG.</param>
/// <param name="Alpha">In the unit of time of the patterns; r, a and b have none.</param>
/// <exception cref="ArgumentOutOfRangeException">Another kind, or a parameter that is not above 0 and finite.</exception>
public sealed record GeometricModel(BuyingModelKind Kind, double R, double Alpha, double A, double B) : BuyingModel
{
    public override BuyingModelKind Kind { get; } =
        Kind is BuyingModelKind.BG or BuyingModelKind.MBG
            ? Kind
            : throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "A geometric model is BG or MBG.");

    public double R { get; } = Positive(R);

    public double Alpha { get; } = Positive(Alpha);

    public double A { get; } = Positive(A);

    public double B { get; } = Positive(B);

    public override IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("r", R), new("alpha", Alpha), new("a", A), new("b", B)];

    public override double LogLikelihood(BuyingPattern pattern)
    {
        var alive = -(R + pattern.Repeats) * Precise.Log1p(pattern.Age / Alpha);
        return Rises.LnGamma(R, pattern.Repeats)
            - (pattern.Repeats * Math.Log(Alpha))
            + Rises.LnBeta(A, B, Chances(pattern))
            + Precise.LnAddExp(alive, alive + LnOddsGone(pattern));
    }

    public override double ChanceAlive(BuyingPattern pattern) => Precise.Logistic(-LnOddsGone(pattern));

    public override double ChanceOfReturn(BuyingPattern pattern, double time) =>
        ChanceAlive(pattern) * -Precise.Expm1(-(R + pattern.Repeats) * Precise.Log1p(time / (Alpha + pattern.Age)));

    public override double ExpectedOrders(BuyingPattern pattern, double time) =>
        ChanceAlive(pattern) * GeometricExpectation.WhileAlive(R + pattern.Repeats, A, B + Chances(pattern), time / (Alpha + pattern.Age));

    public override double ExpectedOrdersOfNew(double time) => ExpectedOrders(default, time);

    /// <summary>How often the customer could have left and did not, the last purchase included.</summary>
    private int Chances(BuyingPattern pattern) => Kind == BuyingModelKind.MBG ? pattern.Repeats + 1 : pattern.Repeats;

    /// <summary>ln of the odds that the last purchase was the very last; −∞ where it cannot have been.</summary>
    private double LnOddsGone(BuyingPattern pattern) =>
        Chances(pattern) == 0
            ? double.NegativeInfinity
            : Math.Log(A / (B + Chances(pattern) - 1)) + ((R + pattern.Repeats) * Precise.Log1p(pattern.Gap / (Alpha + pattern.Recency)));
}
