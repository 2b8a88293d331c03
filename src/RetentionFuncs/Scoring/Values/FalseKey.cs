using System.Globalization;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>Why a big buyer is no key account (playbook P6).</summary>
public enum FalseKeyReason
{
    /// <summary>One purchase day is most of the spend, and the rest would not be key.</summary>
    OneOffBulk,

    /// <summary>Buys much and leaves little or nothing.</summary>
    VolumeWithoutProfit,

    /// <summary>扒皮大户: lives on concessions.</summary>
    Squeezer,

    HeavyReturns,

    LatePayer,
}

/// <summary>A false key account (假大户), with what was seen.</summary>
public sealed record FalseKey(FalseKeyReason Reason, Phrase Evidence);

/// <summary>Looks at those who seem to be key accounts by worth or by volume; nobody else can be a false one. Pure.</summary>
internal static class FindFalseKeys
{
    public static IReadOnlyList<FalseKey> Of(ValueCase of) =>
        of.Worth.Total >= of.Cuts.Key || of.Year.Volume >= of.Cuts.KeyVolume
            ? [.. new[] { Bulk(of), NoProfit(of), Squeezes(of), Returns(of), PaysLate(of) }.OfType<FalseKey>()]
            : [];

    private static FalseKey? Bulk(ValueCase of) =>
        of.Ranked < of.Worth.Total && !(of.Ranked >= of.Cuts.Key) ? new(FalseKeyReason.OneOffBulk, OneOffBulk.Evidence(of)) : null;

    private static FalseKey? NoProfit(ValueCase of)
    {
        var (limits, whole) = (of.Cuts.Settings.FalseKeys, of.Cuts.ProfitRate ?? of.Cuts.Settings.DefaultMargin);
        return of.History.ProfitRate is { } rate && (rate <= 0 || rate <= whole * limits.ProfitShare)
            ? new(
                FalseKeyReason.VolumeWithoutProfit,
                new(
                    $"buys much but leaves little: profit rate {Share(rate)}{(whole is { } w ? $", the base has {Share(w)}" : "")}",
                    $"买得多、利润少：利润率 {Share(rate)}{(whole is { } z ? $"，全店为 {Share(z)}" : "")}"
                )
            )
            : null;
    }

    private static FalseKey? Squeezes(ValueCase of)
    {
        var (limits, whole) = (of.Cuts.Settings.FalseKeys, of.Cuts.DiscountShare ?? 0);
        return of.Signals.DiscountShare is { } share && share >= whole * limits.DiscountTimes && share >= whole + limits.DiscountOver
            ? new(
                FalseKeyReason.Squeezer,
                new(
                    $"lives on concessions: {Share(share)} off on average, the base has {Share(whole)}",
                    $"靠让利采购：平均让利 {Share(share)}，全店为 {Share(whole)}"
                )
            )
            : null;
    }

    private static FalseKey? Returns(ValueCase of) =>
        of.Signals.ReturnShare is { } share && share >= of.Cuts.Settings.FalseKeys.ReturnShare
            ? new(
                FalseKeyReason.HeavyReturns,
                new($"{Share(share)} of what was bought was given back", $"退货退款占消费额的 {Share(share)}")
            )
            : null;

    /// <summary>What is overdue and unpaid counts like what was paid late.</summary>
    private static FalseKey? PaysLate(ValueCase of)
    {
        var (limits, signals) = (of.Cuts.Settings.FalseKeys, of.Signals);
        var (late, all) = (signals.LatePayments + signals.Overdue, signals.Payments + signals.Overdue);
        return late >= limits.LatePayments && late >= all * limits.LateShare ? new(FalseKeyReason.LatePayer, Lateness(signals)) : null;
    }

    private static Phrase Lateness(ValueSignals of)
    {
        var paid = new Phrase(
            $"paid late {of.LatePayments} {(of.LatePayments == 1 ? "time" : "times")} of {of.Payments}",
            $"{of.Payments} 次付款中有 {of.LatePayments} 次逾期"
        );
        var open = new Phrase(
            $"{of.Overdue} {(of.Overdue == 1 ? "invoice is" : "invoices are")} overdue and unpaid, for up to {of.DaysOverdue} {(of.DaysOverdue == 1 ? "day" : "days")}",
            $"现有 {of.Overdue} 张账单逾期未付，最长 {of.DaysOverdue} 天"
        );
        return of.Overdue == 0 ? paid
            : of.LatePayments == 0 ? open
            : new($"{paid.En}; {open.En}", $"{paid.Zh}；{open.Zh}");
    }

    private static string Share(decimal share) => share.ToString("0.#%", CultureInfo.InvariantCulture);
}
