using RetentionFuncs.Customers;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>One generated customer: what the files say, and what only the generator knows.</summary>
/// <param name="Index">From 0.</param>
/// <param name="ExternalId">As the files name them.</param>
/// <param name="Consent">True yes, false no, null never asked.</param>
/// <param name="Traits">Hidden.</param>
/// <param name="FirstDay">Day of the first purchase; after the end of the history for the last to come.</param>
public sealed record DemoCustomer(
    int Index,
    string ExternalId,
    string Name,
    string Email,
    string Country,
    string Locale,
    string Zone,
    Birthday? Birthday,
    bool? Consent,
    DemoTraits Traits,
    DateOnly FirstDay
)
{
    /// <summary>Whether the mailbox refuses mail for good.</summary>
    public bool Bounces => Email.EndsWith("bounce.example", StringComparison.Ordinal);
}

/// <summary>What drives one customer. Rates are chances per day.</summary>
/// <param name="Rate">Of buying while active; over customers gamma.</param>
/// <param name="DropOut">Of going away after a purchase; over customers beta.</param>
/// <param name="Return">Of coming back on their own while away; over customers gamma.</param>
/// <param name="Spend">Mean order in euros; over customers inverse gamma, around it gamma (the Gamma-Gamma model).</param>
/// <param name="Responsiveness">Multiplies what a message adds; mean one.</param>
/// <param name="IsBulk">One large purchase, then never again.</param>
public sealed record DemoTraits(double Rate, double DropOut, double Return, double Spend, double Responsiveness, bool IsBulk);
