using System.Globalization;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Defections;

/// <summary>A way in which a customer who still orders has partly left, with what was seen.</summary>
public abstract record Defection
{
    private Defection() { }

    /// <summary>What was seen, as a clause without a full stop.</summary>
    public abstract Phrase Evidence { get; }

    /// <summary>A product family that used to be bought and is not, while the others are.</summary>
    /// <param name="SilentDays">Since the family was last bought.</param>
    /// <param name="UsualGapDays">Between two days with the family, by the customer's own habit.</param>
    /// <param name="OtherDays">Days since then on which other families were bought.</param>
    public sealed record FamilyDropped(string Family, int SilentDays, int UsualGapDays, int OtherDays) : Defection
    {
        public override Phrase Evidence =>
            new(
                $"has not bought '{Family}' for {SilentDays} days, usually every {UsualGapDays}; other families were bought on {OtherDays} days since",
                $"已有 {SilentDays} 天没买“{Family}”，以往约 {UsualGapDays} 天买一次；这期间其他品类仍买过 {OtherDays} 天"
            );
    }

    /// <summary>Spend over time far below the customer's own earlier spend.</summary>
    /// <param name="EarlierPerMonth">Per 30 days, in the business's currency, up to <paramref name="Since"/>.</param>
    /// <param name="RecentPerMonth">Per 30 days from then on.</param>
    /// <param name="Since">The purchase day that the recent stretch counts from.</param>
    /// <param name="RecentDays">Purchase days in the recent stretch.</param>
    public sealed record SpendFallen(decimal EarlierPerMonth, decimal RecentPerMonth, DateOnly Since, int RecentDays, string Currency)
        : Defection
    {
        public override Phrase Evidence =>
            new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"has spent {RecentPerMonth:0.00} {Currency} a month since {Since:yyyy-MM-dd} ({RecentDays} purchase days), before that {EarlierPerMonth:0.00}"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"自 {Since:yyyy-MM-dd} 起每月约消费 {RecentPerMonth:0.00} {Currency}（{RecentDays} 个购买日），此前每月约 {EarlierPerMonth:0.00}"
                )
            );
    }
}
