using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Messages;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Settings;

/// <summary>What one business sets once; read from <c>retention.yaml</c>.</summary>
/// <param name="Name">The shop's name as customers know it.</param>
/// <param name="Zone">IANA zone in which a calendar day is a day of this business.</param>
/// <param name="Currency">ISO 4217 default for files that name none.</param>
/// <param name="Locale">Fallback when a contact has none, e.g. <c>en</c>.</param>
/// <param name="PublicUrl">Where customers reach the public pages, without trailing slash.</param>
public sealed record BusinessSettings(
    string Name,
    string Zone,
    string Currency,
    string Locale,
    string PublicUrl,
    LapseRule LapseRule,
    FrequencyCap Cap,
    QuietHours QuietHours
)
{
    /// <summary>A trial folder: reserved domains such as example.com count as usable, because nothing leaves the machine.</summary>
    public bool Sandbox { get; init; }

    /// <summary>The shop on the web, for messages; null when there is none.</summary>
    public string? ShopUrl { get; init; }

    /// <summary>Where text messages are posted to; null: they go onto lists, as calls do.</summary>
    public Uri? SmsGateway { get; init; }

    /// <summary>Whether contacts on this channel are made by people from a list.</summary>
    public bool HandsOver(Channel channel) => channel == Channel.Phone || (channel == Channel.Sms && SmsGateway is null);

    /// <summary>What campaigns can be about, in the order people see them; a person may refuse each by itself.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];

    /// <summary>How worth is measured; a change holds from the next refit on.</summary>
    public ValueSettings Value { get; init; } = ValueSettings.Default;

    /// <summary>Tags on links to the shop; null: none.</summary>
    public UtmTags? Utm { get; init; }

    /// <summary>Where the images of messages lie; empty: anywhere on the web.</summary>
    public IReadOnlyList<string> ImageHosts { get; init; } = [];

    /// <summary>Addresses of the shop's own that get a copy of each campaign step's first message of a day.</summary>
    public IReadOnlyList<EmailAddress> Seeds { get; init; } = [];

    /// <summary>Null: every sending domain is known to mailbox providers.</summary>
    public WarmUp? WarmUp { get; init; }

    /// <summary>How long ago a customer may have been heard of.</summary>
    public RecencySettings Recency { get; init; } = RecencySettings.Default;

    /// <summary>When a person is told that something needs them.</summary>
    public AlertSettings Alerts { get; init; } = AlertSettings.Default;

    /// <summary>How long things are kept.</summary>
    public KeepSettings Keep { get; init; } = KeepSettings.Default;

    /// <summary>The way messages leave this machine; the home in Azure has its own.</summary>
    public MailSettings Mail { get; init; } = MailSettings.Default;
}
