using System.Globalization;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Settings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Explanations;

/// <summary>Where a customer stands, with the numbers behind it.</summary>
public static class StandingSentence
{
    /// <param name="withRhythm">Whether silence and usual gap are told here; not when the chance of return tells them.</param>
    public static Phrase Of(PurchaseSummary summary, LapseStage? stage, DateOnly day, BusinessSettings settings, bool withRhythm = true)
    {
        var known = summary.DaysUpTo(day);
        if (stage is not { } at || !known.HasPurchases)
        {
            return new("Has not bought anything by that day.", "截至当日尚未购买。");
        }

        var silence = withRhythm
            ? new Phrase($", silent for {known.SilenceOn(day)} days", $"，已沉默 {known.SilenceOn(day)} 天")
            : new("", "");
        var spend = new Money(known.SpendIn(settings.Currency), settings.Currency);
        var gap = withRhythm ? UsualGap(known) : null;
        return new(
            $"{at}: last order {Iso(known.LastDay)}{silence.En}; {known.Orders} {(known.Orders == 1 ? "order" : "orders")}, {spend}{(gap is null ? "" : $"; usually every {gap} days")}.{Next(known, at, settings)?.En}",
            $"{StageNames.Zh(at)}：上次下单 {Iso(known.LastDay)}{silence.Zh}；共 {known.Orders} 单，{spend}{(gap is null ? "" : $"；通常每 {gap} 天一单")}。{Next(known, at, settings)?.Zh}"
        );
    }

    private static Phrase? Next(PurchaseSummary summary, LapseStage stage, BusinessSettings settings)
    {
        var bands = settings.LapseRule.BandsFor(summary);
        if (bands.NextAfter(bands.BeginsAt(stage)) is not { } silence)
        {
            return null;
        }

        var next = bands.StageAt(silence, summary.PurchaseDays.Count);
        var on = Iso(summary.LastDay.AddDays(silence));
        return new($" Without an order, {next} on {on}.", $"若不再下单，将于 {on} 进入“{StageNames.Zh(next)}”。");
    }

    private static int? UsualGap(PurchaseSummary summary) =>
        summary.PurchaseDays.Count < 2
            ? null
            : (int)Math.Round((summary.LastDay.DayNumber - summary.FirstDay.DayNumber) / (decimal)(summary.PurchaseDays.Count - 1));

    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The stages in the trade's Chinese.</summary>
public static class StageNames
{
    public static string Zh(LapseStage stage) =>
        stage switch
        {
            LapseStage.New => "新客",
            LapseStage.Active => "活跃",
            LapseStage.Cooling => "转冷",
            LapseStage.Lapsing => "濒临流失",
            LapseStage.Lapsed => "已流失",
            _ => "彻底流失",
        };
}

/// <summary>What a campaign still waits for, when nothing has triggered it.</summary>
internal static class TriggerSentence
{
    public static Phrase Of(Campaign campaign, PurchaseSummary summary, LapseStage? stage, BusinessSettings settings) =>
        campaign.Trigger switch
        {
            CampaignTrigger.StageEntered entered => Stage(entered.Stage, summary, stage, settings),
            CampaignTrigger.DaysAfterOrder after => new(
                $"Nothing was decided yet: it asks {after.Days} days after an order; none has come to that day since the launch.",
                $"尚未做过决定：该活动在下单 {after.Days} 天后触发，上线以来还没有订单满足。"
            ),
            CampaignTrigger.Replenish before => new(
                $"Nothing was decided yet: it asks {before.DaysBefore} {(before.DaysBefore == 1 ? "day" : "days")} before what was bought is used up; no product whose life is known has come to that day since the launch.",
                $"尚未做过决定：该活动在所购商品预计用完前 {before.DaysBefore} 天触发，上线以来还没有已知使用周期的商品到这一天。"
            ),
            CampaignTrigger.TierMoved moved => Tier(moved),
            CampaignTrigger.BirthdayCame => new(
                "Nothing was decided yet: no birthday of a contact has come since the launch, or none is on file.",
                "尚未做过决定：上线以来没有联系人过生日，或没有生日记录。"
            ),
            CampaignTrigger.ConsentRequested => new(
                "Nothing was decided yet: it waits for a contact to ask for marketing mail.",
                "尚未做过决定：等待联系人申请订阅。"
            ),
            _ => new("Nothing was decided yet: none of its dates has come.", "尚未做过决定：活动日期未到。"),
        };

