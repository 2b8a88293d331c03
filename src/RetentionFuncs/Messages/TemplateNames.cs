using RetentionFuncs.Findings;

namespace RetentionFuncs.Messages;

/// <summary>A name that a template may use between double braces.</summary>
/// <param name="NeedsOffer">Whether it has a value only in a step that carries an offer.</param>
public sealed record TemplateName(string Name, Phrase Meaning, bool NeedsOffer);

/// <summary>The closed list of names in message templates; lint refuses every other one, and the renderer fills exactly these.</summary>
public static class TemplateNames
{
    public static IReadOnlyList<TemplateName> All { get; } =
    [
        Of("name", "the contact's name, or a friendly fallback (\"there\")", "收件人称呼；没有姓名时用“朋友”"),
        Of("shop", "the shop's name", "店铺名称"),
        Of("days_silent", "whole days since the last order", "距上次下单的整天数"),
        Of("last_order_date", "the day of the last order, written as the locale writes dates", "上次下单日期，按语言习惯书写"),
        Of("offer_percent", "the discount, as a number without the sign", "优惠幅度，只有数字、不带百分号", needsOffer: true),
        Of("offer_code", "the customer's own code", "该顾客专属的优惠码", needsOffer: true),
        Of("offer_ends", "the last day the code is accepted", "优惠码最后可用的日期", needsOffer: true),
        Of("shop_url", "the shop's address on the web", "店铺网址"),
        Of("preferences_url", "where the contact chooses what to receive", "收件偏好设置页"),
        Of(
            "confirm_url",
            "where the person confirms what they asked for; only with the trigger consent_requested",
            "确认订阅页；仅用于触发条件 consent_requested 的活动"
        ),
        Of("unsubscribe_url", "where the contact unsubscribes", "退订页"),
    ];

    /// <summary>The only block helpers; <c>else</c> stands inside a block.</summary>
    public static IReadOnlyList<string> Blocks { get; } = ["if", "unless"];

    /// <summary>Null when templates do not know the name; names are case-sensitive.</summary>
    public static TemplateName? Find(string name) => All.FirstOrDefault(n => string.Equals(n.Name, name, StringComparison.Ordinal));

    private static TemplateName Of(string name, string en, string zh, bool needsOffer = false) => new(name, new Phrase(en, zh), needsOffer);
}
