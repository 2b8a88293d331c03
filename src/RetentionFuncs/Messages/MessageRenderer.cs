using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Messages;

/// <summary>
/// Makes the message of one touchpoint. Pure: the same request gives the same message; the only state is a cache of compiled
/// templates. Whatever leaves here fulfils <see cref="MessageContract"/>, everything else is refused with the reason.
/// </summary>
public sealed class MessageRenderer
{
    private readonly CompiledTemplates _templates = new();

    public RenderOutcome Render(RenderRequest request)
    {
        if (request.Step.Channel == Channel.Email && request.Contact.Email is null)
        {
            return new RenderOutcome.Refused("The contact has no e-mail address.");
        }

        if (!request.Version.Templates.TryGetValue(request.Step.Template, out var template))
        {
            return Refuse(request, "does not exist in this campaign version");
        }

        if (MessageLocales.Choose(template.Locales.Keys, request.Contact.Locale, request.Business.Locale) is not { } locale)
        {
            return Refuse(request, "has no text in a language the layout speaks; add 'en' or 'zh'");
        }

        var phrases = MessagePhrases.For(locale)!;
        var parts = _templates.For(request.Version.Hash, request.Step.Template, locale, template.Locales[locale], phrases);
        return parts.Problem is { } problem
            ? Refuse(request, $"({locale}) {problem}")
            : Fill(request with { Links = request.Links.In(locale) }, locale, phrases, parts);
    }

    private static RenderOutcome Fill(RenderRequest request, string locale, MessagePhrases phrases, CompiledTemplates.Parts parts)
    {
        var values = TemplateValues.Of(request, phrases);
        var subject = (string)parts.Subject(values);
        var text = (string)parts.Text(values);
        var html = (string)parts.Html(values);
        if ((MissingName(subject) ?? MissingName(text) ?? MissingName(html)) is { } name)
        {
            return Refuse(
                request,
                $"({locale}) uses {{{{{name}}}}}, which has no value for this contact; put it inside {{{{#if {name}}}}}"
            );
        }

        if (request.Step.Channel != Channel.Email)
        {
            return ShortMessage.Of(request, locale, phrases, text) switch
            {
                (var made, null) => new RenderOutcome.Rendered(made!),
                (_, { } problem) => Refuse(request, $"({locale}) {problem}"),
            };
        }

        if (parts.IsTextOnly)
        {
            return Refuse(request, $"({locale}) has no subject and no html, so it is for text messages and calls only");
        }

        if (LinkTags.Of(request) is { } tags)
        {
            (text, html) = (tags.InText(text), tags.InHtml(html));
        }

        var duties = Duties(request, phrases);
        var message = Compose(request, duties, locale, phrases, SafeText.OneLine(subject), text, html);
        var violations = MessageContract.Violations(message, duties);
        return violations.Count == 0
            ? new RenderOutcome.Rendered(message)
            : Refuse(request, $"({locale}) makes a message that may not leave: {string.Join("; ", violations)}");
    }

    private static string Why(RenderRequest request, MessagePhrases phrases, string shop) =>
        request.Links.Confirm is not null
            ? phrases.WhyConfirm(shop)
            : phrases.Why(request.Step.Purpose, request.Version.Campaign.Job, request.Contact.EmailConsent?.Basis, shop);

    private static MessageDuties Duties(RenderRequest request, MessagePhrases phrases) =>
        new(
            request.Step.Purpose,
            request.Contact.Country,
            Why(request, phrases, SafeText.OneLine(request.Business.Name)),
            PostalLines(request.Version.Sender.PostalAddress),
            request.Links.Unsubscribe,
            request.Links.Preferences
        );

    private static OutboundMessage Compose(
        RenderRequest request,
        MessageDuties duties,
        string locale,
        MessagePhrases phrases,
        string subject,
        string text,
        string html
    )
    {
        var sells = duties.Purpose != MessagePurpose.Service;
        var marked = AdvertMark.IsRequired(duties.Purpose, duties.Country) ? AdvertMark.Put(subject, phrases) : subject;
        var sender = request.Version.Sender;
        var layout = new MessageLayout(
            phrases,
            SafeText.OneLine(request.Business.Name),
            duties.Why,
            duties.PostalLines,
            sells ? duties.Unsubscribe : null,
            duties.Preferences
        );
        var fromName = SafeText.OneLine(MessageLocales.Pick(sender.FromNames, locale));
        return new OutboundMessage(
            new Mailbox(fromName, sender.FromAddress),
            new Mailbox(fromName, sender.ReplyTo),
            new Mailbox(SafeText.Name(request.Contact.Name), request.Contact.Email!.Value),
            marked,
            layout.Html(marked, text, html),
            layout.Text(text),
            phrases.Tag,
            sells ? OneClick(duties.Unsubscribe) : [],
            request.Version.Campaign.Key,
            request.Touch.ToString(),
            request.AttemptId,
            request.InstanceId,
            request.Now
        );
    }

    private static KeyValuePair<string, string>[] OneClick(string unsubscribe) =>
        [
            KeyValuePair.Create("List-Unsubscribe", $"<{unsubscribe}>"),
            KeyValuePair.Create(MessageContract.OneClickHeader, MessageContract.OneClickValue),
        ];

    private static string[] PostalLines(string address) => [.. address.Split('\n').Select(SafeText.OneLine).Where(l => l.Length > 0)];

    private static string? MissingName(string text)
    {
        var start = text.IndexOf(CompiledTemplates.Missing, StringComparison.Ordinal);
        return start < 0 ? null : text[(start + 1)..text.IndexOf(CompiledTemplates.Missing, start + 1)];
    }

    private static RenderOutcome.Refused Refuse(RenderRequest request, string why) =>
        new($"Template '{request.Step.Template}' of campaign '{request.Version.Campaign.Key}' {why}.");
}
