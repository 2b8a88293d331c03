using RetentionFuncs.Findings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Explanations;

/// <summary>What became of a call or text message, as people say it.</summary>
public static class OutcomeNames
{
    public static Phrase Of(TouchOutcome outcome) =>
        outcome switch
        {
            TouchOutcome.Delivered => new("delivered", "已送达"),
            TouchOutcome.Reached => new("reached", "已接通"),
            TouchOutcome.CallBack => new("asked to be called later", "请稍后回电"),
            TouchOutcome.NoAnswer => new("no answer", "无人接听"),
            TouchOutcome.Busy => new("busy", "占线"),
            TouchOutcome.Failed => new("failed", "发送失败"),
            TouchOutcome.WrongNumber => new("wrong number", "空号或错号"),
            TouchOutcome.Declined => new("not interested", "暂不感兴趣"),
            TouchOutcome.DoNotContact => new("wants no more of it", "要求不再联系"),
            _ => new("complained", "提出投诉"),
        };
}
