using RetentionFuncs.Findings;
using RetentionFuncs.HandOffs;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>The lists of calls and text messages, told.</summary>
public static class HandOffDocuments
{
    /// <summary>Lists just made or written.</summary>
    /// <param name="fileOf">Where a list was written to; null where it is to be fetched.</param>
    public static Document Made(IReadOnlyList<HandOffListing> made, string language, Func<HandOffBatch, string>? fileOf = null) =>
        Document.Of(
            made.Select(l => new
            {
                list = l.Batch.Id,
                file = fileOf?.Invoke(l.Batch),
                contacts = l.Rows.Count,
                leftOut = l.LeftOut.Select(o => new { reason = o.Key.In(language), count = o.Value }),
            }),
            () =>
                made.Count == 0
                    ? Document.Lines([new Phrase("Nothing is waiting to be handed off.", "目前没有待移交的联系。").In(language)])
                    : Document.Lines(made.SelectMany(l => Lines(l, language, fileOf?.Invoke(l.Batch) ?? l.Batch.Id)))
        );

    /// <summary>All lists, and what waits for the next.</summary>
    public static Document All(IReadOnlyList<HandOffBatch> batches, int calls, int texts, string language) =>
        Document.Of(
            new
            {
                waiting = new { phone = calls, sms = texts },
                lists = batches.Select(b => new
                {
                    list = b.Id,
                    b.At,
                    b.Count,
                    b.IsClosed,
                }),
            },
            () =>
                Document.Lines([
                    .. batches.Select(b => FormattableString.Invariant($"{b.Id}  {b.Count, 7:N0}  {b.At.UtcDateTime:yyyy-MM-dd HH:mm}Z")),
                    new Phrase(
                        $"Waiting: {calls:N0} calls, {texts:N0} text messages.",
                        $"待移交：电话 {calls:N0} 个，短信 {texts:N0} 条。"
                    ).In(language),
                ])
        );

    private static IEnumerable<string> Lines(HandOffListing listing, string language, string name)
    {
        var (contacts, left) = (listing.Rows.Count, listing.LeftOut.Sum(l => l.Value));
        yield return new Phrase(
            $"{name}: {contacts:N0} contacts, {left:N0} left out.",
            $"{name}：共 {contacts:N0} 人，剔除 {left:N0} 人。"
        ).In(language);
        foreach (var (why, count) in listing.LeftOut)
        {
            yield return $"  {count:N0}: {why.In(language)}";
        }
    }
}
