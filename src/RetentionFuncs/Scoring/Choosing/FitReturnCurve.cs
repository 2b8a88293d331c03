using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Fits a baseline's curve: logistic regression of "returned" on ln f, the slope held at or below 0.</summary>
internal static class FitReturnCurve
{
    // A customer more that half returned, at slope 0: keeps the curve finite where everybody or nobody returned.
    private const double Prior = 0.5;
    private const double Ridge = 0.01;
    private const int MostSteps = 100;

    /// <param name="features">f above 0.</param>
    /// <param name="orders">Above 0 is a return.</param>
    public static ReturnCurve Run(double[] features, int[] orders)
    {
        var logs = Array.ConvertAll(features, f => Math.Log(Math.Max(f, 1e-9)));
        var centre = logs.Average();
        var returned = orders.Count(o => o > 0);
        var (intercept, slope) = (Math.Log((returned + Prior) / (orders.Length - returned + Prior)), 0.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var (byIntercept, bySlope) = Newton(logs, orders, centre, intercept, slope);

            // No step longer than two: a logistic regression begun at the base rate cannot run away then.
            var scale = Math.Min(1, 2 / Math.Max(Math.Abs(byIntercept), Math.Abs(bySlope)));
            (intercept, slope) = (intercept + (scale * byIntercept), slope + (scale * bySlope));
            if (Math.Abs(byIntercept) + Math.Abs(bySlope) < 1e-12)
            {
                break;
            }
        }

        return slope < 0
            ? new ReturnCurve(intercept - (slope * centre), slope)
            : new ReturnCurve(Math.Log((returned + Prior) / (orders.Length - returned + Prior)), 0);
    }

    private static (double ByIntercept, double BySlope) Newton(double[] logs, int[] orders, double centre, double intercept, double slope)
    {
        var p0 = 1 / (1 + Math.Exp(-intercept));
        var (g0, g1) = (Prior - (2 * Prior * p0), -Ridge * slope);
        var (h00, h01, h11) = (2 * Prior * p0 * (1 - p0), 0.0, Ridge);
        for (var i = 0; i < logs.Length; i++)
        {
            var u = logs[i] - centre;
            var p = 1 / (1 + Math.Exp(-(intercept + (slope * u))));
            var (miss, weight) = ((orders[i] > 0 ? 1 : 0) - p, p * (1 - p));
            (g0, g1) = (g0 + miss, g1 + (miss * u));
            (h00, h01, h11) = (h00 + weight, h01 + (weight * u), h11 + (weight * u * u));
        }

        var determinant = (h00 * h11) - (h01 * h01);
        return (((h11 * g0) - (h01 * g1)) / determinant, ((h00 * g1) - (h01 * g0)) / determinant);
    }
}
