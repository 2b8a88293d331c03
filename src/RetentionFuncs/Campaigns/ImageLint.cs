using System.Net;
using System.Text.RegularExpressions;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>Looks at where the images of a message come from: mail programs load them from the web, over https, or not at all.</summary>
internal static partial class ImageLint
{
    /// <summary>More than so many make a message heavy, and look like an advertisement to filters.</summary>
    public const int Many = 12;

    public static void Check(YamlText html, FindingList findings)
    {
        var images = Images().Matches(html.Value);
        foreach (Match image in images)
        {
            if (Problem(WebUtility.HtmlDecode(image.Groups["src"].Value).Trim()) is var (message, hint))
            {
                Tell(html, image, message, hint, findings);
            }
        }

        if (images.Count > Many)
        {
            findings.Warning(
                html.Line,
                html.Column,
                new Phrase(
                    $"There are {images.Count} images in it; filters take so many for an advertisement.",
                    $"共有 {images.Count} 张图片，过多图片容易被当作广告拦截。"
                ),
                new Phrase($"Keep to {Many} or fewer, and say what matters in words.", $"请控制在 {Many} 张以内，重要内容用文字表达。")
            );
        }
    }

    /// <param name="hosts">Where the business keeps its images; empty: anywhere on the web.</param>
    public static void CheckHosts(DraftTemplate template, IReadOnlyList<string> hosts)
    {
        if (hosts.Count == 0 || template.File.Fields.Node("locales") is not YamlMap locales)
        {
            return;
        }

        foreach (var html in locales.Entries.Select(e => (e.Value as YamlMap)?.Find("html")).OfType<YamlText>())
        {
            foreach (Match image in Images().Matches(html.Value))
            {
                var source = WebUtility.HtmlDecode(image.Groups["src"].Value).Trim();
                if (
                    Uri.TryCreate(source, UriKind.Absolute, out var uri)
                    && uri.Scheme == Uri.UriSchemeHttps
                    && !hosts.Contains(uri.Host, StringComparer.OrdinalIgnoreCase)
                )
                {
                    Tell(
                        html,
                        image,
                        new Phrase(
                            $"This image lies on '{uri.Host}', which is none of the hosts named under images: in retention.yaml.",
                            $"这张图片位于“{uri.Host}”，不在 retention.yaml 的 images: 所列主机之内。"
                        ),
                        new Phrase($"Put it on {hosts[0]}, or add the host there.", $"请把图片放到 {hosts[0]}，或在那里添加该主机。"),
                        template.File.Findings
                    );
                }
            }
        }
    }

    private static (Phrase Message, Phrase Hint)? Problem(string source)
    {
        if (source.StartsWith("{{", StringComparison.Ordinal))
        {
            return null;
        }

        if (source.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return (
                new Phrase(
                    "An image inside the message (data:) is shown by few mail programs, and makes it too long for Gmail.",
                    "内嵌图片（data:）多数邮箱不显示，还会让邮件过长被 Gmail 截断。"
                ),
                new Phrase("Put the image on the web, and write its https address.", "请把图片放到网上，填写 https 地址。")
            );
        }

        if (source.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return (
                new Phrase(
                    "This image is fetched without encryption (http), which mail programs refuse or warn of.",
                    "这张图片使用 http，未加密，邮箱会拦截或提示风险。"
                ),
                new Phrase("Write https.", "请改用 https。")
            );
        }

        return source.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(source, UriKind.Absolute, out _)
            ? null
            : (
                new Phrase(
                    $"'{Short(source)}' is a place on your machine or none; nobody who reads the message can fetch it.",
                    $"“{Short(source)}”是本机路径或无效地址，收件人无法看到。"
                ),
                new Phrase(
                    "Put the image where your shop keeps its pictures, and write the full address, such as https://www.your-shop.example/mail/picture.png.",
                    "请先把图片上传到店铺网站或图床，再填写完整地址，例如 https://www.your-shop.example/mail/picture.png。"
                )
            );
    }

    private static void Tell(YamlText html, Match image, Phrase message, Phrase hint, FindingList findings)
    {
        var (line, column) = html.PlaceOf(image.Index);
        findings.Error(line, column, message, hint);
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";

    [GeneratedRegex(
        """<(?:img\b[^>]*?\ssrc|[a-z]+\b[^>]*?\sbackground)\s*=\s*(?:"(?<src>[^"]*)"|'(?<src>[^']*)'|(?<src>[^\s"'>]+))""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Images();
}
