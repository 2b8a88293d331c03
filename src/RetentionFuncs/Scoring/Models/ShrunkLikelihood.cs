namespace RetentionFuncs.Scoring.Models;

/// <summary>A mean log likelihood less strength/(2N) times the squared distance from known log-parameters.</summary>
internal sealed class ShrunkLikelihood(ILikelihood free, double[] towards, double strengthEach) : ILikelihood
{
    public double At(ReadOnlySpan<double> lnParameters, Span<double> slope)
    {
        var value = free.At(lnParameters, slope);
        for (var i = 0; i < towards.Length; i++)
        {
            var distance = lnParameters[i] - towards[i];
            value -= strengthEach / 2 * distance * distance;
            slope[i] -= strengthEach * distance;
        }

        return value;
    }
}
