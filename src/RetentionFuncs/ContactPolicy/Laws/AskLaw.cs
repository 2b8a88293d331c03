using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;

namespace RetentionFuncs.ContactPolicy.Laws;

/// <summary>Everything the law may look at before one message; days are the business's calendar days.</summary>
/// <param name="Country">ISO 3166 alpha-2 of the contact, or null.</param>
/// <param name="Answer">The contact's answer on this channel, or null when it was never asked.</param>
/// <param name="AnsweredOn">The day of that answer.</param>
/// <param name="LastPurchase">Null before the first.</param>
/// <param name="FirstMarketing">The day marketing first went to the contact over this channel, as far as known.</param>
/// <param name="WishedBirthday">The birthday the message is for; null when it is for none.</param>
public sealed record LawQuestion(
    string? Country,
    Channel Channel,
    MessagePurpose Purpose,
    Consent? Answer,
    DateOnly? AnsweredOn,
    DateOnly? LastPurchase,
    DateOnly? FirstMarketing,
    Birthday? WishedBirthday,
    DateOnly Today
);

/// <summary>Whether a message may go out under the law of its reader's country.</summary>
public static class AskLaw
{
    /// <summary>Null: it may. Else why not.</summary>
    public static GateReason? Of(LawQuestion q)
    {
        var law = ContactLaws.Of(q.Country);
        return IsTooYoung(q, law) ? GateReason.TooYoung
            : q.Purpose == MessagePurpose.Service ? null
            : Refusal(q, law, law.GroundsFor(q.Channel));
    }

    private static GateReason? Refusal(LawQuestion q, ContactLaw law, Grounds grounds) =>
        q.Answer is { State: ConsentState.Denied } ? GateReason.ConsentDenied
        : grounds.HasFlag(Grounds.Silence) ? null
        : q.Answer is not { } answer ? GateReason.NoConsent
        : answer.Basis switch
        {
            ConsentBasis.Express => OfExpress(q, law, grounds, answer),
            ConsentBasis.SoftOptIn => OfSale(q, law, grounds),
            ConsentBasis.Inquiry => grounds.HasFlag(Grounds.Inquiry)
                ? OfTerm(q.AnsweredOn, law.InquiryMonths, q.Today)
                : NotEnough(grounds),
            _ => grounds.HasFlag(Grounds.Purchase) ? OfTerm(q.LastPurchase, law.PurchaseMonths, q.Today) : NotEnough(grounds),
        };

    private static GateReason? OfExpress(LawQuestion q, ContactLaw law, Grounds grounds, Consent answer) =>
        grounds.HasFlag(Grounds.Express) || answer.ConfirmedAt is not null ? null
        : OfSale(q, law, grounds) is null ? null
        : GateReason.ConsentNotConfirmed;

    /// <summary>A soft opt-in rests on a sale; where only purchases imply consent, it is worth that.</summary>
    private static GateReason? OfSale(LawQuestion q, ContactLaw law, Grounds grounds) =>
        grounds.HasFlag(Grounds.SoftOptIn)
            ? q.LastPurchase is not { } sale
                ? GateReason.SaleMissing
                : law.FirstMessageMonths is { } months && q.FirstMarketing is null && sale.AddMonths(months) <= q.Today
                    ? GateReason.FirstMessageTooLate
                    : null
            : grounds.HasFlag(Grounds.Purchase)
                ? OfTerm(q.LastPurchase, law.PurchaseMonths, q.Today)
                : GateReason.ConsentNotExpress;

    /// <summary>In [from, from + months).</summary>
    private static GateReason? OfTerm(DateOnly? from, int months, DateOnly today) =>
        from is { } day && today < day.AddMonths(months) ? null : GateReason.ConsentTooOld;

    private static GateReason NotEnough(Grounds grounds) =>
        grounds.HasFlag(Grounds.SoftOptIn) ? GateReason.ConsentOnlyImplied : GateReason.ConsentNotExpress;

    /// <summary>Age in whole years on the birthday itself; where the year is not on file nobody can be told to be too young.</summary>
    private static bool IsTooYoung(LawQuestion q, ContactLaw law) =>
        q.WishedBirthday is { Year: { } year } birthday && AgeOn(q.Today, birthday, year) < law.BirthdayAge;

    private static int AgeOn(DateOnly day, Birthday birthday, int year) => day.Year - year - (day < birthday.In(day.Year) ? 1 : 0);
}
