using System.Text.Json;
using System.Text.Json.Serialization;

namespace SendGrid.Helpers.Mail;

public class SendGridMessage
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    [JsonPropertyName("from")]
    public EmailAddress From { get; set; }

    [JsonPropertyName("subject")]
    public string Subject { get; set; }

    [JsonPropertyName("personalizations")]
    public List<Personalization> Personalizations { get; set; }

    [JsonPropertyName("content")]
    public List<Content> Contents { get; set; }

    [JsonIgnore]
    public string PlainTextContent { get; set; }

    [JsonIgnore]
    public string HtmlContent { get; set; }

    [JsonPropertyName("headers")]
    public Dictionary<string, string> Headers { get; set; }

    [JsonPropertyName("categories")]
    public List<string> Categories { get; set; }

    [JsonPropertyName("mail_settings")]
    public MailSettings MailSettings { get; set; }

    [JsonPropertyName("tracking_settings")]
    public TrackingSettings TrackingSettings { get; set; }

    [JsonPropertyName("reply_to")]
    public EmailAddress ReplyTo { get; set; }

    public void AddTo(EmailAddress email, int personalizationIndex = 0, Personalization personalization = null)
    {
        var one = At(personalizationIndex, personalization);
        (one.Tos ??= []).Add(email);
    }

    public void SetFrom(EmailAddress email) => From = email;

    public void SetReplyTo(EmailAddress email) => ReplyTo = email;

    public void SetGlobalSubject(string subject) => Subject = subject;

    public void AddGlobalHeader(string headerKey, string headerValue) => (Headers ??= []).Add(headerKey, headerValue);

    public void AddCustomArg(
        string customArgKey,
        string customArgValue,
        int personalizationIndex = 0,
        Personalization personalization = null
    )
    {
        var one = At(personalizationIndex, personalization);
        (one.CustomArgs ??= []).Add(customArgKey, customArgValue);
    }

    public void AddCategory(string category) => (Categories ??= []).Add(category);

    public void SetSandBoxMode(bool enable) => (MailSettings ??= new()).SandboxMode = new SandboxMode { Enable = enable };

    public void SetClickTracking(bool enable, bool enableText) =>
        (TrackingSettings ??= new()).ClickTracking = new ClickTracking { Enable = enable, EnableText = enableText };

    public void SetOpenTracking(bool enable, string substitutionTag = null) =>
        (TrackingSettings ??= new()).OpenTracking = new OpenTracking { Enable = enable, SubstitutionTag = substitutionTag };

    public void SetSubscriptionTracking(bool enable, string html = null, string text = null, string substitutionTag = null) =>
        (TrackingSettings ??= new()).SubscriptionTracking = new SubscriptionTracking
        {
            Enable = enable,
            Html = html,
            Text = text,
            SubstitutionTag = substitutionTag,
        };

    public void SetGoogleAnalytics(
        bool enable,
        string utmCampaign = null,
        string utmContent = null,
        string utmMedium = null,
        string utmSource = null,
        string utmTerm = null
    ) => (TrackingSettings ??= new()).Ganalytics = new Ganalytics { Enable = enable };

    /// <summary>Moves the two contents into <see cref="Contents"/>, text first, and forgets them: a message is for one sending.</summary>
    public string Serialize(bool useDefaultSerialization = true)
    {
        if (PlainTextContent is not null || HtmlContent is not null)
        {
            Contents = [];
            if (PlainTextContent is not null)
            {
                Contents.Add(new Content("text/plain", PlainTextContent));
            }

            if (HtmlContent is not null)
            {
                Contents.Add(new Content("text/html", HtmlContent));
            }

            (PlainTextContent, HtmlContent) = (null, null);
        }

        _ = Contents?.RemoveAll(c => string.IsNullOrEmpty(c.Type) || string.IsNullOrEmpty(c.Value));
        return JsonSerializer.Serialize(this, Json);
    }

    private Personalization At(int index, Personalization given)
    {
        Personalizations ??= [];
        if (given is not null)
        {
            Personalizations.Add(given);
            return given;
        }

        if (Personalizations.Count == 0 && index == 0)
        {
            Personalizations.Add(new Personalization());
        }

        return Personalizations[index];
    }
}
