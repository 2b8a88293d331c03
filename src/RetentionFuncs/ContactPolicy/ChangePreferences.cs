using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.ContactPolicy;

/// <summary>What is known of the person a message went to.</summary>
public sealed record PreferenceStanding(Contact Contact, AddressKey Address, Suppression? Suppression, Pause? Pause);

/// <summary>
/// Carries out what a person asks through a link in a message. The suppression on the address is written first, because that is
/// where every claim looks; the consent on file follows. Idempotent; a link only ever takes permission away.
/// </summary>
public sealed class ChangePreferences(IRowStore store, InstanceSecret secret)
{
    private sealed record Done;

    private readonly Suppress _suppress = new(store);

    /// <summary>The address the message went, or would go, to. Null when the touch is not on file.</summary>
    public async ValueTask<PreferenceStanding?> ReadAsync(TouchRef reference)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (partition.TouchpointBy(reference.Touch) is not { } touch || partition.ContactBy(touch.Contact) is not { } contact)
        {
            return null;
        }

        AddressKey? address = touch.Address ?? (contact.Email is { } email ? secret.AddressKeyOf(email) : null);
        if (address is not { } key)
        {
            return null;
        }

        var standing = await _suppress.ReadAsync(key);
        return new PreferenceStanding(contact, key, standing.Suppression, standing.Pause);
    }

    /// <summary>No more marketing of any kind to the address.</summary>
    /// <param name="source">How it was asked, for the consent on file: "one-click", "page".</param>
    /// <returns>The standing before; null when the touch is not on file. The public answer shows neither.</returns>
    public async ValueTask<PreferenceStanding?> StopAsync(TouchRef reference, string source, DateTimeOffset now)
    {
        if (await ReadAsync(reference) is not { } known)
        {
            return null;
        }

        await _suppress.RunAsync(known.Address, new Suppression(SuppressionReason.Unsubscribed, now, reference.ToString()));
        await ChangeContactAsync(
            reference,
            known,
            contact => contact.EmailConsent is { State: ConsentState.Denied } ? contact : Denied(contact, source, now)
        );
        return known;
    }

    /// <summary>No offers any more; care stays.</summary>
    public async ValueTask RefuseOffersAsync(TouchRef reference, DateTimeOffset now)
    {
        if (await ReadAsync(reference) is { } known)
        {
            await _suppress.RunAsync(known.Address, new Suppression(SuppressionReason.NoOffers, now, reference.ToString()));
        }
    }

    /// <summary>No marketing in [now, until); afterwards as before.</summary>
    public async ValueTask PauseAsync(TouchRef reference, DateTimeOffset now, DateTimeOffset until)
    {
        if (await ReadAsync(reference) is { } known)
        {
            await _suppress.PauseAsync(known.Address, new Pause(now, until));
        }
    }

    /// <summary>The language the person wants to be written to in.</summary>
    public async ValueTask SpeakAsync(TouchRef reference, string locale)
    {
        if (await ReadAsync(reference) is { } known)
        {
            await ChangeContactAsync(reference, known, contact => contact with { Locale = locale });
        }
    }

    /// <summary>Changes the contact on file, unless it has another address by now: a forwarded old mail does not speak for the new one.</summary>
    private async ValueTask ChangeContactAsync(TouchRef reference, PreferenceStanding known, Func<Contact, Contact> change) =>
        await ContendedCommit.UntilAppliedAsync(async () =>
        {
            var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
            if (partition.ContactBy(known.Contact.Key) is { Email: { } email } contact && secret.AddressKeyOf(email) == known.Address)
            {
                var changed = change(contact);
                if (changed != contact)
                {
                    partition.PutContact(changed, partition.PersonOf(contact.Key));
                }
            }

            return await partition.CommitAsync() is CommitResult.Applied ? new Done() : null;
        });

    private static Contact Denied(Contact contact, string source, DateTimeOffset now) =>
        contact with
        {
            EmailConsent = new Consent(ConsentState.Denied, contact.EmailConsent?.Basis ?? ConsentBasis.Express, source, now, now),
        };
}
