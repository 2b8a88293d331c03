using RetentionFuncs.Backlogs;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Tests.Backlogs;

public sealed class BacklogRankTests
{
    /// <summary>Most valuable first, as the line must stand.</summary>
    private static readonly BacklogRank[] InOrder =
    [
        new(ValueTier.Key, decimal.MaxValue),
        new(ValueTier.Key, 12_000.02m),
        new(ValueTier.Key, 12_000.01m),
        new(ValueTier.Key, -3),
        new(ValueTier.Major, 90_000),
        new(ValueTier.Standard, 0.01m),
        new(ValueTier.Standard, 0),
        new(ValueTier.Standard, -0.01m),
        new(ValueTier.Standard, decimal.MinValue),
        new(ValueTier.Maintenance, 7),
        new(ValueTier.Ineffective, 1_000_000),
        new(null, 50),
        new(null, 5),
    ];

    [Fact]
    public void Keys_sort_by_tier_then_by_worth_and_whoever_has_no_tier_comes_last()
    {
        var keys = InOrder.Select(r => r.Key).ToArray();

        keys.Reverse().Order(StringComparer.Ordinal).ShouldBe(keys);
        keys.ShouldBeUnique();
        keys.ShouldAllBe(k => k.Length == 19);
    }

    [Fact]
    public void Less_than_a_cent_makes_no_difference() =>
        new BacklogRank(ValueTier.Key, 10.001m).Key.ShouldBe(new BacklogRank(ValueTier.Key, 10.0m).Key);
}
