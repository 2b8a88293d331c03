using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Stocks;

namespace RetentionFuncs.Imports;

/// <summary>What a file says of one customer or address beside orders and contacts.</summary>
/// <param name="Rows">How many rows of the file made it.</param>
public abstract record ImportedFacts(int Rows)
{
    /// <param name="Addresses">Of one person; at least one.</param>
    public sealed record Suppressions(IReadOnlyList<AddressKey> Addresses, Suppression Suppression, int Rows) : ImportedFacts(Rows);

    /// <param name="Who">Whom the answers are of.</param>
    /// <param name="Answers">By moment, the oldest first.</param>
    public sealed record Consents(ConsentGiver Who, IReadOnlyList<ImportedAnswer> Answers, int Rows) : ImportedFacts(Rows);

    public sealed record Experiences(string CustomerId, IReadOnlyList<ImportedExperience> Told, int Rows) : ImportedFacts(Rows);

    public sealed record Stock(string CustomerId, IReadOnlyList<StockCount> Counts, int Rows) : ImportedFacts(Rows);
}

/// <summary>Somebody named by the shop's id or, where the file has none, by an address.</summary>
public sealed record ConsentGiver(string? CustomerId, EmailAddress? Email, PhoneNumber? Number);

/// <summary>Answers given at one moment; null says nothing about a channel.</summary>
/// <param name="Rows">How many rows of the file made it.</param>
public sealed record ImportedAnswer(Consent? Email, Consent? Sms, Consent? Phone, int Rows)
{
    /// <summary>One contact of an account; null: the primary one, or the one that has the address.</summary>
    public string? ContactId { get; init; }
}

/// <summary>What the rows of one invoice or delivery tell.</summary>
/// <param name="Rows">How many rows of the file made it.</param>
public sealed record ImportedExperience(IReadOnlyList<ExperienceNews> News, int Rows);
