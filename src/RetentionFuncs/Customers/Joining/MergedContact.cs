using RetentionFuncs.Identity;

namespace RetentionFuncs.Customers.Joining;

/// <summary>
/// What a contact of the old id adds to the same contact of the customer that remains: gaps are filled, nothing is overwritten, and of two
/// answers the newer counts. A yes was given for an address: it comes along only where that address is the one that will be written to.
/// </summary>
internal static class MergedContact
{
    /// <param name="customer">Id of the customer that remains.</param>
    /// <param name="before">The customer that remains, and the same contact there; null where there is none.</param>
    /// <param name="old">The old id's own.</param>
    public static CustomerNews News(
        string customer,
        (Customer? Customer, Contact? Contact) before,
        (Customer Customer, Contact Contact) old,
        InstanceSecret secret
    )
    {
        var (known, gone) = (before.Contact, old.Contact);
        return new CustomerNews(
            customer,
            before.Customer is null ? old.Customer.Kind : null,
            Gap(before.Customer?.Name, old.Customer.Name),
            // A refusal under either id is one of the person.
            old.Customer.DoNotProfile
                ? true
                : null,
            gone.ExternalId,
            known is null ? gone.Roles : null,
            Gap(known?.Name, gone.Name),
            Gap(known?.Email, gone.Email),
            Gap(known?.Phone, gone.Phone),
            Gap(known?.Country, gone.Country),
            Gap(known?.Locale, gone.Locale),
            Gap(known?.Zone, gone.Zone),
            known?.Birthday is null ? gone.Birthday : null,
            Answer(known, gone, Channel.Email, secret)
        )
        {
            ToldAt = known is null ? gone.ToldAt : null,
            SmsConsent = Answer(known, gone, Channel.Sms, secret),
            PhoneConsent = Answer(known, gone, Channel.Phone, secret),
        };
    }

    /// <summary>News that says nothing but that there is such a customer.</summary>
    public static CustomerNews Nothing(string customer) =>
        new(customer, null, null, null, Contact.Primary, null, null, null, null, null, null, null, null, null);

    private static T? Gap<T>(T? known, T? old)
        where T : class => known is null ? old : null;

    private static Consent? Answer(Contact? known, Contact old, Channel channel, InstanceSecret secret) =>
        old.ConsentFor(channel) is not { } answer ? null
        : answer.State == ConsentState.Denied || IsSameAddress(known, old, channel, secret) ? answer
        : null;

    private static bool IsSameAddress(Contact? known, Contact old, Channel channel, InstanceSecret secret) =>
        known is null || secret.AddressKeyOf(known, channel) is not { } address || address == secret.AddressKeyOf(old, channel);
}
