using MathNet.Numerics;

namespace RetentionFuncs.Scoring.Models;

/// <summary>Mean log likelihood of Gamma-Gamma spend and its slope in the logarithms of p, q and γ; gamma functions once per repeat count.</summary>
/// <param name="sorted">Repeats above 0 with their mean spend above 0, ascending by repeats.</param>
internal sealed class SpendLikelihood((int Repeats, double Mean)[] sorted) : ILikelihood
{
    public double At(ReadOnlySpan<double> lnParameters, Span<double> slope)
    {
        var (p, q, gamma) = (Math.Exp(lnParameters[0]), Math.Exp(lnParameters[1]), Math.Exp(lnParameters[2]));
        var (lnGammaQ, digammaQ) = (SpecialFunctions.GammaLn(q), SpecialFunctions.DiGamma(q));
        var (value, inP, inQ, inGamma) = (0.0, 0.0, 0.0, 0.0);
        var (known, lnGammas, digammaPx, digammaBoth) = (0, 0.0, 0.0, 0.0);
        foreach (var (x, mean) in sorted)
        {
            var px = p * x;
            if (x != known)
            {
                known = x;
                lnGammas = SpecialFunctions.GammaLn(px + q) - SpecialFunctions.GammaLn(px) - lnGammaQ;
                (digammaPx, digammaBoth) = (SpecialFunctions.DiGamma(px), SpecialFunctions.DiGamma(px + q));
            }

            var spent = x * mean;
            var (lnOwn, lnAll) = (Math.Log(spent), Math.Log(spent + gamma));
            value += lnGammas + (px * (lnOwn - lnAll)) + (q * (lnParameters[2] - lnAll)) - Math.Log(mean);
            inP += x * (digammaBoth - digammaPx + lnOwn - lnAll);
            inQ += digammaBoth - digammaQ + lnParameters[2] - lnAll;
            inGamma += q - ((px + q) * (gamma / (spent + gamma)));
        }

        slope[0] = p * inP / sorted.Length;
        slope[1] = q * inQ / sorted.Length;
        slope[2] = inGamma / sorted.Length;
        return value / sorted.Length;
    }
}
