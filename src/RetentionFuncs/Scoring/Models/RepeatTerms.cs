namespace RetentionFuncs.Scoring.Models;

/// <summary>The part of the log likelihood that knows only how often customers bought, summed over all of them, with its slopes.</summary>
internal static class RepeatTerms
{
    /// <summary>Σ ln Γ(r + x) − ln Γ(r), and its slope in r.</summary>
    public static (double Value, double InR) Rate(int[] countByRepeats, double r)
    {
        var (value, slope, rise, riseSlope) = (0.0, 0.0, 0.0, 0.0);
        for (var x = 0; x < countByRepeats.Length; x++)
        {
            value += countByRepeats[x] * rise;
            slope += countByRepeats[x] * riseSlope;
            rise += Math.Log(r + x);
            riseSlope += 1 / (r + x);
        }

        return (value, slope);
    }

    /// <summary>Σ ln B(a, b + n) − ln B(a, b) over the n chances to leave, one more than the repeats where the first purchase is one.</summary>
    public static (double Value, double InA, double InB) Stay(int[] countByRepeats, double a, double b, int first)
    {
        var (value, inA, inB, rise, riseA, riseB) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var n = 0; n < countByRepeats.Length + first; n++)
        {
            if (n >= first)
            {
                value += countByRepeats[n - first] * rise;
                inA += countByRepeats[n - first] * riseA;
                inB += countByRepeats[n - first] * riseB;
            }

            rise -= Precise.Log1p(a / (b + n));
            riseA -= 1 / (a + b + n);
            riseB += a / ((b + n) * (a + b + n));
        }

        return (value, inA, inB);
    }
}
