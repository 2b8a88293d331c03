using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>Reads <c>campaigns/senders/&lt;key&gt;.yaml</c>.</summary>
internal static class SenderReader
{
    // Their owners publish a policy that makes other servers refuse mail sent in their name from elsewhere.
    private static readonly string[] FreeMail =
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "aol.com",
        "gmx.de",
        "web.de",
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "sina.com",
    ];

    public static SenderProfile? Read(DraftFile file)
    {
        var names = file.ByLocale("from_name");
        foreach (var (locale, _) in names.Where(n => n.Value.Contains('@', StringComparison.Ordinal)))
        {
            var name = file.Fields.Node("from_name")!;
            file.Findings.Error(
                name.Line,
                name.Column,
                new Phrase(
                    $"The name for {locale} is an address; receivers distrust that.",
                    $"{locale} 的发件人名称是个邮箱地址，收件方会起疑。"
                ),
                new Phrase("Write the shop's name.", "请写店铺名称。")
            );
        }

        var from = Address(file, "from_address", required: true);
        var replyTo = file.Fields.Has("reply_to") ? Address(file, "reply_to", required: false) : from;
        var postal = file.Fields.Text("postal_address", required: true) is { } text ? TemplateTexts.Clean(text.Value) : "";
        file.Fields.Done();
        if (postal.Length == 0 && file.Fields.Node("postal_address") is { } at)
        {
            file.Findings.Error(
                at.Line,
                at.Column,
                new Phrase("The postal address is empty.", "邮寄地址是空的。"),
                new Phrase("Marketing mail must carry the sender's street address.", "营销邮件依法必须写明发件方的邮寄地址。")
            );
        }

        Mailboxes(file, from, replyTo);
        return file.Findings.HasErrors ? null : new SenderProfile(file.Key, names, from!.Value, replyTo!.Value, postal);
    }

    private static EmailAddress? Address(DraftFile file, string key, bool required)
    {
        if (file.Fields.Text(key, required) is not { } text)
        {
            return null;
        }

        if (EmailAddress.TryParse(text.Value, out var address, out var problem))
        {
            return address;
        }

        file.Findings.Error(
            text.Line,
            text.Column,
            new Phrase($"'{key}' {problem}.", $"“{key}”不是有效的邮箱地址。"),
            new Phrase("Write one plain address such as hello@shop.example.", "请写一个邮箱地址，例如 hello@shop.example。")
        );
        return null;
    }

    private static void Mailboxes(DraftFile file, EmailAddress? from, EmailAddress? replyTo)
    {
        if (from is not null && FreeMail.Contains(from.Domain, StringComparer.Ordinal))
        {
            Warn(
                file,
                "from_address",
                new Phrase(
                    $"Mail in the name of {from.Domain} that does not come from there is refused by most receivers.",
                    $"用 {from.Domain} 的地址代发，多数邮箱会拒收。"
                ),
                new Phrase("Use an address on the shop's own domain.", "请用店铺自有域名的邮箱。")
            );
        }

        var mailbox = replyTo?.Folded.Split('@')[0].Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        if (mailbox is "noreply" or "donotreply")
        {
            var at = file.Fields.Node("reply_to") ?? file.Fields.Node("from_address")!;
            file.Findings.Error(
                at.Line,
                at.Column,
                new Phrase(
                    "Replies go nowhere, and a reply is the best answer a retention mail can get.",
                    "回信没有人看，而顾客的回复恰恰是最宝贵的。"
                ),
                new Phrase("Use a mailbox that someone reads.", "请用有人查看的邮箱。")
            );
        }
    }

    private static void Warn(DraftFile file, string key, Phrase message, Phrase hint)
    {
        var at = file.Fields.Node(key) ?? file.Fields.Map;
        file.Findings.Warning(at.Line, at.Column, message, hint);
    }
}
