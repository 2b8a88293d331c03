using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>What scores need of each age in days, by the formulas of <see cref="GeometricModel"/> and <see cref="GeometricExpectation"/>.</summary>
internal sealed class AgeTables
{
    public AgeTables(GeometricModel model, int ages, int horizonDays)
    {
        Horizon = horizonDays;
        (LnAhead, Z, Whole, Factor) = (new double[ages], new double[ages], new double[ages], new double[ages]);
        for (var age = 0; age < ages; age++)
        {
            var tau = horizonDays / (model.Alpha + age);
            var l = Precise.Log1p(tau);
            (LnAhead[age], Z[age]) = (l, tau / (1 + tau));
            (Whole[age], Factor[age]) = (Precise.PowerGap(model.A - 1, -l), Math.Exp((model.A - 1) * -l));
        }
    }

    public int Horizon { get; }

    /// <summary>ln((α + T + H)/(α + T)).</summary>
    public double[] LnAhead { get; }

    /// <summary>H/(α + T + H).</summary>
    public double[] Z { get; }

    /// <summary>(1 − (1 − z)^(a − 1))/(a − 1).</summary>
    public double[] Whole { get; }

    /// <summary>(1 − z)^(a − 1).</summary>
    public double[] Factor { get; }
}
