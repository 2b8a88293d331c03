using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Fits BG or MBG on everybody in bulk: the search of <see cref="FitBuyingModel"/> on a quicker likelihood. Same bits with any number of lanes.</summary>
public static class BulkFit
{
    /// <param name="kind">BG or MBG.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another kind.</exception>
    public static ModelFit Run(BulkPatterns patterns, BuyingModelKind kind, int lanes)
    {
        if (kind is not (BuyingModelKind.BG or BuyingModelKind.MBG))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only BG and MBG are fitted in bulk.");
        }

        var likelihood = new BulkLikelihood(patterns, kind, lanes);
        return FitBuyingModel.Run(() => likelihood, likelihood.Customers, likelihood.MeanAge, kind);
    }

    /// <summary>Fits Gamma-Gamma spend on everybody with repeats and spend above 0.</summary>
    public static SpendFit Spend(BulkPatterns patterns, int lanes)
    {
        var hill = new BulkSpendLikelihood(patterns, lanes);
        return hill.Customers < FitSpendModel.LeastCustomers
            ? new SpendFit.TooFewCustomers(FitSpendModel.LeastCustomers, hill.Customers, hill.Ignored)
            : FitSpendModel.Climb(hill, hill.Unit, hill.Customers, hill.Ignored);
    }
}
