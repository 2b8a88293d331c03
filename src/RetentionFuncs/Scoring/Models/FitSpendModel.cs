namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// Fits Gamma-Gamma spend by maximum likelihood on repeat purchases. Money is measured in its own mean while fitting, so that the unit
/// does not matter. The model takes spend and frequency for unrelated.
/// </summary>
public static class FitSpendModel
{
    /// <summary>Fewer customers with repeats than this do not carry three parameters.</summary>
    public const int LeastCustomers = 50;

    private static readonly string[] Names = ["p", "q", "gamma"];

    /// <param name="customers">Repeat purchases x and their mean spend, per customer, in any order.</param>
    public static SpendFit Run(IEnumerable<(int Repeats, double Mean)> customers)
    {
        (int Repeats, double Mean)[] all = [.. customers];
        (int Repeats, double Mean)[] told = [.. all.Where(c => c.Repeats > 0 && c.Mean > 0 && double.IsFinite(c.Mean)).Order()];
        var ignored = all.Length - told.Length;
        if (told.Length < LeastCustomers)
        {
            return new SpendFit.TooFewCustomers(LeastCustomers, told.Length, ignored);
        }

        var unit = told.Average(c => c.Mean);
        return Climb(new SpendLikelihood([.. told.Select(c => (c.Repeats, c.Mean / unit))]), unit, told.Length, ignored);
    }

    /// <param name="hill">Of spend measured in <paramref name="unit"/>.</param>
    internal static SpendFit Climb(ILikelihood hill, double unit, int customers, int ignored)
    {
        var ascent = Ascent.Climb(hill, [Math.Log(2), Math.Log(3), 0]);
        return ascent.WhyNoTop is { } why
            ? new SpendFit.NotConverged(why, customers, ignored)
            : Top(hill, ascent, unit, customers, ignored);
    }

    private static SpendFit Top(ILikelihood hill, Ascent ascent, double unit, int customers, int ignored)
    {
        var model = new SpendModel(Math.Exp(ascent.At[0]), Math.Exp(ascent.At[1]), Math.Exp(ascent.At[2]) * unit);
        if (model.Q <= 1)
        {
            return new SpendFit.NoFiniteMean(model.P, model.Q, model.Gamma, customers, ignored);
        }

        if (Array.FindIndex([.. ascent.At], a => Math.Abs(a) >= Ascent.Bound) is var bound and >= 0)
        {
            return new SpendFit.AtBound(Names[bound], model, customers, ignored);
        }

        return StandardErrors.At(hill, ascent.At, customers) is [var errorP, var errorQ, var errorGamma]
            ? new SpendFit.Fitted(
                model,
                customers * (ascent.Value - Math.Log(unit)),
                ascent.Evaluations,
                [errorP, errorQ, errorGamma * unit],
                customers,
                ignored
            )
            : new SpendFit.NotConverged(FitBuyingModel.Flat, customers, ignored);
    }
}
