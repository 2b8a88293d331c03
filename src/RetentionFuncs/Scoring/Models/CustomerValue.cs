namespace RetentionFuncs.Scoring.Models;

/// <summary>What a customer is expected to bring over a horizon, from today on.</summary>
/// <param name="Orders">Expected purchases.</param>
/// <param name="Spend">Expected spend of one of them, in money.</param>
/// <param name="Margin">Expected margin of all of them, each step's discounted to today, in money.</param>
public readonly record struct CustomerValue(double Orders, double Spend, double Margin)
{
    /// <summary>Σ over steps i of (E[Y(ih)] − E[Y((i−1)h)]) · E[M] · margin / (1 + d)^i: what comes within a step is discounted as from its end.</summary>
    /// <param name="meanSpend">Mean spend of the customer's repeat purchases; not read when there are none.</param>
    public static CustomerValue Of(BuyingModel model, SpendModel spend, BuyingPattern pattern, double meanSpend, ValueHorizon horizon)
    {
        var expected = spend.ExpectedSpend(pattern.Repeats, meanSpend);
        var (before, discounted, factor) = (0.0, 0.0, 1.0);
        for (var step = 1; step <= horizon.Steps; step++)
        {
            var orders = model.ExpectedOrders(pattern, step * horizon.StepLength);
            factor /= 1 + horizon.DiscountPerStep;
            discounted += (orders - before) * factor;
            before = orders;
        }

        return new(before, expected, discounted * expected * horizon.MarginRate);
    }
}

/// <param name="Steps">How many steps ahead, 1 or more.</param>
/// <param name="StepLength">Length of a step in the model's unit of time: 30 is a month where that is days. Not a calendar month.</param>
/// <param name="DiscountPerStep">What money loses per step: 0.01 is 1 % a step, not a year.</param>
/// <param name="MarginRate">Margin as a share of spend, 1 for spend itself.</param>
public sealed record ValueHorizon(int Steps, double StepLength, double DiscountPerStep, double MarginRate)
{
    /// <summary>The discount of one step that compounds to so much over so many.</summary>
    public static double PerStep(double overAll, double steps) => Math.Pow(1 + overAll, 1 / steps) - 1;
}
