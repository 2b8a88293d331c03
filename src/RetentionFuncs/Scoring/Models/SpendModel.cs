namespace RetentionFuncs.Scoring.Models;

/// <summary>Gamma-Gamma spend per purchase (Fader and Hardie, note 025); fitted on repeat purchases of customers with x above 0 and spend above 0.</summary>
/// <param name="P">Shape of the spread of one customer's purchases.</param>
/// <param name="Q">Shape of the spread between customers; above 1, or there is no finite mean.</param>
/// <param name="Gamma">Scale, in money.</param>
public sealed record SpendModel(double P, double Q, double Gamma)
{
    /// <summary>What a purchase of the average customer comes to: p·γ/(q − 1).</summary>
    public double PopulationMean => P * Gamma / (Q - 1);

    /// <summary>Expected spend of the next purchase: the customer's own mean and the population's, weighted by how much is known.</summary>
    /// <param name="repeats">x, repeat purchases with spend; 0 gives the population's mean.</param>
    /// <param name="mean">Mean spend of those repeats; not read when there are none.</param>
    public double ExpectedSpend(int repeats, double mean) =>
        repeats == 0 ? PopulationMean : P * (Gamma + (repeats * mean)) / ((P * repeats) + Q - 1);
}
