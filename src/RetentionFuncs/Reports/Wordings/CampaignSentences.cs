using RetentionFuncs.Campaigns;
using RetentionFuncs.Explanations;

namespace RetentionFuncs.Reports.Wordings;

/// <summary>What a campaign's numbers mean, in sentences that a person who sells things can use and that claim no more than the interval.</summary>
internal sealed class CampaignSentences(ReportWords words, string currency)
{
    private ReportNumbers N => words.Numbers;

    /// <summary>The answer first: what it changed, how sure that is, and what it is worth.</summary>
    public string Headline(CampaignReport campaign)
    {
        var title = campaign.TitleIn(words.Language);
        if (campaign.Conversion is not { } c)
        {
            return NothingToCompare(title, campaign);
        }

        var back = campaign.Job == CampaignJob.WinBack;
        var points = N.Points(Math.Abs(c.Difference));
        var (en, zh) = Interval(c.Interval);
        return c.Verdict switch
        {
            Verdict.More => words.T(
                $"{title} {(back ? "brought back" : "led")} {points} points more customers {(back ? "" : "to order ")}than doing nothing ({en}){Worth(campaign)}.",
                $"“{title}”让客户{(back ? "回流率" : "下单率")}比不触达高出 {points} 个百分点（{zh}）{Worth(campaign)}。"
            ),
            Verdict.Less => words.T(
                $"{title} did harm: {points} points fewer customers ordered than if they had been left alone ({en}). Pause it.",
                $"“{title}”适得其反：下单率比不触达低 {points} 个百分点（{zh}），建议先暂停。"
            ),
            _ => words.T(
                $"{title}: not shown yet whether it works ({N.SignedPoints(c.Difference)} points, {en}).",
                $"“{title}”是否有效还看不出来：差值 {N.SignedPoints(c.Difference)} 个百分点（{zh}）。"
            ),
        };
    }

    /// <summary>What the numbers of people allow one to see.</summary>
    public string Power(CampaignReport campaign)
    {
        var (all, treated, control) = (N.Whole(campaign.Treated + campaign.Control), N.Whole(campaign.Treated), N.Whole(campaign.Control));
        return campaign.DetectableEffect is { } effect
            ? words.T(
                $"With {all} people ({treated} written to, {control} left alone) one can see a rise of {N.Points(effect)} points, not less (4 times in 5).",
                $"现有 {all} 人（触达 {treated}，对照 {control}）：提升达到约 {N.Points(effect)} 个百分点才看得出来，更小的看不出（功效 80%）。"
            )
            : words.T(
                $"With {all} people ({treated} written to, {control} left alone) no difference can be told from chance yet.",
                $"现有 {all} 人（触达 {treated}，对照 {control}）：任何差异都还无法与偶然区分。"
            );
    }

    public string Entries(CampaignReport campaign) =>
        words.T(
            $"{N.Whole(campaign.Entered)} entered: {N.Whole(campaign.Treated)} written to and {N.Whole(campaign.Control)} left alone are past their {campaign.AttributionDays} days, {N.Whole(campaign.Open)} are still within them.",
            $"共 {N.Whole(campaign.Entered)} 人进入：满 {campaign.AttributionDays} 天的触达组 {N.Whole(campaign.Treated)} 人、对照组 {N.Whole(campaign.Control)} 人，另有 {N.Whole(campaign.Open)} 人尚在观察期内。"
        );

    /// <summary>Null of a campaign that keeps no backlog.</summary>
    public string? Backlog(CampaignReport campaign) => campaign.Backlog is { } backlog ? words.Of(BacklogSentences.Of(backlog)) : null;

    /// <summary>People gained and money gained with their intervals; null while nothing can be compared.</summary>
    public string? Gained(CampaignReport campaign)
    {
        if (campaign.Conversion is not { } c)
        {
            return null;
        }

        var people = words.T(
            $"Extra customers: about {N.Whole(c.Incremental)} ({Range(c.IncrementalInterval)})",
            $"增量客户：约 {N.Whole(c.Incremental)} 位（{Range(c.IncrementalInterval)}）"
        );
        return campaign.Money is { } m
            ? words.T(
                $"{people}; extra revenue: {N.Money(m.Incremental, currency)} ({Range(m.IncrementalInterval)}).",
                $"{people}；增量收入：{N.Money(m.Incremental, currency)}（{Range(m.IncrementalInterval)}）。"
            )
            : people + words.T(".", "。");
    }

