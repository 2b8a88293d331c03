namespace RetentionFuncs.Customers;

/// <summary>A person or account that buys.</summary>
/// <param name="ExternalId">As the shop knows it; stands in this row only.</param>
/// <param name="DoNotProfile">The customer refused profiling: no scoring, no campaign.</param>
public sealed record Customer(CustomerKey Key, string ExternalId, CustomerKind Kind, string? Name, bool DoNotProfile = false);

public enum CustomerKind
{
    Person,
    Account,
}

/// <summary>A person reachable at a customer. A one-person customer has one, the primary.</summary>
/// <param name="ExternalId">Unique under its customer; the primary contact of a person is <c>primary</c>.</param>
/// <param name="Roles">What the person is there for: primary, buyer, decision, technical, user, finance.</param>
/// <param name="Country">ISO 3166 alpha-2, upper case: picks the law.</param>
/// <param name="Locale">BCP 47, e.g. <c>en</c>, <c>zh-CN</c>.</param>
/// <param name="Zone">IANA time zone, or null for the business's.</param>
public sealed record Contact(
    ContactKey Key,
    string ExternalId,
    IReadOnlyList<string> Roles,
    string? Name,
    EmailAddress? Email,
    string? Phone,
    string? Country,
    string? Locale,
    string? Zone,
    Birthday? Birthday,
    Consent? EmailConsent
)
{
    public const string Primary = "primary";

    /// <summary>The latest moment that a telling of the shop spoke for, or null when none said; older news only fills gaps.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The answer about marketing by text message.</summary>
    public Consent? SmsConsent { get; init; }

    /// <summary>The answer about marketing calls.</summary>
    public Consent? PhoneConsent { get; init; }

    private NumberOnce _number;

    /// <summary>The number in international form; null without one that can be read.</summary>
    public PhoneNumber? Number => Phone is null ? null : _number.Of(Phone, Country);

    public Consent? ConsentFor(Channel channel) =>
        channel switch
        {
            Channel.Sms => SmsConsent,
            Channel.Phone => PhoneConsent,
            _ => EmailConsent,
        };

    /// <summary>This contact with another answer on one channel.</summary>
    public Contact With(Channel channel, Consent consent) =>
        channel switch
        {
            Channel.Sms => this with { SmsConsent = consent },
            Channel.Phone => this with { PhoneConsent = consent },
            _ => this with { EmailConsent = consent },
        };

    /// <summary>What the person asked to be sent, and has to confirm by a link before it counts; kept after the confirmation.</summary>
    public ConsentRequest? Request { get; init; }

    public bool Is(string role) => Roles.Contains(role, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Reads a number once for a contact; no part of what makes two contacts equal.</summary>
internal struct NumberOnce : IEquatable<NumberOnce>
{
    private Reading? _read;

    private sealed record Reading(string Phone, string? Country, PhoneNumber? Number);

    /// <summary>A copy of a contact may have another number or country: what was read counts for its own only.</summary>
    public PhoneNumber? Of(string phone, string? country)
    {
        var read = _read;
        if (read is null || !ReferenceEquals(read.Phone, phone) || !ReferenceEquals(read.Country, country))
        {
            _read = read = new Reading(phone, country, PhoneNumber.TryParse(phone, country, out var number, out _) ? number : null);
        }

        return read.Number;
    }

    public readonly bool Equals(NumberOnce other) => true;

    public override readonly bool Equals(object? obj) => obj is NumberOnce;

    public override readonly int GetHashCode() => 0;
}

/// <summary>Month and day, with the year when known. 29 February is kept on 28 February in other years.</summary>
public readonly record struct Birthday(int? Year, int Month, int Day)
{
    public DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));
}

/// <summary>The customer's yes or no to marketing on one channel, with where and when it was given.</summary>
/// <param name="Source">How it was given, in the shop's words: "checkout box", "shop export".</param>
public sealed record Consent(ConsentState State, ConsentBasis Basis, string Source, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt)
{
    /// <summary>When the person confirmed it by the link in a mail to that address (double opt-in), or null: the proof that some laws ask for.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Which words the person agreed to: the shop's name for a version of its text; null when not told.</summary>
    public string? Words { get; init; }
}

/// <summary>A wish for marketing mail that counts once the person has pressed the button behind a link in a mail to that address.</summary>
/// <param name="Id">26 base32 characters: the occasion of the mail.</param>
/// <param name="Address">Where the mail goes; another address by now cannot confirm it.</param>
/// <param name="Source">Where it was asked: "newsletter form".</param>
/// <param name="Words">Which version of the shop's text was agreed to, or null.</param>
/// <param name="ConfirmedAt">Null until then.</param>
public sealed record ConsentRequest(
    string Id,
    AddressKey Address,
    string Source,
    string? Words,
    DateTimeOffset RequestedAt,
    DateTimeOffset? ConfirmedAt
);

public enum ConsentState
{
    Granted,
    Denied,
}

/// <summary>On what ground a yes rests.</summary>
public enum ConsentBasis
{
    /// <summary>A clear yes to marketing.</summary>
    Express,

    /// <summary>A sale, similar products, and a chance to object (EU and UK soft opt-in).</summary>
    SoftOptIn,

    /// <summary>Implied by a purchase (Canada: 24 months).</summary>
    Implied,

    /// <summary>Implied by a question or application of the person (Canada: 6 months).</summary>
    Inquiry,
}
