using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Identity;
using RetentionFuncs.Reviews;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Customers;

/// <summary>What a file or event says of one customer and one of its contacts; null means "it did not say".</summary>
public sealed record CustomerNews(
    string ExternalId,
    CustomerKind? Kind,
    string? Name,
    bool? DoNotProfile,
    string ContactId,
    IReadOnlyList<string>? Roles,
    string? ContactName,
    EmailAddress? Email,
    string? Phone,
    string? Country,
    string? Locale,
    string? Zone,
    Birthday? Birthday,
    Consent? EmailConsent
)
{
    /// <summary>The moment the news speaks for, or null when it does not say; older news never overwrites newer.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    public Consent? SmsConsent { get; init; }

    public Consent? PhoneConsent { get; init; }

    /// <summary>Channels whose consent was declared for many at once, not said by this customer: it never takes the place of a no.</summary>
    public IReadOnlyList<Channel> Declared { get; init; } = [];

    /// <summary>
    /// The e-mail consent came without its moment and bears that of the telling. It may be older than anything on file, so it only
    /// fills a gap or takes a yes away; a yes told again and again never outlives a no.
    /// </summary>
    public bool IsConsentUndated { get; init; }
}

public enum Recorded
{
    New,
    Changed,
    Unchanged,

    /// <summary>Nothing was written: the customer, or this contact, was erased and stays so.</summary>
    Erased,
}

/// <summary>Puts news of a customer on file. Idempotent; the newest consent by its own moment wins, and no news lifts a suppression.</summary>
public sealed class RecordCustomer(IRowStore store, InstanceSecret secret, BusinessCalendar calendar, IIdSource ids)
{
    private sealed record Answer(Recorded Kind);

    private readonly Suppress _addresses = new(store);
    private readonly DueIndex _due = new(store);
    private readonly CustomerIndex _index = new(store);
    private readonly ConsentLog _consents = new(secret, ids);

    /// <param name="now">The moment of recording.</param>
    /// <param name="trail">The import that tells of it, so that it can be undone; null: nothing is kept.</param>
    public async ValueTask<Recorded> RunAsync(CustomerNews news, DateTimeOffset now, UndoTrail? trail = null)
    {
        var key = secret.CustomerKeyOf(news.ExternalId);
        return (await ContendedCommit.UntilAppliedAsync(() => TryAsync(key, news, now, trail))).Kind;
    }

    private async ValueTask<Answer?> TryAsync(CustomerKey key, CustomerNews news, DateTimeOffset now, UndoTrail? trail)
    {
        var partition = await CustomerForward.LoadAsync(store, key);
        key = partition.Key;
        var contactKey = secret.ContactKeyOf(key, news.ContactId);
        if (partition.IsErasedContact(contactKey))
        {
            return new Answer(Recorded.Erased);
        }

        var before = partition.Profile();
        var known = partition.ContactBy(contactKey);
        news = MayReplace(known?.EmailConsent, news) ? news : news with { EmailConsent = null };
        var isOld = news.ToldAt < known?.ToldAt;
        var customer = Merge(before, key, news, isOld);
        var contact = Merge(known, contactKey, news, isOld);
        if (before == customer && Same(known, contact))
        {
            return new Answer(Recorded.Unchanged);
        }

        if (before is null)
        {
            await _index.AddAsync(key);
        }

        await PlanBirthdayAsync(key, known, contact, now);
        var person = await PersonAsync(partition, customer, contact);
        var (profileRow, contactRow) = (
            partition.Find(CustomerPartition.ProfileRow),
            partition.Find(CustomerPartition.ContactPrefix + contactKey.Value)
        );
        partition.PutProfile(customer);
        _consents.Note(partition, known, contact);
        partition.PutContact(contact, person);
        if (UndoNotes.For(trail) is { } notes)
        {
            notes.NoteChange(partition, CustomerPartition.ProfileRow, profileRow);
            notes.NoteChange(partition, CustomerPartition.ContactPrefix + contactKey.Value, contactRow);
            notes.PutTo(partition);
        }

        return await partition.CommitAsync() is CommitResult.Applied ? new Answer(before is null ? Recorded.New : Recorded.Changed) : null;
    }

    private async ValueTask<PersonKey?> PersonAsync(CustomerPartition partition, Customer customer, Contact contact)
    {
        var own = new PersonKey(customer.Key.Value);
        if (partition.PersonOf(contact.Key) is { } stored)
        {
            return stored;
        }

        if ((secret.AddressKeyOf(contact, Channel.Email) ?? secret.AddressKeyOf(contact, Channel.Phone)) is not { } address)
        {
            return null;
        }

        var seen = await _addresses.PersonAsync(address, own);
        return customer.Kind == CustomerKind.Account ? own : seen;
    }

