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

    public bool Is(string role) => Roles.Contains(role, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Month and day, with the year when known. 29 February is kept on 28 February in other years.</summary>
public readonly record struct Birthday(int? Year, int Month, int Day)
{
    public DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));
}

/// <summary>The customer's yes or no to marketing on one channel, with where and when it was given.</summary>
/// <param name="Source">How it was given, in the shop's words: "checkout box", "shop export".</param>
public sealed record Consent(ConsentState State, ConsentBasis Basis, string Source, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

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
}
