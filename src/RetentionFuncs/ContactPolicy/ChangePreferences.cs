using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.ContactPolicy;

/// <summary>What a person chose on the public pages.</summary>
public enum PreferenceChoice
{
    /// <summary>No more marketing of any kind.</summary>
    StopAll,

    /// <summary>Care messages yes, offers no.</summary>
    NoOffers,
}

/// <summary>
/// Carries out what a person asks through a link in a message. The suppression on the address is written first, because that is
/// where every claim looks; the consent on file follows. Idempotent; a link only ever takes permission away.
/// </summary>
public sealed class ChangePreferences(IRowStore store, InstanceSecret secret, TimeProvider clock)
{
    private sealed record Done;

    private readonly Suppress _suppress = new(store);

    /// <summary>The address the message went, or would go, to; and the contact. Null when the touch is not on file.</summary>
    public async ValueTask<(Contact Contact, AddressKey Address, AddressStanding Standing)?> ReadAsync(TouchRef reference)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (partition.TouchpointBy(reference.Touch) is not { } touch || partition.ContactBy(touch.Contact) is not { } contact)
        {
            return null;
        }

        AddressKey? address = touch.Address ?? (contact.Email is { } email ? secret.AddressKeyOf(email) : null);
        return address is { } key ? (contact, key, await _suppress.ReadAsync(key)) : null;
    }

    /// <returns>Whether the touch is known; the public answer does not show it.</returns>
    public async ValueTask<bool> RunAsync(TouchRef reference, PreferenceChoice choice, string source)
    {
        if (await ReadAsync(reference) is not { } known)
        {
            return false;
        }

        var reason = choice == PreferenceChoice.StopAll ? SuppressionReason.Unsubscribed : SuppressionReason.NoOffers;
        await _suppress.RunAsync(known.Address, new Suppression(reason, clock.GetUtcNow(), reference.ToString()));
        if (choice == PreferenceChoice.StopAll)
        {
            await ContendedCommit.UntilAppliedAsync(() => WithdrawAsync(reference, known.Contact.Key, known.Address, source));
        }

        return true;
    }

    /// <summary>Withdraws the consent on file, unless the contact has another address by now: a forwarded old mail does not speak for it.</summary>
    private async ValueTask<Done?> WithdrawAsync(TouchRef reference, ContactKey key, AddressKey address, string source)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (
            partition.ContactBy(key) is not { Email: { } email } contact
            || secret.AddressKeyOf(email) != address
            || contact.EmailConsent is { State: ConsentState.Denied }
        )
        {
            return new Done();
        }

        var now = clock.GetUtcNow();
        var denied = new Consent(ConsentState.Denied, contact.EmailConsent?.Basis ?? ConsentBasis.Express, source, now, now);
        partition.PutContact(contact with { EmailConsent = denied }, partition.PersonOf(key));
        return await partition.CommitAsync() is CommitResult.Applied ? new Done() : null;
    }
}
