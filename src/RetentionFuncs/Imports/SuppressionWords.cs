using System.Text.RegularExpressions;
using RetentionFuncs.ContactPolicy;

namespace RetentionFuncs.Imports;

/// <summary>Why an address is on a list, in the words of the tools that shops come from.</summary>
internal static partial class SuppressionWords
{
    private static readonly Dictionary<string, SuppressionReason> Reasons = ChoiceFields.Table(
        (
            SuppressionReason.Unsubscribed,
            "unsubscribe unsubscribed unsub opt_out optout opted_out opted_out_of_email global_unsubscribe group_unsubscribe list_unsubscribe "
                + "unsubscribed_from_all_email unsubscribed_from_all 退订 已退订 取消订阅 主动退订"
        ),
        (
            SuppressionReason.Complaint,
            "complaint complained spam spam_complaint spam_report spamreport marked_as_spam marked_email_as_spam reported_spam reported_as_spam "
                + "abuse abuse_complaint abuse_report 投诉 已投诉 举报 垃圾邮件 标记为垃圾邮件"
        ),
        (
            SuppressionReason.HardBounce,
            "bounce bounced bounces hard hard_bounce hardbounce hard_bounced cleaned invalid invalid_email invalid_address invalid_number "
                + "undeliverable permanent 硬退信 退信 硬退 无效 无效地址 无效邮箱 空号 停机"
        ),
        (
            SuppressionReason.Manual,
            "manual manually manually_suppressed manual_suppression user_suppressed suppressed blocked blacklist blacklisted blocklist "
                + "do_not_contact dnc other imported 手动 人工 手工添加 黑名单 拉黑 禁止联系 其他"
        )
    );

    private static readonly HashSet<string> Passing =
    [
        "soft",
        "soft_bounce",
        "soft_bounced",
        "temporary",
        "deferred",
        "软退信",
        "软退",
        "临时",
    ];

    public static readonly Wording NotForGood = new(
        "is a failure that passes, which is no reason to suppress",
        "属于暂时性失败，不构成屏蔽理由"
    );

    public static readonly Wording TakenAsManual = new(
        "is none of unsubscribe, complaint, bounce, manual; taken as manual",
        "不属于退订、投诉、硬退信、手动；按“手动”处理"
    );

    /// <param name="isPassing">The address was refused for now only.</param>
    /// <returns>Null for words nobody knows.</returns>
    public static SuppressionReason? Of(string text, out bool isPassing)
    {
        var folded = ChoiceFields.Fold(text);
        isPassing = Passing.Contains(folded);
        if (isPassing)
        {
            return null;
        }

        if (Reasons.TryGetValue(folded, out var reason))
        {
            return reason;
        }

        // What a mail server said, as SendGrid's list of bounces has it: 5.1.1, "550 5.1.1 no such user".
        if (Reply().Match(text) is { Success: true } reply)
        {
            isPassing = reply.Groups[1].ValueSpan is "4";
            return isPassing ? null : SuppressionReason.HardBounce;
        }

        return folded.Contains("spam", StringComparison.Ordinal) || folded.Contains("abuse", StringComparison.Ordinal)
                ? SuppressionReason.Complaint
            : folded.Contains("unsubscri", StringComparison.Ordinal) ? SuppressionReason.Unsubscribed
            : null;
    }

    [GeneratedRegex(@"^\s*([45])(?:\d\d\b|\.\d{1,3}\.\d{1,3}\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Reply();
}

/// <summary>Which ways of contact a row speaks of.</summary>
[Flags]
internal enum ChannelSet
{
    Email = 1,
    Sms = 2,
    Phone = 4,
    All = Email | Sms | Phone,
}

internal static class ChannelWords
{
    private static readonly Dictionary<string, ChannelSet> Words = ChoiceFields.Table(
        (ChannelSet.Email, "email e_mail mail newsletter 邮件 电子邮件 邮箱"),
        (ChannelSet.Sms, "sms text text_message mobile mms 短信"),
        (ChannelSet.Phone, "phone call calls voice telephone 电话 外呼"),
        (ChannelSet.All, "all any global everything 全部 所有 全渠道")
    );

    public static ChannelSet? Of(ReadOnlySpan<char> text, out Wording problem) =>
        ChoiceFields.Find(Words, text, "email, sms, phone, all", out problem);
}
