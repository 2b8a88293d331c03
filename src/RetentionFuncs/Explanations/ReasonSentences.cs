using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Explanations;

/// <summary>Each reason of a gate as a clause a marketer understands, without jargon and without naming an address.</summary>
public static class ReasonSentences
{
    /// <param name="detail">What the reason is about; see where the gate makes it.</param>
    public static Phrase Of(GateReason reason, string? detail = null) =>
        reason switch
        {
            GateReason.CampaignNotLive => new("the campaign is not running", "活动没有在运行"),
            GateReason.CampaignPaused => new("the campaign is paused", "活动已暂停"),
            GateReason.SendingStopped => new("all sending is stopped by hand", "已人工停止所有发送"),
            GateReason.NotStartedYet => new("the campaign has not started yet", "活动还没开始"),
            GateReason.CampaignEnded => new("the campaign has ended", "活动已结束"),
            GateReason.CrossedBeforeStart => new(
                $"it happened on {detail}, before the campaign began or more than a week ago",
                $"发生在 {detail}，早于活动开始或已超过一周"
            ),
            GateReason.InBacklog => new(
                $"it happened on {detail}, before the campaign began, and so many a day are let in, the most valuable first",
                $"发生在 {detail}，早于活动开始，按每日名额、价值高者优先依次进入"
            ),
            GateReason.LeftAudience => new(
                $"the customer was no longer in the audience when a place came{Of(detail)}",
                $"轮到名额时，顾客已不在目标人群内{OfZh(detail)}"
            ),
            GateReason.NotInAudience => new($"the customer is not in the audience{Of(detail)}", $"顾客不在目标人群内{OfZh(detail)}"),
            GateReason.NoConsent => new("there is no marketing consent on file", "没有营销许可记录"),
            GateReason.ConsentDenied => new("the contact refused marketing", "联系人拒绝接收营销信息"),
            GateReason.ConsentNotExpress => new(
                "the contact's country asks for express consent, and there is none",
                "联系人所在国家要求明示同意，而目前没有"
            ),
            GateReason.ConsentTooOld => new(
                "the consent implied by the last purchase or inquiry has run out",
                "由上次购买或咨询推定的许可已过期"
            ),
            GateReason.ConsentOnlyImplied => new(
                "the consent is only implied, which does not count where the contact lives",
                "许可仅为推定，在联系人所在国家不成立"
            ),
            GateReason.ConsentNotConfirmed => new(
                "the consent was never confirmed by mail (double opt-in) and there is no purchase it could rest on",
                "许可未经邮件确认（双重确认），也没有购买记录可作依据"
            ),
            GateReason.SaleMissing => new("the consent rests on a sale, and no purchase is on file", "许可以购买为前提，但没有购买记录"),
            GateReason.FirstMessageTooLate => new(
                "the first marketing message would come too long after the sale",
                "首次营销信息距购买时间过长，已不允许发送"
            ),
            GateReason.TooYoung => new("the contact is too young for a birthday message", "联系人未达到可接收生日信息的年龄"),
            GateReason.Unsubscribed => new($"the address unsubscribed on {detail}", $"该地址已于 {detail} 退订"),
            GateReason.NoOffersWanted => new($"the person asked on {detail} for no offers", $"对方于 {detail} 表示不要优惠信息"),
            GateReason.TopicRefused => new($"the person does not want to hear about '{detail}'", $"对方不想接收“{detail}”类信息"),
            GateReason.PausedByPerson => new($"the person asked on {detail} for a break", $"对方于 {detail} 要求暂停接收"),
            GateReason.ComplainedBefore => new(
                $"a message to this address was reported as spam on {detail}",
                $"该地址于 {detail} 把邮件举报为垃圾邮件"
            ),
            GateReason.HardBounced => new($"the mailbox turned out not to exist on {detail}", $"该邮箱于 {detail} 确认不存在"),
            GateReason.SuppressedByHand => new($"the address was blocked by hand on {detail}", $"该地址于 {detail} 被人工屏蔽"),
            GateReason.ProfilingRefused => new("the customer refused profiling", "顾客拒绝画像"),
            GateReason.NobodyToWriteTo => new($"nobody at the customer has the role '{detail}'", $"该客户没有“{detail}”角色的联系人"),
            GateReason.NoNumber => new("there is no telephone number on file that can be read", "没有可用的电话号码"),
            GateReason.NotAMobile => new("the number is not a mobile one, so no text message reaches it", "不是手机号，收不到短信"),
            GateReason.NoAddress => new("there is no e-mail address on file", "没有电子邮箱"),
            GateReason.RoleAddress => new($"'{detail}@' is a role mailbox, not a person", $"“{detail}@”是公用邮箱，不是个人"),
            GateReason.ReservedDomain => new($"{detail} is a domain reserved for examples", $"{detail} 是示例专用域名"),
            GateReason.TooLongSilent => new(
                $"nothing was heard of the customer since {detail}; addresses silent for that long are often gone or traps",
                $"自 {detail} 起顾客再无音讯，沉睡这么久的地址多已失效，甚至是垃圾邮件陷阱"
            ),
            GateReason.DormantInWarmUp => new(
                "the sending domain is warming up, and customers silent for long come last",
                "发信域名正在预热，久未互动的顾客排在最后"
            ),
            GateReason.WarmingUp => new($"today's share of the warm-up of {detail} is used up", $"{detail} 预热期的当日发送量已用完"),
            GateReason.CanaryAwaited => new(
                "a small batch to customers silent for long went first, and its outcome is awaited",
                "已先向少量久未互动的顾客试发，正在等待结果"
            ),
            GateReason.CanaryBounced => new(
                $"of the small batch to customers silent for long too many came back ({detail}%)",
                $"向久未互动顾客的试发退信过多（{detail}%）"
            ),
            GateReason.ComplaintOpen => new("a complaint of the customer is open", "顾客有未解决的投诉"),
            GateReason.StrongerCampaign => new($"'{detail}' is more important and goes first", $"“{detail}”优先级更高，先发它"),
            GateReason.CustomerCapped => new(
                "the customer has had as many messages as the limit allows for now",
                "近期发给该顾客的信息已达上限"
            ),
            GateReason.AddressCapped => new(
                "the address has had as many messages as the limit allows for now",
                "近期发到该地址的信息已达上限"
            ),
            GateReason.BudgetSpent => new("the campaign's message budget is spent", "活动的发送预算已用完"),
            GateReason.Night => new("it is night where the contact lives", "联系人当地是夜间"),
            GateReason.Expired => new("the message was of no use any more", "信息已过时"),
            GateReason.CustomerMerged => new(
                "the customer was merged with another, who gets the messages now",
                "该顾客已与另一位顾客合并，今后由后者接收"
            ),
            GateReason.OrderedMeanwhile => new("the customer ordered meanwhile", "顾客期间已下单"),
            _ => new($"the message could not be written: {detail}", $"信息无法生成：{detail}"),
        };

    /// <summary>The sentence for a reason kept as text, as touchpoints keep it; unknown texts stand for themselves.</summary>
    public static Phrase OfText(string? reason) =>
        reason == Keeping.RestoreStanding.Reason
            ? new(
                "an older state of the database was put back, and no record tells whether it had left already",
                "数据库曾恢复为旧状态，没有记录能查证是否已发送"
            )
        : Enum.TryParse<GateReason>(reason, out var known) ? Of(known, "?")
        : new(reason ?? "", reason ?? "");

    private static string Of(string? detail) => detail is null ? "" : $" ({detail})";

    private static string OfZh(string? detail) => detail is null ? "" : $"（{detail}）";
}
