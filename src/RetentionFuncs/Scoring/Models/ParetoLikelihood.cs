namespace RetentionFuncs.Scoring.Models;

/// <summary>Mean log likelihood of Pareto/NBD and its slope in the log-parameters, one integral per distinct pattern.</summary>
internal sealed class ParetoLikelihood(BuyingSample sample) : ILikelihood
{
    public double At(ReadOnlySpan<double> lnParameters, Span<double> slope)
    {
        var (r, alpha, s, beta) = (
            Math.Exp(lnParameters[0]),
            Math.Exp(lnParameters[1]),
            Math.Exp(lnParameters[2]),
            Math.Exp(lnParameters[3])
        );
        var rate = RepeatTerms.Rate(sample.CountByRepeats, r);
        var (value, inR, inAlpha, inS, inBeta) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var (x, recency, age, customers) in sample.Groups)
        {
            var (n, from, to) = (r + x, sample.Times[recency], sample.Times[age]);
            var (lnAlpha, lnBeta) = (Precise.Log1p(to / alpha), Precise.Log1p(to / beta));
            var (grownAlpha, grownBeta) = (Precise.Log1p((to - from) / (alpha + from)), Precise.Log1p((to - from) / (beta + from)));
            var dead = DeathIntegral.Of(alpha, n, beta, s + 1, from, to);
            var lnOdds = Math.Log(s / (beta + from)) + dead.LnValue + (n * grownAlpha) + (s * grownBeta);
            var gone = Precise.Logistic(lnOdds);
            value += customers * (Precise.LnAddExp(0, lnOdds) - (n * lnAlpha) - (s * lnBeta));
            inR -= customers * (lnAlpha + (gone * (dead.LnAlpha - grownAlpha)));
            inAlpha -= customers * n * (((1 - gone) / (alpha + to)) + (gone * dead.OverAlpha));
            inS += customers * ((gone / s) - lnBeta - (gone * (dead.LnBeta - grownBeta)));
            inBeta -= customers * (((1 - gone) * s / (beta + to)) + (gone * (s + 1) * dead.OverBeta));
        }

        var people = (double)sample.Customers;
        slope[0] = r * (inR + rate.InR) / people;
        slope[1] = r + (alpha * inAlpha / people);
        slope[2] = s * inS / people;
        slope[3] = s + (beta * inBeta / people);
        return (value + rate.Value - (sample.Repeats * lnParameters[1])) / people;
    }
}