    /// <summary>The ends in whole numbers.</summary>
    public string Range(ConfidenceInterval i) =>
        words.T($"{N.Whole(i.Low)} to {N.Whole(i.High)}", $"{N.Whole(i.Low)} 至 {N.Whole(i.High)}");

    public string Revenue(MoneyUplift money) =>
        words.T(
            $"{N.Cents(money.Treatment.Mean, currency)} written to, {N.Cents(money.Control.Mean, currency)} left alone: {N.SignedCents(money.Difference, currency)} ({N.Cents(money.Interval.Low)} to {N.Cents(money.Interval.High)})",
            $"触达组 {N.Cents(money.Treatment.Mean, currency)}，对照组 {N.Cents(money.Control.Mean, currency)}：{N.SignedCents(money.Difference, currency)}（{N.Cents(money.Interval.Low)} 至 {N.Cents(money.Interval.High)}）"
        );

    public string Coupons(CouponCounts coupons) =>
        words.T(
            $"{N.Whole(coupons.Issued)} issued, {N.Whole(coupons.Redeemed)} redeemed; they took {N.Cents((double)coupons.DiscountCost, currency)} off",
            $"发出 {N.Whole(coupons.Issued)} 张，核销 {N.Whole(coupons.Redeemed)} 张，让利 {N.Cents((double)coupons.DiscountCost, currency)}"
        );

    /// <summary>The generated shop knows the answer: shown beside the estimate, and whether the interval holds it.</summary>
    public string? Truth(CampaignReport campaign)
    {
        if (campaign is not { HiddenTruth: { } truth, Conversion: { } c })
        {
            return null;
        }

        var holds = c.Interval.Contains(truth);
        return words.T(
            $"This shop is generated, so the truth is known: {N.SignedPoints(truth)} points. The estimate says {N.SignedPoints(c.Difference)}; its interval {(holds ? "holds" : "misses")} the truth{(holds ? "" : ", as one in twenty does")}.",
            $"这是模拟店铺，真实效果已知：{N.SignedPoints(truth)} 个百分点。估计值为 {N.SignedPoints(c.Difference)}，置信区间{(holds ? "包含" : "未包含")}真实值{(holds ? "" : "（平均每二十次会有一次如此）")}。"
        );
    }

    public string? DrawWarning(CampaignReport campaign) =>
        campaign.DrawLooksWrong
            ? words.T(
                $"The groups are not split as drawn ({N.Percent((double)campaign.ControlShare)} should be left alone): do not rely on the comparison before this is explained.",
                $"分组比例与设定不符（对照组应占 {N.Percent((double)campaign.ControlShare)}）：查明原因之前，请不要采信对比结果。"
            )
            : null;

    private string NothingToCompare(string title, CampaignReport campaign) =>
        campaign.Open > 0
            ? words.T(
                $"{title} has no answer yet: {N.Whole(campaign.Open)} people are still within their {campaign.AttributionDays} days.",
                $"“{title}”还没有结论：{N.Whole(campaign.Open)} 人尚在 {campaign.AttributionDays} 天观察期内。"
            )
        : campaign.Treated > 0
            ? words.T($"{title} leaves nobody alone, so what it changes cannot be known.", $"“{title}”没有设对照组，无法判断它带来了什么。")
        : words.T($"{title} has entered nobody yet.", $"还没有客户进入“{title}”。");

    private string Worth(CampaignReport campaign) =>
        campaign.Money switch
        {
            { Verdict: Verdict.More } m => words.T(
                $"; worth {N.Money(m.Incremental, currency)}",
                $"，带来增量收入 {N.Money(m.Incremental, currency)}"
            ),
            { Incremental: > 0 } m => words.T(
                $"; the extra {N.Money(m.Incremental, currency)} may still be chance",
                $"；增量收入 {N.Money(m.Incremental, currency)} 尚不能排除偶然"
            ),
            { } => words.T("; more revenue is not shown yet", "；收入是否增加还看不出来"),
            null => "",
        };

    private (string En, string Zh) Interval(ConfidenceInterval i) =>
        ($"95 % between {N.Points(i.Low)} and {N.Points(i.High)}", $"95% 置信区间 {N.Points(i.Low)} 至 {N.Points(i.High)}");
}
