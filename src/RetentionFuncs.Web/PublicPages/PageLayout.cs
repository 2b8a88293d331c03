using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Web.PublicPages;

/// <param name="Body">HTML, encoded where it holds data.</param>
internal sealed record Page(string Title, string Body);

/// <summary>The frame of every public page, readable by screen readers, on phones and in the dark.</summary>
internal static class PageLayout
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{margin:0;padding:40px 16px;background:#f3f1ec;color:#1f2328;font:17px/1.6 -apple-system,"Segoe UI",Roboto,Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
        main{max-width:34rem;margin:0 auto;padding:32px;background:#fff;border-radius:8px}
        .shop{margin:0 0 20px;color:#5b5f66;font-size:15px}
        h1{margin:0 0 16px;font-size:24px;line-height:1.3}
        p{margin:0 0 16px}
        fieldset{margin:0 0 20px;padding:0;border:0}
        legend{padding:0;margin-bottom:8px;font-weight:600}
        label{display:flex;gap:10px;padding:8px 0;align-items:baseline}
        input{flex:none;accent-color:#0b5cad}
        button{padding:12px 28px;border:0;border-radius:6px;background:#0b5cad;color:#fff;font:inherit;font-weight:600;cursor:pointer}
        button:focus-visible,input:focus-visible{outline:3px solid #d98c00;outline-offset:2px}
        .note{margin:20px 0 0;color:#5b5f66;font-size:15px}
        @media(prefers-color-scheme:dark){body{background:#15171a;color:#eceae4}main{background:#202327}.shop,.note{color:#a9adb3}button{background:#8ab8f0;color:#10233a}input{accent-color:#8ab8f0}}
        """;

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static string Html(Page page, string shop, string tag) =>
        $"""
            <!DOCTYPE html>
            <html lang="{tag}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex, nofollow">
            <title>{HtmlText.Encode(page.Title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <p class="shop">{HtmlText.Encode(shop)}</p>
            <h1>{HtmlText.Encode(page.Title)}</h1>
            {page.Body}
            </main>
            </body>
            </html>

            """;
}
