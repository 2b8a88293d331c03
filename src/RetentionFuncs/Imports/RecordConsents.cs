using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Imports;

/// <summary>Puts imported answers about marketing on file, the oldest first. Nobody comes into being by an answer.</summary>
internal sealed class RecordConsents
{
    private static readonly Wording NoCustomer = new("is no customer on file; import the customers first", "没有这位客户；请先导入客户");
    private static readonly Wording NoAddress = new(
        "is the address of no contact on file; import the customers first, or name the customer_id",
        "不是任何已知联系人的地址；请先导入客户，或写明 customer_id"
    );
    private static readonly Wording Several = new(
        "is the address of several contacts; name customer_id and contact_id",
        "有多位联系人使用该地址；请写明 customer_id 和 contact_id"
    );

    private readonly IRowStore _store;
    private readonly InstanceSecret _secret;
    private readonly RecordCustomer _customers;
    private readonly Suppress _addresses;
    private readonly UndoReferences _references;
    private readonly Lazy<Task<IReadOnlyDictionary<AddressKey, CustomerKey?>>> _numbers;

    /// <param name="verbs">For one import: numbers are looked up as they were when it first asked.</param>
    public RecordConsents(ImportVerbs verbs)
    {
        (_store, _secret, _customers) = (verbs.Store, verbs.Secret, verbs.Customers);
        (_addresses, _references) = (verbs.Addresses, new UndoReferences(_store));
        _numbers = new(NumbersAsync);
    }

    public async ValueTask<ApplyOutcome> RunAsync(ImportedFacts.Consents given, DateTimeOffset now, UndoTrail? trail)
    {
        var (partition, contact, problem) = await FindAsync(given.Who);
        if (partition?.Profile() is not { } customer)
        {
            return new ApplyOutcome(0, problem ?? NoCustomer);
        }

        if (trail is not null && given.Who.CustomerId is null)
        {
            // The import's own list has the key of the address; what changes is the customer.
            await _references.AddAsync(trail.Run, [customer.Key.Value]);
        }

        var unchanged = 0;
        foreach (var answer in given.Answers)
        {
            var news = NewsOf(customer.ExternalId, answer.ContactId ?? contact ?? Contact.Primary, answer);
            var recorded = await _customers.RunAsync(news, now, trail);
            if (recorded == Recorded.Erased)
            {
                return ApplyOutcome.Erased;
            }

            unchanged += recorded == Recorded.Unchanged ? answer.Rows : 0;
        }

        return new ApplyOutcome(unchanged);
    }

    private async ValueTask<(CustomerPartition? Partition, string? Contact, Wording? Problem)> FindAsync(ConsentGiver who)
    {
        if (who.CustomerId is { } id)
        {
            var partition = await CustomerPartition.LoadAsync(_store, _secret.CustomerKeyOf(id));
            return (partition, partition.Contacts().Primary()?.ExternalId, null);
        }

        var address = who.Email is { } email ? _secret.AddressKeyOf(email) : _secret.AddressKeyOf(who.Number!);
        var channel = who.Email is null ? Channel.Phone : Channel.Email;
        var found = (await _addresses.ReadAsync(address)).Person is { } person
            ? await AtAsync(new CustomerKey(person.Value), address, channel)
            : (null, null, NoAddress);
        if (found.Partition is not null || found.Problem == Several || channel == Channel.Email)
        {
            return found;
        }

        // A number is not noted under its address while the contact has e-mail: one pass over all customers finds those.
        return !(await _numbers.Value).TryGetValue(address, out var key) ? (null, null, NoAddress)
            : key is null ? (null, null, Several)
            : await AtAsync(key.Value, address, channel);
    }

    private async ValueTask<(CustomerPartition? Partition, string? Contact, Wording? Problem)> AtAsync(
        CustomerKey key,
        AddressKey address,
        Channel channel
    )
    {
        var partition = await CustomerPartition.LoadAsync(_store, key);
        var contacts = partition.Contacts().Where(c => _secret.AddressKeyOf(c, channel) == address).ToList();
        return contacts switch
        {
            [var one] => (partition, one.ExternalId, null),
            [] => (null, null, NoAddress),
            _ => (null, null, Several),
        };
    }

    /// <summary>Who has which number; null where several customers have it.</summary>
    private async Task<IReadOnlyDictionary<AddressKey, CustomerKey?>> NumbersAsync()
    {
        var numbers = new Dictionary<AddressKey, CustomerKey?>();
        await foreach (var key in new CustomerIndex(_store).ReadAllAsync())
        {
            var contacts = (await CustomerPartition.LoadAsync(_store, key)).Contacts();
            foreach (var address in contacts.Select(c => _secret.AddressKeyOf(c, Channel.Phone)).OfType<AddressKey>())
            {
                numbers[address] = numbers.TryGetValue(address, out var known) && known != key ? null : key;
            }
        }

        return numbers;
    }

    private static CustomerNews NewsOf(string customerId, string contactId, ImportedAnswer answer) =>
        new(customerId, null, null, null, contactId, null, null, null, null, null, null, null, null, answer.Email)
        {
            SmsConsent = answer.Sms,
            PhoneConsent = answer.Phone,
        };
}
