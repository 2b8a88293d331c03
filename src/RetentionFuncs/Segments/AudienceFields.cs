using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Segments;

/// <summary>One name that expressions know.</summary>
/// <param name="Read">Null while it is not known: neither a condition on it holds then, nor its opposite.</param>
internal sealed record AudienceField(string Name, FactKind Kind, Phrase Meaning, Func<AudienceFacts, FactValue?> Read)
{
    public override string ToString() => Name;
}

/// <summary>The closed list of names in audience expressions.</summary>
public static class AudienceFields
{
    /// <summary>The condition that holds for every customer.</summary>
    public const string Everyone = "everyone";

    private static readonly FactKind.Whole Count = new(0, 1_000_000, new Phrase("a whole number", "整数"));
    private static readonly FactKind.Whole Days = new(0, 36_500, new Phrase("a number of days", "天数"));
    private static readonly FactKind.Whole Rank = new(0, 5, new Phrase("a rank", "等级"));
    private static readonly FactKind.Flag Flag = new();
    private static readonly FactKind.Amount Amount = new();
    private static readonly FactKindOfWords Kind = new(new Phrase("a kind of customer", "客户类型"), ["person", "account"]);

    private static readonly FactKind.Whole Percent = new(0, 100, new Phrase("a percentage", "百分比"));
    private static readonly FactKindOfWords Reason = new(new Phrase("a reason", "流失原因"), [.. ReasonWords.All.Keys, "unknown"]);

    internal static IReadOnlyList<AudienceField> All { get; } =
    [
        Of("stage", new FactKindOfStages(), "new, active < cooling < lapsing < lapsed < lost", "流失阶段，依次更远", f => (int)f.Stage),
        Of("days_silent", Days, "whole days since the last purchase day", "距上次购买的整天数", f => f.DaysSilent),
        Of("orders", Count, "number of purchases", "购买次数", f => f.Orders),
        Of("purchase_days", Count, "number of different days with a purchase", "有购买的天数", f => f.PurchaseDays),
        Of("spend", Amount, "net spend in the business's currency", "净消费额（店铺货币）", f => f.Spend),
        Of("average_order", Amount, "spend divided by orders", "平均客单价", f => f.AverageOrder),
        Of("tenure_days", Days, "whole days since the first purchase day", "距首次购买的整天数", f => f.TenureDays),
        Of("recency_rank", Rank, "1 to 5, 5 the best; 0 while not ranked", "最近购买等级 1–5，5 最好；0 为尚未分级", f => f.RecencyRank),
        Of(
            "frequency_rank",
            Rank,
            "1 to 5, 5 the best; 0 while not ranked",
            "购买频次等级 1–5，5 最好；0 为尚未分级",
            f => f.FrequencyRank
        ),
        Of("monetary_rank", Rank, "1 to 5, 5 the best; 0 while not ranked", "消费金额等级 1–5，5 最好；0 为尚未分级", f => f.MonetaryRank),
        new(
            "country",
            new FactKindOfCountries(),
            new("two-letter country code", "两个字母的国家或地区代码"),
            f => new FactValue(0, f.Country)
        ),
        new("locale", new FactKindOfLocales(), new("language; zh covers zh-CN", "语言；zh 包含 zh-CN"), f => new FactValue(0, f.Locale)),
        Of("kind", Kind, "person or account", "个人 person 或企业 account", f => (int)f.Kind),
        Of("bought_once", Flag, "exactly one purchase day", "只在一天里买过", f => f.BoughtOnce ? 1 : 0),
        Of("has_email", Flag, "a usable e-mail address is known", "有可用邮箱", f => f.HasEmail ? 1 : 0),
        Of("consent", Flag, "agreed to marketing by e-mail", "同意接收营销邮件", f => f.Consent ? 1 : 0),
        Of("has_mobile", Flag, "a number is known that text messages reach", "有可收短信的手机号", f => f.HasMobile ? 1 : 0),
        Of("sms_consent", Flag, "agreed to marketing by text message", "同意接收营销短信", f => f.SmsConsent ? 1 : 0),
        Of("phone_consent", Flag, "agreed to marketing calls", "同意接听营销电话", f => f.PhoneConsent ? 1 : 0),
        Of(
            "likely_reason",
            Reason,
            "the likeliest reason to leave; unknown when nothing speaks clearly for one",
            "最可能的流失原因；证据不足时为 unknown",
            f => f.Signals.LikelyReason is { } reason ? (int)reason : ReasonWords.All.Count
        ),
        Of(
            "partial_defection",
            Flag,
            "still orders, but has dropped a product family or fallen far below their own spend",
            "仍在下单，但已停买某个品类，或消费远低于自己以往水平",
            f => f.Signals.PartialDefection ? 1 : 0
        ),
        Of("discount_share", Percent, "percent of orders with a discount or coupon", "使用折扣或优惠券的订单百分比", f => f.DiscountShare),
        Of("families", Count, "number of different product families bought", "买过的品类数", f => f.Families),
        Of(
            "stock_days",
            Days,
            "days until a dealer runs out of the scarcest product, by the newest count and its pace of sales; unknown without a count of the last 60 days",
            "经销商最紧缺商品还够卖的天数（按最近盘点和销售速度推算；60 天内没有盘点则为未知）",
            f => f.Signals.StockDays
        ),
        .. ValueFields.All,
    ];

    /// <summary>Every name with its meaning, for pages and completion; in the order people think of them.</summary>
    public static IReadOnlyList<KeyValuePair<string, Phrase>> Meanings { get; } =
    [.. All.Select(f => KeyValuePair.Create(f.Name, f.Meaning)), KeyValuePair.Create(Everyone, new Phrase("every customer", "所有顾客"))];

    internal static IReadOnlyList<string> Names { get; } = [.. Meanings.Select(m => m.Key)];

    internal static AudienceField? Find(string name) =>
        All.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));

    internal static AudienceField Of(string name, FactKind kind, string en, string zh, Func<AudienceFacts, decimal?> read) =>
        new(name, kind, new Phrase(en, zh), facts => read(facts) is { } number ? new FactValue(number) : null);
}
