namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// Pareto/NBD: buys at a rate drawn from Gamma(r, rate α) until a death that comes at a rate drawn from Gamma(s, rate β). Schmittlein,
/// Morrison, Colombo 1987; Fader and Hardie, note 009. Where they write 2F1, this integrates over the moment of death.
/// </summary>
/// <param name="Alpha">In the unit of time of the patterns, as is <paramref name="Beta"/>; r and s have none.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not above 0 and finite.</exception>
public sealed record ParetoModel(double R, double Alpha, double S, double Beta) : BuyingModel
{
    public override BuyingModelKind Kind => BuyingModelKind.Pareto;

    public double R { get; } = Positive(R);

    public double Alpha { get; } = Positive(Alpha);

    public double S { get; } = Positive(S);

    public double Beta { get; } = Positive(Beta);

    public override IReadOnlyList<KeyValuePair<string, double>> Parameters =>
        [new("r", R), new("alpha", Alpha), new("s", S), new("beta", Beta)];

    public override double LogLikelihood(BuyingPattern pattern)
    {
        var alive = (-(R + pattern.Repeats) * Precise.Log1p(pattern.Age / Alpha)) - (S * Precise.Log1p(pattern.Age / Beta));
        return Rises.LnGamma(R, pattern.Repeats)
            - (pattern.Repeats * Math.Log(Alpha))
            + Precise.LnAddExp(alive, alive + LnOddsGone(pattern));
    }

    public override double ChanceAlive(BuyingPattern pattern) => Precise.Logistic(-LnOddsGone(pattern));

    public override double ChanceOfReturn(BuyingPattern pattern, double time)
    {
        var n = R + pattern.Repeats;
        var bought = DeathIntegral.Of(Alpha, n + 1, Beta, S, pattern.Age, pattern.Age + time).LnValue;
        return ChanceAlive(pattern) * Math.Min(1, n / (Alpha + pattern.Age) * Math.Exp(bought));
    }

    public override double ExpectedOrders(BuyingPattern pattern, double time)
    {
        var lived = Beta + pattern.Age;
        var rate = (R + pattern.Repeats) * (lived / (Alpha + pattern.Age));
        return ChanceAlive(pattern) * rate * Precise.PowerGap(S - 1, -Precise.Log1p(time / lived));
    }

    public override double ExpectedOrdersOfNew(double time) => ExpectedOrders(default, time);

    /// <summary>ln of the odds that death came during the silence; −∞ when there was none.</summary>
    private double LnOddsGone(BuyingPattern pattern)
    {
        var (n, atAlpha, atBeta) = (R + pattern.Repeats, Alpha + pattern.Recency, Beta + pattern.Recency);
        return Math.Log(S / atBeta)
            + DeathIntegral.Of(Alpha, n, Beta, S + 1, pattern.Recency, pattern.Age).LnValue
            + (n * Precise.Log1p(pattern.Gap / atAlpha))
            + (S * Precise.Log1p(pattern.Gap / atBeta));
    }
}
