using RetentionFuncs.Messages;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>What the public pages say, in one language.</summary>
internal abstract class PageTexts
{
    public static bool Speaks(string language) => language is "en" or "zh";

    /// <summary>Chinese for <c>zh</c>, else English.</summary>
    public static PageTexts For(string language) => language == "zh" ? ChinesePageTexts.Instance : EnglishPageTexts.Instance;

    /// <summary>BCP 47.</summary>
    public abstract string Tag { get; }

    public abstract Page AskToUnsubscribe(string shop);

    public abstract Page Unsubscribed(string shop);

    public abstract Page Preferences(string shop, PreferenceView? view);

    public abstract Page AskToConfirm(string shop);

    public abstract Page Confirmed(string shop);

    /// <summary>A mail is on its way that asks for the confirmation.</summary>
    public abstract Page ComingBack(string shop);

    public abstract Page Saved(string shop);

    public abstract Page TooMuch();

    public abstract Page ComeBack();

    protected static string P(string text) => $"<p>{HtmlText.Encode(text)}</p>";

    protected static string Note(string text) => $"<p class=\"note\">{HtmlText.Encode(text)}</p>";

    /// <summary>Posts to the page's own address, so that the token stands in no second place.</summary>
    protected static string Form(string inner, string button) =>
        $"<form method=\"post\">\n{inner}<button type=\"submit\">{HtmlText.Encode(button)}</button>\n</form>\n";

    /// <summary>The first option is chosen.</summary>
    protected static string Choices(string name, string legend, params (string Value, string Label)[] options) =>
        $"<fieldset><legend>{HtmlText.Encode(legend)}</legend>\n"
        + string.Concat(options.Select((o, i) => Choice(name, o.Value, o.Label, i == 0)))
        + "</fieldset>\n";

    /// <summary>Boxes to tick, none ticked; empty without options.</summary>
    protected static string Boxes(string name, string legend, IEnumerable<(string Value, string Label)> options) =>
        string.Concat(
            options.Select(o =>
                $"<label><input type=\"checkbox\" name=\"{name}\" value=\"{HtmlText.Encode(o.Value)}\"><span>{HtmlText.Encode(o.Label)}</span></label>\n"
            )
        )
            is { Length: > 0 } boxes
            ? $"<fieldset><legend>{HtmlText.Encode(legend)}</legend>\n{boxes}</fieldset>\n"
            : "";

    /// <summary>The topics that are not refused, each to be refused.</summary>
    protected static IEnumerable<(string Value, string Label)> Open(PreferenceView? view, string language) =>
        (view?.Topics ?? []).Where(t => !t.Refused).Select(t => (t.Topic.Key, t.Topic.NameIn(language)));

    /// <summary>Names of the refused topics, or null without any.</summary>
    protected static string? Refused(PreferenceView? view, string language, string separator) =>
        string.Join(separator, (view?.Topics ?? []).Where(t => t.Refused).Select(t => t.Topic.NameIn(language))) is { Length: > 0 } names
            ? names
            : null;

    private static string Choice(string name, string value, string label, bool chosen) =>
        $"<label><input type=\"radio\" name=\"{name}\" value=\"{value}\"{(chosen ? " checked" : "")}><span>{HtmlText.Encode(label)}</span></label>\n";
}
