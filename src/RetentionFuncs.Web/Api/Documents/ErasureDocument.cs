using RetentionFuncs.Findings;
using RetentionFuncs.Keeping;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>What was forgotten of a person, where, and what a person must still do, told.</summary>
public static class ErasureDocument
{
    public static Document Of(ErasureReport report, string language)
    {
        var left = report.Places.SelectMany(p => p.Erasure.Left).ToArray();
        return Document.Of(
            new
            {
                customer = report.Customer.Value,
                report.AlreadyErased,
                places = report.Places.Select(p => new { place = p.Place.In(language), p.Erasure.Erased }),
                report.Suppressed,
                report.UnderWay,
                left,
                report.AtProvider,
            },
            () => Document.Lines(Sentences(report, left).Select(s => s.In(language)))
        );
    }

    private static IEnumerable<Phrase> Sentences(ErasureReport report, string[] left)
    {
        yield return report.AlreadyErased
            ? new("This person was erased before; every place was looked through again.", "此人此前已删除；已再次检查所有位置。")
            : new("The person is erased.", "已删除此人的资料。");
        foreach (var (place, erasure) in report.Places)
        {
            yield return new($"  {place.En}: {erasure.Erased:N0}", $"  {place.Zh}：{erasure.Erased:N0}");
        }

        yield return new(
            $"Addresses that get nothing more: {report.Suppressed:N0}. A keyed hash is kept for that and nothing else.",
            $"不再联系的地址：{report.Suppressed:N0} 个；为此仅保留带密钥的散列值。"
        );
        if (report.UnderWay > 0)
        {
            yield return new(
                $"{report.UnderWay:N0} messages are under way; their bare records are settled by evidence.",
                $"{report.UnderWay:N0} 条信息正在发送；仅保留空白记录，等待回执确认。"
            );
        }

        foreach (var name in left)
        {
            yield return new($"Look at it yourself, it names the person still: {name}", $"仍含此人信息，请人工处理：{name}");
        }

        foreach (var address in report.AtProvider)
        {
            yield return new(
                $"Have it erased at the mail provider too: {address} (SendGrid: POST /v3/recipients/erasejob).",
                $"请同时在邮件服务商处删除：{address}（SendGrid：POST /v3/recipients/erasejob）。"
            );
        }

        yield return new("Backups made before hold the person until they are deleted.", "此前的备份仍含此人资料，直到备份被删除。");
    }
}
