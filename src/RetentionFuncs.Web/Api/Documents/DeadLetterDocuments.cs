using RetentionFuncs.Findings;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>Messages that wait for a person, told.</summary>
public static class DeadLetterDocuments
{
    public static Document List(IReadOnlyList<DeadLetter> letters, string language) =>
        Document.Of(
            letters,
            () =>
                Document.Lines([
                    .. letters.Select(l => $"{l.ParkedAt.UtcDateTime:u}  {l.Queue}  {l.Id}  {l.Reason}"),
                    new Phrase($"{letters.Count:N0} messages wait.", $"{letters.Count:N0} 条消息待处理。").In(language),
                ])
        );

    public static Document One(DeadLetter letter, string language)
    {
        string Say(string en, string zh) => new Phrase(en, zh).In(language);
        return Document.Of(
            letter,
            () =>
                Document.Lines([
                    $"{letter.Id}  ({letter.Queue})",
                    Say(
                        $"  put aside {letter.ParkedAt.UtcDateTime:u} after {letter.Attempts:N0} attempts",
                        $"  于 {letter.ParkedAt.UtcDateTime:u} 搁置，此前尝试 {letter.Attempts:N0} 次"
                    ),
                    "  " + letter.Reason,
                    "  " + letter.Body,
                ])
        );
    }

    public static Document Replayed(DeadLetter letter, string language) =>
        Settled(letter, "replayed", new($"{letter.Id} is queued again.", $"{letter.Id} 已重新入队。"), language);

    public static Document Dropped(DeadLetter letter, string language) =>
        Settled(letter, "dropped", new($"{letter.Id} is dropped.", $"{letter.Id} 已丢弃。"), language);

    private static Document Settled(DeadLetter letter, string done, Phrase said, string language) =>
        Document.Of(
            new
            {
                letter.Queue,
                letter.Id,
                done,
            },
            () => Document.Lines([said.In(language)])
        );
}
