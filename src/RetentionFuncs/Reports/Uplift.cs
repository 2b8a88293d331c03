namespace RetentionFuncs.Reports;

/// <summary>
/// The conversion rate of treatment less that of control. The interval is Newcombe's hybrid score interval: d − √((p1−l1)² + (u2−p2)²)
/// to d + √((u1−p1)² + (p2−l2)²) with l, u Wilson's limits of each arm (Newcombe, Statistics in Medicine 17, 1998, pp. 873-890,
/// method 10). It never leaves −1 to 1 and does not collapse when nobody, or everybody, converts.
/// </summary>
/// <param name="Difference">−1 to 1; 0.07 is seven points.</param>
public sealed record Uplift(Share Treatment, Share Control, double Difference, ConfidenceInterval Interval, double Confidence)
{
    /// <exception cref="ArgumentOutOfRangeException">An empty arm, or more conversions than people.</exception>
    public static Uplift Of(int treatedConverted, int treated, int controlConverted, int control, double confidence = 0.95)
    {
        var (t, c) = (Share.Of(treatedConverted, treated, confidence), Share.Of(controlConverted, control, confidence));
        var difference = t.Rate - c.Rate;
        var below = Math.Sqrt(Square(t.Rate - t.Interval.Low) + Square(c.Interval.High - c.Rate));
        var above = Math.Sqrt(Square(t.Interval.High - t.Rate) + Square(c.Rate - c.Interval.Low));
        var interval = new ConfidenceInterval(Math.Max(-1, difference - below), Math.Min(1, difference + above));
        return new Uplift(t, c, difference, interval, confidence);
    }

    /// <summary>Like <see cref="Of"/>, or null while an arm has nobody in it: there is nothing to compare yet.</summary>
    public static Uplift? OfArms(int treatedConverted, int treated, int controlConverted, int control, double confidence = 0.95) =>
        treated > 0 && control > 0 ? Of(treatedConverted, treated, controlConverted, control, confidence) : null;

    /// <summary>What the interval allows one to say about the direction.</summary>
    public Verdict Verdict => Verdicts.Of(Interval);

    /// <summary>Customers won beyond those who would have come anyway: people treated times the difference.</summary>
    public double Incremental => Treatment.People * Difference;

    /// <summary>The interval of <see cref="Incremental"/>, the number treated taken as given.</summary>
    public ConfidenceInterval IncrementalInterval => Interval.Times(Treatment.People);

    private static double Square(double x) => x * x;
}

/// <summary>What an interval of a difference says about its sign.</summary>
public enum Verdict
{
    /// <summary>Zero lies inside: the data are compatible with no effect.</summary>
    NotShown,

    /// <summary>The whole interval lies above zero.</summary>
    More,

    /// <summary>The whole interval lies below zero.</summary>
    Less,
}

public static class Verdicts
{
    public static Verdict Of(ConfidenceInterval interval) =>
        interval.Low > 0 ? Verdict.More
        : interval.High < 0 ? Verdict.Less
        : Verdict.NotShown;
}
