using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring.Values;

/// <summary>What a customer on file is worth, from the rows in hand.</summary>
public static class CustomerWorth
{
    /// <param name="summary">Of what was known by <paramref name="at"/>, or is about to be.</param>
    /// <param name="day">The day of <paramref name="at"/> in the business's zone.</param>
    /// <returns>Null before a refit told tiers, before the first purchase, and of a customer who refused profiling.</returns>
    public static ValueAssessment? Of(
        CustomerPartition partition,
        PurchaseSummary summary,
        Refit? refit,
        DateTimeOffset at,
        DateOnly day
    ) =>
        refit?.Tiers is { } tiers && partition.Profile() is not { DoNotProfile: true }
            ? AssessValue.Of(summary, refit.Model, tiers, ValueSignals.Of(summary, partition.Experiences().Before(at), day), day)
            : null;
}
