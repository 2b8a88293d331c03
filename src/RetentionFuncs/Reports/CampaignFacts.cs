using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Findings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Reports;

/// <summary>What became of one entry into a campaign, whichever its arm: arms are compared as drawn.</summary>
/// <param name="EnteredOn">In the business's zone; the window begins with this day.</param>
/// <param name="WindowClosed">Whether the attribution window has ended; open entries are counted but not yet compared.</param>
/// <param name="Converted">Whether at least one order fell in the window, coupon or not.</param>
/// <param name="Orders">In the window.</param>
/// <param name="Revenue">Of those orders in the report's currency: paid, after discounts, less refunds.</param>
/// <param name="Discount">What coupons took off those orders, already missing from the revenue; zero or more.</param>
public sealed record EntryOutcome(
    CustomerKey Customer,
    TestArm Arm,
    DateOnly EnteredOn,
    string? Country,
    bool WindowClosed,
    bool Converted,
    int Orders,
    decimal Revenue,
    decimal Discount
);

/// <summary>How many people one gate turned away.</summary>
/// <param name="Gate">The gate's name, such as <c>Consent</c>.</param>
/// <param name="Sentence">Why, for people: "no consent on file".</param>
public sealed record SkipCount(string Gate, Phrase Sentence, int People);

/// <param name="DiscountCost">What the redeemed ones took off, in the report's currency.</param>
public sealed record CouponCounts(int Issued, int Redeemed, decimal DiscountCost)
{
    public static CouponCounts None { get; } = new(0, 0, 0);
}

/// <summary>Everything a campaign's report is made from.</summary>
/// <param name="Titles">By locale.</param>
/// <param name="ControlShare">As fixed at launch, 0 to 1.</param>
/// <param name="Touches">Messages by where they stand.</param>
/// <param name="HiddenTruth">A generated shop's true uplift, beside which the estimate is shown; null for real ones.</param>
public sealed record CampaignFacts(
    string Key,
    IReadOnlyDictionary<string, string> Titles,
    CampaignJob Job,
    int AttributionDays,
    decimal ControlShare,
    IReadOnlyList<EntryOutcome> Entries,
    IReadOnlyDictionary<TouchpointState, int> Touches,
    IReadOnlyList<SkipCount> Skips,
    CouponCounts Coupons,
    double? HiddenTruth = null
)
{
    /// <summary>Null of a campaign that keeps none.</summary>
    public BacklogStanding? Backlog { get; init; }
}
