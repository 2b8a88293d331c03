using RetentionFuncs.Campaigns;
using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Reports;

/// <summary>Reasons as they are told of many people at once, where a single person's date or address part would make no sense.</summary>
internal static class GeneralReasons
{
    public static Phrase Of(GateReason? reason) =>
        reason switch
        {
            null => new("no reason on file", "无记录"),
            GateReason.CrossedBeforeStart => new("fell silent before the campaign began", "在活动开始前已进入该阶段"),
            GateReason.LeftAudience => new("no longer in the audience when a place came", "轮到名额时已不在目标人群内"),
            GateReason.Unsubscribed => new("unsubscribed", "已退订"),
            GateReason.NoOffersWanted => new("asked for no offers", "不要优惠信息"),
            GateReason.TopicRefused => new("do not want to hear about the topic", "不想接收这类话题"),
            GateReason.PausedByPerson => new("asked for a break", "要求暂停接收"),
            GateReason.ComplainedBefore => new("reported a message as spam", "曾举报为垃圾邮件"),
            GateReason.HardBounced => new("the mailbox does not exist", "邮箱不存在"),
            GateReason.SuppressedByHand => new("blocked by hand", "人工屏蔽"),
            GateReason.NobodyToWriteTo => new("nobody to write to", "没有可联系的人"),
            GateReason.RoleAddress => new("a role mailbox, not a person", "公用邮箱，不是个人"),
            GateReason.ReservedDomain => new("a domain reserved for examples", "示例专用域名"),
            GateReason.TooLongSilent => new("silent for too long to be written to", "沉睡太久，不宜再发"),
            GateReason.WarmingUp => new("the day's share of the warm-up was used up", "预热期当日发送量已用完"),
            GateReason.CanaryBounced => new("too many of the canary batch came back", "试发退信过多"),
            GateReason.StrongerCampaign => new("a more important campaign went first", "更重要的活动优先"),
            { } known => ReasonSentences.Of(known),
        };
}
