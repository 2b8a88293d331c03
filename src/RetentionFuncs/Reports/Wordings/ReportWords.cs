using RetentionFuncs.Campaigns;
using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Reports.Wordings;

/// <summary>The labels of a report in one language, English or Simplified Chinese, each pair side by side.</summary>
internal sealed class ReportWords(string language)
{
    private readonly bool _chinese = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);

    public ReportNumbers Numbers => new(_chinese);

    /// <summary>For the document's <c>lang</c>.</summary>
    public string Language => _chinese ? "zh-CN" : "en";

    public string Report => T("Retention report", "客户留存报告");

    public string AsOf(DateOnly day) => T($"as of {Numbers.Day(day)}", $"截至{Numbers.Day(day)}");

    public string Stages => T("Customers by stage", "客户所处阶段");

    public string StagesNote(int customers) =>
        T($"{Numbers.Whole(customers)} customers with at least one order", $"共 {Numbers.Whole(customers)} 位下过单的客户");

    public string ChurnRate => T("Churn rate", "流失率");

    public string ChurnNote(RetentionReport report) =>
        report.ChurnIs is { } told ? Of(told)
        : report.LapsedDays is { } d ? T($"share of customers without an order for {d} days or longer", $"{d} 天及以上没有下单的客户占比")
        : T("share of customers silent far beyond their own rhythm", "沉默时间远超自身购买节奏的客户占比");

    public string Campaigns => T("What the campaigns changed", "活动带来了什么");

    public string CampaignsNote =>
        T(
            "Points more (or fewer) of the people written to who ordered, against people left alone by lot. Bars are 95 % intervals.",
            "触达组与随机留出的对照组相比，下单比例高出（或低于）几个百分点；横线为 95% 置信区间。"
        );

    public string Arms => T("Who ordered", "下单比例");

    public string ArmsNote(int days) =>
        T(
            $"Share who ordered within {days} days of entering, with its 95 % interval.",
            $"进入活动后 {days} 天内下单的比例及其 95% 置信区间。"
        );

    public string TreatedArm => T("written to", "触达组");

    public string ControlArm => T("left alone", "对照组");

    public string Difference => T("difference", "差值");

    public string Points => T("points", "个百分点");

    public string Truth => T("true effect", "真实效果");

    public string PerCustomer => T("Net revenue per customer", "人均净收入");

    public string MoneyExtra => T("Extra revenue", "增量收入");

    public string Coupons => T("Coupons", "优惠券");

    public string Messages => T("Messages", "消息");

    public string Skips => T("Why people were skipped", "为什么没有发给这些人");

    public string People => T("people", "人数");

    public string Entered => T("Entered", "进入人数");

    public string Extra => T("extra customers, beyond those who would have come by themselves", "增量客户：不做活动就不会回来下单的人");

    public string Moved(string points, int days) => T($"{points} points in {days} days", $"{days} 天内 {points} 个百分点");

    /// <summary>In brackets behind what stands before.</summary>
    public string Aside(string text) => T($" ({text})", $"（{text}）");

    public string Comma => T(", ", "，");

    public string Colon => T(": ", "：");

    public string Deliveries => T("Deliveries", "送达情况");

    public string Attention => T("Needs attention", "需要处理");

    public string NothingToDo => T("Nothing waits for a person.", "没有需要人工处理的事项。");

    public string NoCampaigns => T("No campaign has entered anyone yet.", "还没有客户进入任何活动。");

    public string NoCustomers => T("No customer has ordered yet.", "还没有客户下过单。");

    public string AllCustomers => T("all", "全部");

    /// <summary>The value tiers that were counted, the highest first, each with its name.</summary>
    public IEnumerable<(string Name, IReadOnlyList<StageDay> Days)> Tiers(StageSeries series) =>
        series.ByTier.OrderByDescending(t => t.Key).Select(t => (Of(t.Key.Name()), t.Value));

    public string Country(string code) => code.Length == 0 ? T("unknown", "未知") : code;

    public string Change(int days) => T($"change in {days} days", $"{days} 天变化");

    public string HowToRead => T("How to read this", "怎样看这份报告");

    public string Stage(LapseStage stage) => T(stage.ToString().ToLowerInvariant(), StageNames.Zh(stage));

    public string Job(CampaignJob job) => job == CampaignJob.WinBack ? T("winning back", "挽回流失") : T("keeping", "防止流失");

    public string State(TouchpointState state) =>
        state switch
        {
            TouchpointState.Planned => T("planned", "待发送"),
            TouchpointState.Sending => T("being sent", "发送中"),
            TouchpointState.Sent => T("sent", "已发送"),
            TouchpointState.Refused => T("refused by the provider", "服务商拒收"),
            TouchpointState.Unknown => T("unknown", "结果未知"),
            TouchpointState.Skipped => T("skipped", "主动跳过"),
            TouchpointState.Expired => T("expired", "过期未发"),
            _ => T("put aside", "搁置待处理"),
        };

    /// <summary>The counts of deliveries in the order they are told, with their labels.</summary>
    public IReadOnlyList<(string Label, int Count)> DeliveryRows(DeliveryCounts d) =>
        [
            (T("sent", "已发送"), d.Sent),
            (T("delivered", "已送达"), d.Delivered),
            (T("bounced", "退信"), d.Bounced),
            (T("dropped by the provider", "服务商丢弃"), d.Dropped),
            (T("complained", "投诉为垃圾邮件"), d.Complained),
            (T("unsubscribed", "退订"), d.Unsubscribed),
            (T("outcome unknown", "结果未知"), d.Unknown),
            (T("not confirmed", "尚未确认"), d.Unconfirmed),
        ];

    public string Of(Phrase phrase) => phrase.In(Language);

    /// <summary>The one of the two that this report is written in.</summary>
    public string T(string english, string chinese) => _chinese ? chinese : english;
}
