using System.Globalization;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Messages;

/// <summary>
/// Makes a text message or the words of a call out of a template's text part. A text message says who sends it and how to refuse more
/// of them: in China the signature 【shop】 at the front and 拒收请回复R at the end (rules of the carriers; MIIT on short messages).
/// </summary>
internal static class ShortMessage
{
    /// <summary>UTF-16 units of one text message, as gateways count them; longer ones are cut or refused there.</summary>
    public const int LongestSms = 500;

    /// <summary>The message, or why there is none.</summary>
    public static (OutboundMessage? Message, string? Problem) Of(RenderRequest request, string locale, MessagePhrases phrases, string text)
    {
        if (request.Contact.Number is not { } number)
        {
            return (null, "cannot be delivered: the contact has no telephone number that can be read");
        }

        var isSms = request.Step.Channel == Channel.Sms;
        var words = isSms ? Signed(request, phrases, SafeText.OneLine(text)) : text.Trim();
        return words.Length == 0 ? (null, "comes out empty")
            : words.Contains("{{", StringComparison.Ordinal) ? (null, "has a name in it that was not filled in")
            : isSms && words.Length > LongestSms
                ? (null, $"makes a text message of {words.Length} characters; at most {LongestSms} are taken")
            : (Compose(request, locale, phrases, number, words), null);
    }

    private static string Signed(RenderRequest request, MessagePhrases phrases, string text)
    {
        var shop = SafeText.OneLine(request.Business.Name);
        var signature = phrases.SmsSignature(shop);
        var signed = text.StartsWith(signature, StringComparison.Ordinal) ? text : signature + text;
        return request.Step.Purpose == MessagePurpose.Service || signed.Contains(phrases.SmsStop, StringComparison.Ordinal)
            ? signed
            : signed + phrases.SmsStop;
    }

    private static OutboundMessage Compose(RenderRequest request, string locale, MessagePhrases phrases, PhoneNumber number, string words)
    {
        var sender = request.Version.Sender;
        var name = SafeText.OneLine(MessageLocales.Pick(sender.FromNames, locale));
        return new OutboundMessage(
            new Mailbox(name, sender.FromAddress),
            new Mailbox(name, sender.ReplyTo),
            new Mailbox(SafeText.Name(request.Contact.Name), number.Value),
            "",
            "",
            words,
            phrases.Tag,
            [],
            request.Version.Campaign.Key,
            request.Touch.ToString(),
            request.AttemptId,
            request.InstanceId,
            request.Now
        )
        {
            Channel = request.Step.Channel,
            Brief = BriefOf(request),
        };
    }

    private static HandOffBrief BriefOf(RenderRequest request)
    {
        var isChinese = MessageLocales.LanguageOf(request.Business.Locale) == "zh";
        var why = WhyNow.Of(request.Version.Campaign, request.Summary, request.Day, request.Business.Currency);
        if (request.Coupon is not { } coupon)
        {
            return new HandOffBrief(isChinese ? why.Zh : why.En, null, null, null);
        }

        var percent = coupon.Percent.ToString("0.##", CultureInfo.InvariantCulture);
        var least = coupon.MinimumOrder.ToString("#,0.##", CultureInfo.InvariantCulture);
        var currency = request.Business.Currency;
        var offer = isChinese
            ? $"立减 {percent}%" + (coupon.MinimumOrder > 0 ? $"（满 {least} {currency}）" : "")
            : $"{percent} % off" + (coupon.MinimumOrder > 0 ? $" from {least} {currency}" : "");
        return new HandOffBrief(isChinese ? why.Zh : why.En, offer, coupon.Code, coupon.EndsOn);
    }
}
