using MathNet.Numerics.Distributions;

namespace RetentionFuncs.Reports;

/// <summary>
/// Mean money per customer in treatment less that in control, with Welch's interval (Welch, Biometrika 34, 1947, pp. 28-35): the arms
/// may differ in size and in spread. Money is skewed, so with fewer than some dozens of buyers an arm the interval is a rough one.
/// </summary>
/// <param name="Difference">Per customer, in the report's currency.</param>
/// <param name="DegreesOfFreedom">Welch and Satterthwaite.</param>
public sealed record MoneyUplift(
    ArmMoney Treatment,
    ArmMoney Control,
    double Difference,
    ConfidenceInterval Interval,
    double DegreesOfFreedom,
    double Confidence
)
{
    /// <summary>Null when an arm has fewer than two people or nobody's money differs: no spread, so no interval.</summary>
    public static MoneyUplift? Of(ArmMoney treatment, ArmMoney control, double confidence = 0.95)
    {
        Share.CriticalValue(confidence);
        if (treatment.People < 2 || control.People < 2 || treatment.Variance + control.Variance <= 0)
        {
            return null;
        }

        var (t, c) = (treatment.Variance / treatment.People, control.Variance / control.People);
        var freedom = (t + c) * (t + c) / ((t * t / (treatment.People - 1)) + (c * c / (control.People - 1)));
        var half = StudentT.InvCDF(0, 1, freedom, (1 + confidence) / 2) * Math.Sqrt(t + c);
        var difference = treatment.Mean - control.Mean;
        return new MoneyUplift(
            treatment,
            control,
            difference,
            new ConfidenceInterval(difference - half, difference + half),
            freedom,
            confidence
        );
    }

    public Verdict Verdict => Verdicts.Of(Interval);

    /// <summary>Money beyond what would have come anyway: people treated times the difference.</summary>
    public double Incremental => Treatment.People * Difference;

    public ConfidenceInterval IncrementalInterval => Interval.Times(Treatment.People);
}
