using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.ContactPolicy;

/// <summary>What is known of the person a message went to.</summary>
public sealed record PreferenceStanding(Contact Contact, Channel Channel, AddressKey Address, AddressStanding At)
{
    public Suppression? Suppression => At.Suppression;

    public Pause? Pause => At.Pause;
}

/// <summary>
/// Carries out what a person asks through a link in a message. The suppression on the address is written first, because that is
/// where every claim looks; the consent on file follows. Idempotent; a link only ever takes permission away.
/// </summary>
public sealed class ChangePreferences(IRowStore store, InstanceSecret secret, IIdSource ids)
{
    private sealed record Done;

    private readonly Suppress _suppress = new(store);
    private readonly ConsentLog _consents = new(secret, ids);

    /// <summary>The address the message went, or would go, to. Null when the touch is not on file.</summary>
    public async ValueTask<PreferenceStanding?> ReadAsync(TouchRef reference)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (partition.TouchpointBy(reference.Touch) is not { } touch || await ContactOfAsync(partition, touch) is not { } contact)
        {
            return null;
        }

        // One that waits was never sent: an earlier try, proven not sent, may have been for an address the person has left since.
        var wentTo = touch.State == TouchpointState.Planned ? null : touch.Address;
        AddressKey? address = wentTo ?? secret.AddressKeyOf(contact, touch.Channel);
        if (address is not { } key)
        {
            return null;
        }

        return new PreferenceStanding(contact, touch.Channel, key, await _suppress.ReadAsync(key));
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
            contact =>
                contact.ConsentFor(known.Channel) is { State: ConsentState.Denied } ? contact : Denied(contact, known.Channel, source, now)
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

    /// <summary>Nothing about these topics any more; the rest stays.</summary>
    /// <param name="topics">Keys of the settings' topics.</param>
    public async ValueTask RefuseTopicsAsync(TouchRef reference, IReadOnlyList<string> topics, DateTimeOffset now)
    {
        if (topics.Count == 0 || await ReadAsync(reference) is not { } known || topics.All(known.At.Refuses))
        {
            return;
        }

        await _suppress.RefuseTopicsAsync(known.Address, topics, now);
        var entry = ConsentEntry.Of(
            ConsentAct.TopicsRefused,
            known.Contact,
            known.Channel,
            known.Address,
            "page",
            now,
            string.Join(' ', topics.Order(StringComparer.Ordinal))
        );
        await ChangeContactAsync(reference, known, contact => contact, entry);
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

    /// <summary>Of an id that became another customer's: the contact there with the address written to, else its primary one.</summary>
    private async ValueTask<Contact?> ContactOfAsync(CustomerPartition partition, Touchpoint touch)
    {
        if (CustomerForward.Of(partition) is null || partition.ContactBy(touch.Contact) is not null)
        {
            return partition.ContactBy(touch.Contact);
        }

        var contacts = (await CustomerForward.LoadAsync(store, partition.Key)).Contacts();
        return contacts.FirstOrDefault(c => secret.AddressKeyOf(c, touch.Channel) == touch.Address) ?? contacts.Primary();
    }

    /// <summary>Changes the contact on file, unless it has another address by now: a forwarded old mail does not speak for the new one.</summary>
    /// <param name="entry">What else the consent history tells of it.</param>
    private async ValueTask ChangeContactAsync(
        TouchRef reference,
        PreferenceStanding known,
        Func<Contact, Contact> change,
        ConsentEntry? entry = null
    ) =>
        await ContendedCommit.UntilAppliedAsync(async () =>
        {
            var partition = await CustomerForward.LoadAsync(store, reference.Customer);
            if (partition.ContactBy(known.Contact.Key) is { } contact && secret.AddressKeyOf(contact, known.Channel) == known.Address)
            {
                var changed = change(contact);
                if (entry is not null)
                {
                    _consents.Add(partition, contact, entry);
                }

                if (changed != contact)
                {
                    _consents.Note(partition, contact, changed);
                    partition.PutContact(changed, partition.PersonOf(contact.Key));
                }
            }

            return await partition.CommitAsync() is CommitResult.Applied ? new Done() : null;
        });

    private static Contact Denied(Contact contact, Channel channel, string source, DateTimeOffset now) =>
        contact.With(
            channel,
            new Consent(ConsentState.Denied, contact.ConsentFor(channel)?.Basis ?? ConsentBasis.Express, source, now, now)
        );
}