    private async ValueTask PlanBirthdayAsync(CustomerKey key, Contact? known, Contact contact, DateTimeOffset now)
    {
        if (contact.Birthday is { } birthday && birthday != known?.Birthday)
        {
            await _due.BeginAsync(calendar.DayOf(now));
            await _due.AddAsync(Birthdays.NextRow(key, contact, birthday, calendar, now));
        }
    }

    private static Customer Merge(Customer? known, CustomerKey key, CustomerNews news, bool isOld) =>
        new(
            key,
            // News under an id that became this customer's does not rename it.
            known?.ExternalId
                ?? news.ExternalId,
            Pick(known?.Kind, news.Kind, isOld) ?? CustomerKind.Person,
            Pick(known?.Name, news.Name, isOld),
            Pick(known?.DoNotProfile, news.DoNotProfile, isOld) ?? false
        );

    private static Contact Merge(Contact? known, ContactKey key, CustomerNews news, bool isOld) =>
        WithoutForeignProof(known, Merged(known, key, news, isOld));

    /// <summary>A confirmation speaks for the address it was pressed at, not for another that the contact has by now.</summary>
    private static Contact WithoutForeignProof(Contact? known, Contact contact) =>
        contact.EmailConsent is { ConfirmedAt: not null } consent
        && consent == known?.EmailConsent
        && contact.Email?.Folded != known.Email?.Folded
            ? contact with
            {
                EmailConsent = consent with { ConfirmedAt = null },
            }
            : contact;

    private static Contact Merged(Contact? known, ContactKey key, CustomerNews news, bool isOld) =>
        new(
            key,
            news.ContactId,
            Pick(known?.Roles, news.Roles, isOld) ?? (news.ContactId == Contact.Primary ? [Contact.Primary] : []),
            Pick(known?.Name, news.ContactName, isOld),
            Pick(known?.Email, news.Email, isOld),
            Pick(known?.Phone, news.Phone, isOld),
            Pick(known?.Country, news.Country, isOld),
            Pick(known?.Locale, news.Locale, isOld),
            Pick(known?.Zone, news.Zone, isOld),
            Pick(known?.Birthday, news.Birthday, isOld),
            Newer(known?.EmailConsent, news.EmailConsent, news.Declared.Contains(Channel.Email))
        )
        {
            ToldAt = isOld ? known?.ToldAt : news.ToldAt ?? known?.ToldAt,
            SmsConsent = Newer(known?.SmsConsent, news.SmsConsent, news.Declared.Contains(Channel.Sms)),
            PhoneConsent = Newer(known?.PhoneConsent, news.PhoneConsent, news.Declared.Contains(Channel.Phone)),
            Request = known?.Request,
        };

    private static T? Pick<T>(T? known, T? news, bool isOld)
        where T : class => isOld ? known ?? news : news ?? known;

    private static T? Pick<T>(T? known, T? news, bool isOld)
        where T : struct => isOld ? known ?? news : news ?? known;

    private static bool MayReplace(Consent? known, CustomerNews news) =>
        !news.IsConsentUndated || known is null || (known.State, news.EmailConsent?.State) == (ConsentState.Granted, ConsentState.Denied);

    /// <summary>
    /// A yes that only repeats a confirmed one does not take its proof away; a declared one never lifts a no; of a yes and a no for one
    /// moment the no counts.
    /// </summary>
    private static Consent? Newer(Consent? known, Consent? news, bool isDeclared) =>
        news is null || (known?.OccurredAt >= news.OccurredAt && !IsNoAtOnce(known, news)) ? known
        : isDeclared && known is not null && (known.State == ConsentState.Denied || known.Basis < news.Basis) ? known
        : known is { State: ConsentState.Granted, ConfirmedAt: not null } && news is { State: ConsentState.Granted, ConfirmedAt: null }
            ? known
        : news;

    private static bool IsNoAtOnce(Consent known, Consent news) =>
        known.OccurredAt == news.OccurredAt && known.State == ConsentState.Granted && news.State == ConsentState.Denied;

    private static bool Same(Contact? known, Contact contact) =>
        known is not null && known with { Roles = [] } == contact with { Roles = [] } && known.Roles.SequenceEqual(contact.Roles);
}
