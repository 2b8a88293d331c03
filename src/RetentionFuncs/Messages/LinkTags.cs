using System.Net;
using System.Text.RegularExpressions;

namespace RetentionFuncs.Messages;

/// <summary>
/// Puts tags on the links of a message that lead to the shop. Links to any other host, and those of unsubscribing and preferences, stay
/// as they are; so does whatever is not surely a whole link.
/// </summary>
/// <param name="Host">The shop's host; a link must name exactly this one, whatever its port.</param>
/// <param name="Tags">Names and values, not yet encoded.</param>
/// <param name="Untouched">Addresses (with what follows them) that are never tagged.</param>
internal sealed partial record LinkTags(string Host, IReadOnlyList<KeyValuePair<string, string>> Tags, IReadOnlyList<string> Untouched)
{
    /// <summary>Null when nothing is to be tagged.</summary>
    public static LinkTags? Of(RenderRequest request)
    {
        var (business, own) = (request.Business.Utm, request.Version.Campaign.Utm);
        if ((business ?? own) is null || !Uri.TryCreate(request.Links.Shop, UriKind.Absolute, out var shop))
        {
            return null;
        }

        var tags = (own ?? new UtmTags(null, null, null)).Over(business).For(request.Version.Campaign.Key);
        return new LinkTags(shop.Host, tags, [request.Links.Unsubscribe.Split('?')[0], request.Links.Preferences.Split('?')[0]]);
    }

    /// <summary>The <c>href</c> of each <c>a</c>, read and written in HTML's own encoding.</summary>
    public string InHtml(string html) =>
        Anchor()
            .Replace(
                html,
                match =>
                {
                    var given = match.Groups["url"];
                    var address = WebUtility.HtmlDecode(given.Value);
                    var tagged = Tagged(address.Trim());
                    var at = given.Index - match.Index;
                    return tagged == address.Trim()
                        ? match.Value
                        : match.Value[..at] + HtmlText.Encode(tagged) + match.Value[(at + given.Length)..];
                }
            );

    public string InText(string text) =>
        Address()
            .Replace(
                text,
                match =>
                {
                    // A letter right behind may belong to the address, as in …/新品: better without tags than broken.
                    var end = match.Index + match.Length;
                    if (end < text.Length && char.IsLetterOrDigit(text[end]))
                    {
                        return match.Value;
                    }

                    var address = WithoutMarks(match.Value);
                    return Tagged(address) + match.Value[address.Length..];
                }
            );

    /// <summary>The address with the tags it does not have yet; its own query and fragment are kept.</summary>
    public string Tagged(string address)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || !string.Equals(uri.Host, Host, StringComparison.OrdinalIgnoreCase)
            || Untouched.Any(u => address.StartsWith(u, StringComparison.OrdinalIgnoreCase))
        )
        {
            return address;
        }

        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var (main, fragment) = hash < 0 ? (address, "") : (address[..hash], address[hash..]);
        var query = main.IndexOf('?', StringComparison.Ordinal);
        var names =
            query < 0 ? [] : main[(query + 1)..].Split('&').Select(p => p.Split('=')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var added = string.Join('&', Tags.Where(t => !names.Contains(t.Key)).Select(t => $"{t.Key}={Uri.EscapeDataString(t.Value)}"));
        var joint =
            added.Length == 0 ? ""
            : query < 0 ? "?"
            : main[^1] is '?' or '&' ? ""
            : "&";
        return main + joint + added + fragment;
    }

    /// <summary>Marks of the sentence around an address do not belong to it.</summary>
    private static string WithoutMarks(string address)
    {
        var end = address.Length;
        while (end > 0 && (".,;:!?'".Contains(address[end - 1], StringComparison.Ordinal) || ClosesNothing(address.AsSpan(0, end))))
        {
            end--;
        }

        return address[..end];
    }

    private static bool ClosesNothing(ReadOnlySpan<char> address) =>
        address[^1] switch
        {
            ')' => address.Count(')') > address.Count('('),
            ']' => address.Count(']') > address.Count('['),
            _ => false,
        };

    [GeneratedRegex(
        """<a\b[^>]*?\shref\s*=\s*(?:"(?<url>[^"]*)"|'(?<url>[^']*)')""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Anchor();

    [GeneratedRegex("""https?://[!#-;=?-~]+""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
