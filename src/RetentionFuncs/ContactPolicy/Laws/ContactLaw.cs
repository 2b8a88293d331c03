namespace RetentionFuncs.ContactPolicy.Laws;

/// <summary>The grounds on which marketing may go out over one channel; the README names the source of each row.</summary>
[Flags]
public enum Grounds
{
    None = 0,

    /// <summary>An opt-out regime: nobody need have been asked, as long as nobody refused.</summary>
    Silence = 1,

    /// <summary>A clear yes.</summary>
    Express = 2,

    /// <summary>A clear yes that the person confirmed by a link in a mail to that very address.</summary>
    Confirmed = 4,

    /// <summary>A sale, similar products of one's own, and a chance to object then and ever since.</summary>
    SoftOptIn = 8,

    /// <summary>Implied by a purchase, for a time.</summary>
    Purchase = 16,

    /// <summary>Implied by a question the person asked, for a shorter time.</summary>
    Inquiry = 32,
}

/// <summary>What one country, or a group of them, asks of marketing: one row of data.</summary>
/// <param name="Email">Grounds that suffice for e-mail.</param>
/// <param name="Sms">For text messages.</param>
/// <param name="Phone">For calls to consumers.</param>
/// <param name="BirthdayAge">Whole years from which on a birthday message may be sent.</param>
public sealed record ContactLaw(Grounds Email, Grounds Sms, Grounds Phone, int BirthdayAge)
{
    /// <summary>Calendar months that consent implied by a purchase lasts: the same day so many months later is the first without it.</summary>
    public int PurchaseMonths { get; init; } = 24;

    /// <summary>The same for consent implied by an inquiry.</summary>
    public int InquiryMonths { get; init; } = 6;

    /// <summary>On the ground of a soft opt-in, months after the sale within which the first marketing message goes out; null: no such term.</summary>
    public int? FirstMessageMonths { get; init; }

    /// <summary>An advertisement by e-mail says so at the front of its subject.</summary>
    public bool MarksAdverts { get; init; }

    public Grounds GroundsFor(Customers.Channel channel) =>
        channel switch
        {
            Customers.Channel.Email => Email,
            Customers.Channel.Sms => Sms,
            _ => Phone,
        };
}
