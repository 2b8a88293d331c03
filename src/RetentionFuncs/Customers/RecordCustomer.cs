using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Identity;
using RetentionFuncs.Reviews;
using RetentionFuncs.Storage;

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
}

public enum Recorded
{
    New,
    Changed,
    Unchanged,
}

/// <summary>Puts news of a customer on file. Idempotent; the newest consent by its own moment wins, and no news lifts a suppression.</summary>
public sealed class RecordCustomer(IRowStore store, InstanceSecret secret, BusinessCalendar calendar)
{
    private sealed record Answer(Recorded Kind);

    private readonly Suppress _addresses = new(store);
    private readonly DueIndex _due = new(store);
    private readonly CustomerIndex _index = new(store);

    /// <param name="now">The moment of recording.</param>
    public async ValueTask<Recorded> RunAsync(CustomerNews news, DateTimeOffset now)
    {
        var key = secret.CustomerKeyOf(news.ExternalId);
        return (await ContendedCommit.UntilAppliedAsync(() => TryAsync(key, news, now))).Kind;
    }

    private async ValueTask<Answer?> TryAsync(CustomerKey key, CustomerNews news, DateTimeOffset now)
    {
        var partition = await CustomerPartition.LoadAsync(store, key);
        var before = partition.Profile();
        var contactKey = secret.ContactKeyOf(key, news.ContactId);
        var known = partition.ContactBy(contactKey);
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
        partition.PutProfile(customer);
        partition.PutContact(contact, person);
        return await partition.CommitAsync() is CommitResult.Applied ? new Answer(before is null ? Recorded.New : Recorded.Changed) : null;
    }

    private async ValueTask<PersonKey?> PersonAsync(CustomerPartition partition, Customer customer, Contact contact)
    {
        var own = new PersonKey(customer.Key.Value);
        if (partition.PersonOf(contact.Key) is { } stored)
        {
            return stored;
        }

        if (contact.Email is not { } email)
        {
            return null;
        }

        var seen = await _addresses.PersonAsync(secret.AddressKeyOf(email), own);
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
            news.ExternalId,
            Pick(known?.Kind, news.Kind, isOld) ?? CustomerKind.Person,
            Pick(known?.Name, news.Name, isOld),
            Pick(known?.DoNotProfile, news.DoNotProfile, isOld) ?? false
        );

    private static Contact Merge(Contact? known, ContactKey key, CustomerNews news, bool isOld) =>
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
            Newer(known?.EmailConsent, news.EmailConsent)
        )
        {
            ToldAt = isOld ? known?.ToldAt : news.ToldAt ?? known?.ToldAt,
        };

    private static T? Pick<T>(T? known, T? news, bool isOld)
        where T : class => isOld ? known ?? news : news ?? known;

    private static T? Pick<T>(T? known, T? news, bool isOld)
        where T : struct => isOld ? known ?? news : news ?? known;

    private static Consent? Newer(Consent? known, Consent? news) =>
        news is null || (known is not null && known.OccurredAt >= news.OccurredAt) ? known : news;

    private static bool Same(Contact? known, Contact contact) =>
        known is not null && known with { Roles = [] } == contact with { Roles = [] } && known.Roles.SequenceEqual(contact.Roles);
}
