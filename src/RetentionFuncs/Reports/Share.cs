using MathNet.Numerics.Distributions;

namespace RetentionFuncs.Reports;

/// <summary>A proportion of people with Wilson's score interval (Wilson, JASA 22, 1927, pp. 209-212).</summary>
/// <param name="Hits">0 to <paramref name="People"/>.</param>
/// <param name="People">More than 0.</param>
public sealed record Share(int Hits, int People, double Rate, ConfidenceInterval Interval)
{
    /// <exception cref="ArgumentOutOfRangeException">Counts that no group can have, or a confidence not between 0 and 1.</exception>
    public static Share Of(int hits, int people, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(people);
        if (hits < 0 || hits > people)
        {
            throw new ArgumentOutOfRangeException(nameof(hits), hits, $"Of {people} people, 0 to {people} can have converted.");
        }

        var z = CriticalValue(confidence);
        var rate = (double)hits / people;
        var centre = (2 * hits) + (z * z);
        var half = z * Math.Sqrt((z * z) + (4.0 * hits * (1 - rate)));
        var scale = 2 * (people + (z * z));
        // The exact ends at none and all: rounding would otherwise leave a hair below 0 or above 1.
        var low = hits == 0 ? 0 : (centre - half) / scale;
        var high = hits == people ? 1 : (centre + half) / scale;
        return new Share(hits, people, rate, new ConfidenceInterval(low, high));
    }

    /// <summary>The two-sided normal quantile: 1.96 for 0.95.</summary>
    internal static double CriticalValue(double confidence) =>
        confidence is > 0 and < 1
            ? Normal.InvCDF(0, 1, (1 + confidence) / 2)
            : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
}
