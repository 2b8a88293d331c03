using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Reviews;

/// <summary>What the newest refit makes of a customer's tier; asks nothing but the partition in hand.</summary>
internal static class AskTier
{
    /// <returns>Null without a refit that tells tiers, without a purchase, and of a customer who refused profiling.</returns>
    public static TierReview? Of(CustomerPartition partition, Refit? refit, DateTimeOffset now, DateOnly today) =>
        Of(partition, partition.Summary(), refit, now, today);

    /// <param name="summary">As it is about to be.</param>
    public static TierReview? Of(CustomerPartition partition, PurchaseSummary summary, Refit? refit, DateTimeOffset now, DateOnly today) =>
        CustomerWorth.Of(partition, summary, refit, now, today) is { } found ? ReviewTier.Of(partition.Tier(), found, today) : null;
}
