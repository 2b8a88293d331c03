namespace RetentionFuncs.Scoring.Models;

/// <summary>What a fit climbs: the mean log likelihood of a sample.</summary>
internal interface ILikelihood
{
    /// <summary>The value at these log-parameters, which may be anything; the slope in each is written to <paramref name="slope"/>.</summary>
    double At(ReadOnlySpan<double> lnParameters, Span<double> slope);
}
