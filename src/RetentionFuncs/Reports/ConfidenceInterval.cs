namespace RetentionFuncs.Reports;

/// <summary>Both ends included.</summary>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>Both ends multiplied; a factor below zero turns the interval round.</summary>
    public ConfidenceInterval Times(double factor) =>
        factor >= 0 ? new ConfidenceInterval(Low * factor, High * factor) : new ConfidenceInterval(High * factor, Low * factor);
}
