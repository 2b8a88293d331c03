namespace RetentionFuncs.Scoring.Models;

/// <summary>The 32 point Gauss-Legendre rule on 0 to 1: exact for polynomials up to degree 63.</summary>
internal static class GaussLegendre
{
    public const int Points = 32;

    /// <summary>Where to look, ascending within 0 to 1.</summary>
    public static readonly double[] Nodes = new double[Points];

    /// <summary>What each look counts; together 1.</summary>
    public static readonly double[] Weights = new double[Points];

    /// <summary>The rule on each half of 0 to 1, the halves one after the other.</summary>
    public static readonly double[] HalvesNodes;

    /// <inheritdoc cref="Weights"/>
    public static readonly double[] HalvesWeights;

    static GaussLegendre()
    {
        for (var i = 0; i < Points; i++)
        {
            var x = -Math.Cos(Math.PI * (i + 0.75) / (Points + 0.5));
            var slope = 0.0;
            for (var round = 0; round < 8; round++)
            {
                (var value, slope) = Legendre(x);
                x -= value / slope;
            }

            Nodes[i] = (1 + x) / 2;
            Weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        HalvesNodes = [.. Nodes.Select(node => node / 2), .. Nodes.Select(node => (1 + node) / 2)];
        HalvesWeights = [.. Weights.Concat(Weights).Select(weight => weight / 2)];
    }

    /// <summary>The Legendre polynomial of degree 32 and its slope.</summary>
    private static (double Value, double Slope) Legendre(double x)
    {
        var (before, now) = (1.0, x);
        for (var n = 2; n <= Points; n++)
        {
            (before, now) = (now, ((((2 * n) - 1) * x * now) - ((n - 1) * before)) / n);
        }

        return (now, Points * ((x * now) - before) / ((x * x) - 1));
    }
}
