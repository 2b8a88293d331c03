using RetentionFuncs.Findings;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>Whether a person has stopped all sending, told.</summary>
public static class KillSwitchDocument
{
    public static Document Of(bool on, string language) =>
        Document.Of(
            new { on },
            () =>
                Document.Lines([
                    (
                        on
                            ? new Phrase(
                                "The kill switch is on: nothing is sent, but for what was in flight and at most five seconds of sends.",
                                "紧急停发已开启：除已在途和最多五秒内的信息外，不再发送任何内容。"
                            )
                            : new Phrase("The kill switch is off: messages may leave.", "紧急停发已关闭：信息可以正常发送。")
                    ).In(language),
                ])
        );
}