    private static Phrase Tier(CampaignTrigger.TierMoved moved)
    {
        var to = moved.To?.Name() ?? new Phrase("another tier", "其他层级");
        return moved.Direction switch
        {
            TierDirection.Near => new(
                $"Nothing was decided yet: it waits for the customer to be about to reach {to.En}.",
                $"尚未做过决定：等待顾客接近“{to.Zh}”。"
            ),
            TierDirection.Up => new(
                $"Nothing was decided yet: it waits for the customer to rise to {to.En}.",
                $"尚未做过决定：等待顾客升为“{to.Zh}”。"
            ),
            _ => new($"Nothing was decided yet: it waits for the customer to fall to {to.En}.", $"尚未做过决定：等待顾客降为“{to.Zh}”。"),
        };
    }

    private static Phrase Stage(LapseStage wanted, PurchaseSummary summary, LapseStage? stage, BusinessSettings settings)
    {
        var day = StandingSentence.Iso(summary.LastDay.AddDays(settings.LapseRule.BandsFor(summary).BeginsAt(wanted)));
        return stage is { } at && !wanted.IsLaterThan(at)
            ? new(
                $"Nothing was decided: {wanted} began on {day}, when the campaign did not run.",
                $"尚未做过决定：顾客于 {day} 进入“{StageNames.Zh(wanted)}”，当时活动未运行。"
            )
            : new(
                $"Nothing was decided yet: it waits for {wanted}, which without an order begins on {day}.",
                $"尚未做过决定：等待进入“{StageNames.Zh(wanted)}”；若不下单，将于 {day} 开始。"
            );
    }
}

/// <summary>What became of one message.</summary>
internal static class TouchSentences
{
    public static Phrase Of(Touchpoint touch, Func<DateTimeOffset, string> when)
    {
        var reason = ReasonSentences.OfText(touch.Reason);
        var (en, zh) = touch.State switch
        {
            TouchpointState.Sent when touch.Channel != Channel.Email => HandedOff(touch, when),
            TouchpointState.Planned => ($"planned for {when(touch.DueAt)}", $"计划于 {when(touch.DueAt)} 发送"),
            TouchpointState.Sending => ("handed over, answer not in yet", "已提交，等待结果"),
            TouchpointState.Sent => (
                $"sent {when(touch.SettledAt ?? touch.PlannedAt)}{Facts(touch, false)}",
                $"{when(touch.SettledAt ?? touch.PlannedAt)} 已发送{Facts(touch, true)}"
            ),
            TouchpointState.Refused => ($"refused by the provider: {reason.En}", $"服务商拒绝：{reason.Zh}"),
            TouchpointState.Unknown when touch.NotFoundAt is { } looked => (
                $"may or may not have gone out; the provider's log had nothing of it {when(looked)}; it is not sent again",
                $"可能已发出，无法确认；{when(looked)} 查询服务商日志，未见记录；不会重发"
            ),
            TouchpointState.Unknown => ("may or may not have gone out; it is not sent again", "可能已发出，无法确认；不会重发"),
            TouchpointState.Skipped => ($"not sent after all, because {reason.En}", $"最终未发送，原因：{reason.Zh}"),
            TouchpointState.Expired => ("expired before it could be sent", "发送前已过期"),
            _ => ($"put aside for a person: {reason.En}", $"已搁置待人工处理：{reason.Zh}"),
        };
        var code = touch.Coupon is { } c ? $" [{c.Code}, {c.Percent:0.##} %]" : "";
        return new($"Message '{touch.Step}': {en}{code}.", $"信息“{touch.Step}”：{zh}{code}。");
    }

    private static (string En, string Zh) HandedOff(Touchpoint touch, Func<DateTimeOffset, string> when)
    {
        var at = when(touch.SettledAt ?? touch.PlannedAt);
        var (en, zh) =
            touch.Channel == Channel.Sms ? ("text message handed over", "短信已移交") : ("handed to a person to call", "已交人工致电");
        return touch.Outcome is { } outcome
            ? (
                $"{en} {at}; {OutcomeNames.Of(outcome).En} {when(touch.OutcomeAt!.Value)}",
                $"{at} {zh}；{when(touch.OutcomeAt!.Value)} {OutcomeNames.Of(outcome).Zh}"
            )
            : ($"{en} {at}, no result yet", $"{at} {zh}，尚无结果");
    }

    private static string Facts(Touchpoint t, bool zh)
    {
        var facts = new List<string>();
        void Add(DateTimeOffset? at, string en, string cn)
        {
            if (at is not null)
            {
                facts.Add(zh ? cn : en);
            }
        }

        Add(t.DeliveredAt, "delivered", "已送达");
        Add(t.BouncedAt, "bounced", "被退回");
        Add(t.DroppedAt, "dropped by the provider", "被服务商丢弃");
        Add(t.ComplainedAt, "reported as spam", "被举报");
        return facts.Count == 0 ? ""
            : zh ? "，" + string.Join("，", facts)
            : ", " + string.Join(", ", facts);
    }
}
