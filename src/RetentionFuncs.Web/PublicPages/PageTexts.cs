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

    private static string Choice(string name, string value, string label, bool chosen) =>
        $"<label><input type=\"radio\" name=\"{name}\" value=\"{value}\"{(chosen ? " checked" : "")}><span>{HtmlText.Encode(label)}</span></label>\n";
}
