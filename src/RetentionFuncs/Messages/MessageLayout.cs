using System.Text;

namespace RetentionFuncs.Messages;

/// <summary>What stands around a message's body: head, shop name, why the reader gets it, postal address, links.</summary>
/// <param name="Unsubscribe">Null on service messages.</param>
internal sealed record MessageLayout(
    MessagePhrases Phrases,
    string Shop,
    string Why,
    IReadOnlyList<string> PostalLines,
    string? Unsubscribe,
    string Preferences
)
{
    public string Text(string body)
    {
        var text = new StringBuilder(body.ReplaceLineEndings("\n").Trim());
        _ = text.Append("\n\n-- \n").Append(Shop).Append('\n').Append(Why).Append('\n');
        foreach (var line in PostalLines)
        {
            _ = text.Append(line).Append('\n');
        }

        _ = text.Append(Phrases.Labelled(Phrases.Preferences, Preferences)).Append('\n');
        return Unsubscribe is null
            ? text.ToString()
            : text.Append(Phrases.Labelled(Phrases.Unsubscribe, Unsubscribe)).Append('\n').ToString();
    }

    public string Html(string subject, string text, string body)
    {
        var links = new StringBuilder(Link(Phrases.Preferences, Preferences));
        if (Unsubscribe is not null)
        {
            _ = links.Append(" &nbsp;·&nbsp; ").Append(Link(Phrases.Unsubscribe, Unsubscribe));
        }

        return $"""
            <!DOCTYPE html>
            <html lang="{Phrases.Tag}" dir="ltr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <meta name="format-detection" content="telephone=no, date=no, address=no">
            <title>{HtmlText.Encode(subject)}</title>
            <style>{MessageStyle.Css}</style>
            </head>
            <body class="page" style="margin:0;padding:0;background-color:#f3f1ec;">
            <div class="preview">{HtmlText.Encode(Preheader(text))}</div>
            <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f1ec;"><tr><td align="center" style="padding:24px 12px;">
            <table role="presentation" class="sheet" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background-color:#ffffff;border-radius:8px;">
            <tr><td class="head" style="padding:24px 32px 16px;border-bottom:1px solid #e6e2d9;{MessageStyle.Font}font-size:18px;line-height:24px;font-weight:600;color:#1f2328;">{HtmlText.Encode(
                Shop
            )}</td></tr>
            <tr><td class="body" style="padding:24px 32px 28px;{MessageStyle.Font}font-size:16px;line-height:26px;color:#1f2328;">
            {body.Trim()}
            </td></tr>
            </table>
            <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;"><tr><td class="foot" style="padding:20px 32px 8px;{MessageStyle.Font}font-size:13px;line-height:20px;color:#5b5f66;">
            <p style="margin:0 0 8px;">{HtmlText.Encode(Why)}</p>
            <p style="margin:0 0 8px;">{string.Join("<br>", PostalLines.Select(HtmlText.Encode))}</p>
            <p style="margin:0;">{links}</p>
            </td></tr></table>
            </td></tr></table>
            </body>
            </html>

            """;
    }

    /// <summary>The first line that says something: a short greeting is passed over when another line follows.</summary>
    private static string Preheader(string text)
    {
        var lines = text.Split('\n', 12, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var first =
            Array.Find(lines, l => l.Length > 40 || !(",，:：!！".Contains(l[^1], StringComparison.Ordinal)))
            ?? lines.FirstOrDefault()
            ?? "";
        return SafeText.Capped(first, 120);
    }

    private static string Link(string label, string url) =>
        $"<a class=\"quiet\" href=\"{HtmlText.Encode(url)}\" style=\"color:#5b5f66;text-decoration:underline;\">{HtmlText.Encode(label)}</a>";
}
