using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Explanations;

/// <summary>What the consent history says, without naming an address.</summary>
public static class ConsentSentences
{
    public static Phrase Of(ConsentEntry entry)
    {
        var (channel, told) = (NameOf(entry.Channel), Told(entry));
        return new($"Consent, {channel.En}: {told.En}{Where(entry, false)}.", $"许可（{channel.Zh}）：{told.Zh}{Where(entry, true)}。");
    }

    /// <param name="number">Row of the history from which on it cannot be trusted.</param>
    public static Phrase Broken(int number) =>
        new(
            $"The consent history does not hold from row {number} on: a row was changed, added or taken away by other means than this program.",
            $"许可记录从第 {number} 条起校验不通过：有记录被本程序以外的方式修改、添加或删除。"
        );

    private static Phrase Told(ConsentEntry entry) =>
        entry.Act switch
        {
            ConsentAct.Requested => new("asked for marketing mail, to be confirmed", "申请接收营销邮件，待确认"),
            ConsentAct.TopicsRefused => new($"does not want to hear about {entry.Detail}", $"不再接收话题：{entry.Detail}"),
            ConsentAct.Lifted => new($"the confirmation took back: {entry.Detail}", $"经本人确认后解除：{entry.Detail}"),
            ConsentAct.TakenBack when entry.State is null => new("none any more, since an import was undone", "因撤销导入，不再有记录"),
            ConsentAct.TakenBack => new($"again {Answer(entry).En}, since an import was undone", $"因撤销导入，恢复为：{Answer(entry).Zh}"),
            ConsentAct.FoundOnFile => new($"{Answer(entry).En} (on file before this history began)", $"{Answer(entry).Zh}（早于本记录）"),
            _ => Answer(entry),
        };

    private static Phrase Answer(ConsentEntry entry)
    {
        if (entry.State == ConsentState.Denied)
        {
            return new("no", "拒绝");
        }

        var basis = entry.Basis switch
        {
            ConsentBasis.Express => new Phrase("express", "明示同意"),
            ConsentBasis.SoftOptIn => new Phrase("soft opt-in after a sale", "购买时未拒绝"),
            ConsentBasis.Inquiry => new Phrase("implied by an inquiry", "由咨询推定"),
            _ => new Phrase("implied by a purchase", "由购买推定"),
        };
        return entry.ConfirmedAt is null
            ? new($"yes, {basis.En}", $"同意，{basis.Zh}")
            : new($"yes, {basis.En}, confirmed by mail", $"同意，{basis.Zh}，已经邮件确认");
    }

    private static string Where(ConsentEntry entry, bool isChinese) =>
        (isChinese ? $"；来源“{entry.Source}”" : $"; said at '{entry.Source}'")
        + (
            entry.Words is not { } words ? ""
            : isChinese ? $"，文本版本“{words}”"
            : $", on the words '{words}'"
        );

    private static Phrase NameOf(Channel channel) =>
        channel switch
        {
            Channel.Email => new("e-mail", "邮件"),
            Channel.Sms => new("text messages", "短信"),
            _ => new("calls", "电话"),
        };
}
