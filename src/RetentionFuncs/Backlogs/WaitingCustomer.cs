using RetentionFuncs.Customers;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Backlogs;

/// <summary>One customer in the line for a campaign's places.</summary>
/// <param name="Occasion">The name of the crossing: the purchase day that began the silence.</param>
/// <param name="SlippedOn">The day of the crossing.</param>
/// <param name="Since">When it was put in line.</param>
public sealed record WaitingCustomer(CustomerKey Customer, string Occasion, DateOnly SlippedOn, BacklogRank Rank, DateTimeOffset Since)
{
    /// <summary>Sorts by rank, and by key where ranks are equal.</summary>
    public string Position => $"{Rank.Key}|{Customer.Value}";

    internal PropertyBag ToBag() =>
        new PropertyBag()
            .Set("customer", Customer.Value)
            .Set("occasion", Occasion)
            .Set("slippedOn", SlippedOn)
            .Set("tier", Rank.Tier?.ToString())
            .Set("worth", Rank.Worth)
            .Set("since", Since);

    internal static WaitingCustomer Read(PropertyBag bag) =>
        new(
            new CustomerKey(bag.Text("customer")),
            bag.Text("occasion"),
            bag.Day("slippedOn"),
            new BacklogRank(bag.Has("tier") ? bag.Choice<ValueTier>("tier") : null, bag.Amount("worth")),
            bag.Instant("since")
        );
}
