namespace RetentionFuncs.Scoring.Models;

/// <summary>Standard errors of parameters from the curvature at the top, by central differences of the analytic slope.</summary>
internal static class StandardErrors
{
    private const double Nudge = 1e-4;

    /// <summary>In the units of the parameters; null where the hill is flat: a log-parameter is not told from its own bounds.</summary>
    public static IReadOnlyList<double>? At(ILikelihood hill, IReadOnlyList<double> lnParameters, double customers)
    {
        var size = lnParameters.Count;
        var curvature = new double[size, size];
        var (up, down) = (new double[size], new double[size]);
        for (var i = 0; i < size; i++)
        {
            double[] point = [.. lnParameters];
            point[i] += Nudge;
            hill.At(point, up);
            point[i] -= 2 * Nudge;
            hill.At(point, down);
            for (var j = 0; j < size; j++)
            {
                curvature[i, j] += (down[j] - up[j]) / (4 * Nudge);
                curvature[j, i] += (down[j] - up[j]) / (4 * Nudge);
            }
        }

        return InverseDiagonal(curvature) is { } variances && variances.Max() / customers < Ascent.Bound * Ascent.Bound
            ? [.. variances.Select((v, i) => Math.Exp(lnParameters[i]) * Math.Sqrt(v / customers))]
            : null;
    }

    /// <summary>Of a symmetric matrix through its Cholesky factor; null when it is not positive definite.</summary>
    internal static double[]? InverseDiagonal(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var (factor, inverse) = (new double[size, size], new double[size, size]);
        for (var j = 0; j < size; j++)
        {
            for (var i = j; i < size; i++)
            {
                var left = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    left -= factor[i, k] * factor[j, k];
                }

                if (i == j && !(left > 1e-12 * matrix[j, j]))
                {
                    return null;
                }

                factor[i, j] = i == j ? Math.Sqrt(left) : left / factor[j, j];
            }
        }

        var diagonal = new double[size];
        for (var column = 0; column < size; column++)
        {
            for (var i = column; i < size; i++)
            {
                var left = i == column ? 1.0 : 0.0;
                for (var k = column; k < i; k++)
                {
                    left -= factor[i, k] * inverse[k, column];
                }

                inverse[i, column] = left / factor[i, i];
                diagonal[column] += inverse[i, column] * inverse[i, column];
            }
        }

        return diagonal;
    }
}
