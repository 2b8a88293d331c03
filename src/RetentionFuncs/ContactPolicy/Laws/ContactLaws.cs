using System.Collections.Frozen;
using static RetentionFuncs.ContactPolicy.Laws.Grounds;

namespace RetentionFuncs.ContactPolicy.Laws;

/// <summary>The law of each country, by ISO 3166 alpha-2. The README of this room names the sources and how sure each line is.</summary>
public static class ContactLaws
{
    /// <summary>CAN-SPAM, TCPA.</summary>
    private static readonly ContactLaw UnitedStates = new(Silence | Express, Express, Express, BirthdayAge: 13);

    /// <summary>CASL.</summary>
    private static readonly ContactLaw Canada = new(Express | Purchase | Inquiry, Express | Purchase | Inquiry, Express, BirthdayAge: 14);

    /// <summary>ePrivacy art. 13.</summary>
    private static readonly ContactLaw Europe = new(Express | SoftOptIn, Express | SoftOptIn, Express, BirthdayAge: 16);

    /// <summary>UWG § 7. An unproven yes is worth a soft opt-in at most, and so needs a sale.</summary>
    private static readonly ContactLaw Germany = Europe with { Email = Confirmed | SoftOptIn, Sms = Confirmed | SoftOptIn };

    /// <summary>S.I. 336/2011 reg. 13.</summary>
    private static readonly ContactLaw Ireland = Europe with { FirstMessageMonths = 12 };

    /// <summary>PECR.</summary>
    private static readonly ContactLaw Kingdom = Europe with { BirthdayAge = 13 };

    /// <summary>MII Order 38, PIPL.</summary>
    private static readonly ContactLaw China = new(Express, Express, Express, BirthdayAge: 14) { MarksAdverts = true };

    private static readonly string[] EuropeanArea =
    [
        .. "AT BE BG CY CZ DK EE ES FI FR GR HR HU IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO".Split(' '),
    ];

    private static readonly FrozenDictionary<string, ContactLaw> ByCountry = EuropeanArea
        .Select(country => KeyValuePair.Create(country, Europe))
        .Concat([new("US", UnitedStates), new("CA", Canada), new("DE", Germany), new("IE", Ireland), new("GB", Kingdom), new("CN", China)])
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Where the country is not on file or not in the table, the strictest that still lets a shop speak: a clear yes on every channel,
    /// and birthday messages to adults only. What only one law asks for (a mark, a term, a proof) is not asked of everyone.
    /// </summary>
    public static ContactLaw Elsewhere { get; } = new(Express, Express, Express, BirthdayAge: 18);

    /// <summary>Countries with a row of their own or of their group.</summary>
    public static IReadOnlyCollection<string> Countries => ByCountry.Keys;

    /// <param name="country">ISO 3166 alpha-2 of the contact, or null.</param>
    public static ContactLaw Of(string? country) => country is not null && ByCountry.TryGetValue(country, out var law) ? law : Elsewhere;
}
