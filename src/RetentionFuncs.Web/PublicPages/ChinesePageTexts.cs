using System.Globalization;

namespace RetentionFuncs.Web.PublicPages;

internal sealed class ChinesePageTexts : PageTexts
{
    public static readonly ChinesePageTexts Instance = new();

    public override string Tag => "zh-CN";

    public override Page AskToUnsubscribe(string shop) =>
        new(
            "退订邮件",
            P($"点击下方按钮后，{shop}将不再向收到该邮件的邮箱发送优惠和资讯。")
                + Form("<input type=\"hidden\" name=\"unsubscribe\" value=\"yes\">\n", "确认退订")
                + Note("与您订单有关的通知不受影响。")
        );

    public override Page Unsubscribed(string shop) =>
        new(
            "退订成功",
            P($"从现在起，{shop}不会再向该链接对应的邮箱发送优惠和资讯。此前已在发送途中的邮件，可能还会收到一封。")
                + Note("如果之后仍收到邮件，可能是链接打开时不完整。请直接回复任意一封邮件并注明“退订”，我们会人工处理。")
        );

    public override Page Preferences(string shop, PreferenceView? view) =>
        new(
            $"您想收到{shop}的哪些邮件",
            (view is null ? "" : P(Now(view)))
                + (Refused(view, "zh", "、") is { } refused ? P($"您已选择不再接收：{refused}。") : "")
                + Form(
                    Choices("mail", "邮件内容", [.. Mail(view)])
                        + Boxes("stop", "不再接收以下内容", Open(view, "zh"))
                        + Choices("language", "邮件语言", ("keep", "保持不变"), ("zh-CN", "简体中文"), ("en", "English")),
                    "保存"
                )
                + Note(
                    view is { MayComeBack: true }
                        ? "如需恢复接收全部邮件，我们会先给您发一封确认邮件，点击其中的按钮后生效。"
                        : "以后想恢复接收，下单时告诉我们，或直接回复任意一封邮件即可。"
                )
        );

    private static IEnumerable<(string Value, string Label)> Mail(PreferenceView? view) =>
        [
            ("keep", "保持不变"),
            .. view is { MayComeBack: true } ? [("again", "恢复接收全部邮件")] : ((string, string)[])[],
            ("care", "不要优惠信息，只收资讯和关怀提醒（如保养到期）"),
            ("pause", $"暂停{PublicPageRoutes.PauseDays}天，期间不收任何邮件"),
            ("none", "全部不收（退订）"),
        ];

    public override Page AskToConfirm(string shop) =>
        new(
            "确认订阅",
            P($"点击下方按钮后，{shop}会向收到该邮件的邮箱发送优惠和资讯。您可以随时退订。")
                + Form("<input type=\"hidden\" name=\"confirm\" value=\"yes\">\n", "确认订阅")
                + Note("如果不是您本人申请的，关闭本页即可；不点按钮不会有任何变化。")
        );

    public override Page Confirmed(string shop) =>
        new(
            "感谢您",
            P($"{shop}已收到您的确认。")
                + Note("如果之后一直没有收到邮件，可能是链接不完整或已超过30天有效期。请重新申请，或直接回复任意一封邮件。")
        );

    public override Page ComingBack(string shop) =>
        new(
            "还差一步",
            P($"{shop}会给您发一封确认邮件，点击其中的按钮后即可恢复接收。在此之前，您的设置不变。")
                + Note("确认邮件每天最多发一封。如果到明天仍未收到，请直接回复我们的任意一封邮件，我们会人工处理。")
        );

    public override Page Saved(string shop) =>
        new(
            "已保存",
            P($"{shop}会按您的选择发送邮件。此前已在发送途中的邮件，可能还会收到一封。")
                + Note("如果设置没有生效，可能是链接打开时不完整。请直接回复任意一封邮件，我们会人工处理。")
        );

    public override Page TooMuch() => new("提交内容过大", P("这个页面只需要点一下按钮。请重新打开链接再试。"));

    public override Page ComeBack() => new("暂未完成", P("系统暂时出了点问题，您的设置没有改动。请过几分钟再试。"));

    private static string Now(PreferenceView view) =>
        view.Choice switch
        {
            MailChoice.CareOnly => "目前您会收到我们的资讯和关怀提醒，不会收到优惠信息。",
            MailChoice.Paused when view.PausedUntil is { } day =>
                $"目前为暂停接收状态，{day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)}起恢复。",
            MailChoice.Paused => "目前为暂停接收状态。",
            MailChoice.Nothing => "目前除订单通知外，您不会收到我们的任何邮件。",
            _ => "目前您会收到我们的优惠、资讯和关怀提醒。",
        };
}
