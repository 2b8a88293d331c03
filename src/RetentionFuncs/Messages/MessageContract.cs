using System.Text;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Messages;

/// <summary>What this message owes its reader and the law, beyond what can be read off it.</summary>
/// <param name="Why">The line that says why the reader gets it.</param>
/// <param name="Unsubscribe">The address both in the header and in the body; not asked of a service message.</param>
public sealed record MessageDuties(
    MessagePurpose Purpose,
    string? Country,
    string Why,
    IReadOnlyList<string> PostalLines,
    string Unsubscribe,
    string Preferences
);

/// <summary>What every message must carry before it may leave; checked on each one after rendering.</summary>
public static class MessageContract
{
    /// <summary>Of both parts together, in UTF-8. Gmail clips longer ones, and with them the unsubscribe link.</summary>
    public const int MaxBytes = 100_000;

    public const string OneClickHeader = "List-Unsubscribe-Post";

    public const string OneClickValue = "List-Unsubscribe=One-Click";

    /// <summary>What is missing or wrong, one clause each; empty when the message may leave.</summary>
    public static IReadOnlyList<string> Violations(OutboundMessage message, MessageDuties duties) =>
        [.. People(message), .. Headers(message), .. Content(message), .. Footer(message, duties), .. Unsubscribing(message, duties)];

    private static IEnumerable<string> People(OutboundMessage message)
    {
        if (message.From.Name is null or "" || message.From.Name.Contains('@', StringComparison.Ordinal))
        {
            yield return "From has no real name";
        }

        foreach (var (field, box) in new[] { ("From", message.From), ("Reply-To", message.ReplyTo), ("To", message.To) })
        {
            if (!EmailAddress.TryParse(box.Address, out _, out var problem))
            {
                yield return $"the {field} address {problem}";
            }

            if (HasControl(box.Name) || HasControl(box.Address))
            {
                yield return $"{field} has a line break or control character in it";
            }
        }

        if (
            message.ReplyTo.Address.Split('@')[0].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant() is "noreply" or "donotreply"
        )
        {
            yield return "Reply-To is a mailbox nobody reads";
        }
    }

    private static IEnumerable<string> Headers(OutboundMessage message)
    {
        if (string.IsNullOrWhiteSpace(message.Subject))
        {
            yield return "the subject is empty";
        }

        if (HasControl(message.Subject))
        {
            yield return "the subject has a line break or control character in it";
        }

        if (message.Headers.Any(h => HasControl(h.Key) || HasControl(h.Value)))
        {
            yield return "a header has a line break or control character in it";
        }

        if (
            new[] { message.Category, message.Reference, message.AttemptId, message.InstanceId }.Any(v =>
                string.IsNullOrEmpty(v) || HasControl(v)
            )
        )
        {
            yield return "category, reference, attempt or instance is missing";
        }
    }

    private static IEnumerable<string> Content(OutboundMessage message)
    {
        if (string.IsNullOrWhiteSpace(message.Text) || string.IsNullOrWhiteSpace(message.Html))
        {
            yield return "the text part or the HTML part is missing";
        }

        foreach (var (part, text) in new[] { ("subject", message.Subject), ("text part", message.Text), ("HTML part", message.Html) })
        {
            if (text.Contains("{{", StringComparison.Ordinal) || text.Contains(CompiledTemplates.Missing))
            {
                yield return $"the {part} has a name in it that was not filled in";
            }

            if (text.Contains('\0'))
            {
                yield return $"the {part} has a NUL character in it";
            }
        }

        var bytes = Encoding.UTF8.GetByteCount(message.Html) + Encoding.UTF8.GetByteCount(message.Text);
        if (bytes >= MaxBytes)
        {
            yield return $"it has {bytes} bytes; less than {MaxBytes} are allowed";
        }
    }

    private static IEnumerable<string> Footer(OutboundMessage message, MessageDuties duties)
    {
        if (duties.PostalLines.Count == 0 || !duties.PostalLines.All(l => Shows(message, l)))
        {
            yield return "the sender's postal address is missing";
        }

        if (duties.Why.Length == 0 || !Shows(message, duties.Why))
        {
            yield return "it does not say why the reader gets it";
        }
    }

    private static IEnumerable<string> Unsubscribing(OutboundMessage message, MessageDuties duties)
    {
        if (AdvertMark.IsRequired(duties.Purpose, duties.Country) && !AdvertMark.IsAtFront(message.Subject))
        {
            yield return "the subject of an advertisement to China must begin with 'AD ' or '（广告）'";
        }

        if (duties.Purpose == MessagePurpose.Service)
        {
            yield break;
        }

        if (!IsPublicAddress(duties.Unsubscribe) || !IsPublicAddress(duties.Preferences))
        {
            yield return "its links are not https (plain http is allowed on this machine only)";
        }

        if (!Shows(message, duties.Unsubscribe))
        {
            yield return "there is no visible unsubscribe link";
        }

        if (Header(message, "List-Unsubscribe") != $"<{duties.Unsubscribe}>" || Header(message, OneClickHeader) != OneClickValue)
        {
            yield return "the two headers of one-click unsubscribe are missing";
        }
    }

    private static bool IsPublicAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static string? Header(OutboundMessage message, string name) =>
        message.Headers.Where(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).SingleOrDefault();

    private static bool Shows(OutboundMessage message, string line) =>
        message.Text.Contains(line, StringComparison.Ordinal) && message.Html.Contains(HtmlText.Encode(line), StringComparison.Ordinal);

    private static bool HasControl(string? text) => text is not null && text.Any(char.IsControl);
}
