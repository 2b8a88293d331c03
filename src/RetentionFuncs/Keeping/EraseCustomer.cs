using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Operations;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <param name="CustomerId">As the shop knows it.</param>
/// <param name="ContactId">Only this contact, as the shop knows it; null: the whole customer.</param>
/// <param name="Suppress">Whether the addresses get nothing more from now on: their keyed hashes are all that is kept of them.</param>
/// <param name="By">Who asks for it, as the home names people.</param>
/// <param name="Compact">Whether the space that was freed is overwritten at once.</param>
public sealed record ErasureWish(string CustomerId, string? ContactId, bool Suppress, string By, string Why, bool Compact = true);

/// <param name="Places">What was taken away where, the customer's own rows first.</param>
/// <param name="UnderWay">Messages whose outcome is open: stripped, and settled by evidence like any other.</param>
/// <param name="AtProvider">Addresses that a provider may have on record: to be erased there too. Shown once, kept nowhere.</param>
public sealed record ErasureReport(
    CustomerKey Customer,
    bool AlreadyErased,
    IReadOnlyList<(Findings.Phrase Place, PlaceErasure Erasure)> Places,
    int Suppressed,
    int UnderWay,
    IReadOnlyList<string> AtProvider
);

/// <summary>
/// Forgets a person (design S17). First a tombstone, from which moment nothing about the person is written any more; then every place
/// outside the customer's partition, which is found by what the partition still says; the partition last. So a run that was cut off is
/// finished by the same command, and one that is repeated does no harm.
/// </summary>
public sealed class EraseCustomer(
    IRowStore store,
    InstanceSecret secret,
    NoteOperation note,
    IReadOnlyList<IPersonalPlace> places,
    Func<ValueTask>? compact,
    TimeProvider clock
)
{
    private sealed record Done;

    private readonly ErasureRows _erasures = new(store);
    private readonly WipePartition _wipe = new(store);
    private readonly AddressTraces _addresses = new(store);

    /// <returns>Null when no such customer or contact is on file or was erased.</returns>
    /// <exception cref="StoreUnavailableException">Not finished: give the same command again.</exception>
    public async ValueTask<ErasureReport?> RunAsync(ErasureWish wish)
    {
        var partition = await CustomerForward.LoadAsync(store, secret.CustomerKeyOf(wish.CustomerId));
        var key = partition.Key;
        ContactKey? only = wish.ContactId is { } id ? secret.ContactKeyOf(key, id) : null;
        var merged = only is null ? await MergedAsync(partition) : [];
        var wasErased = partition.IsErased || (only is { } one && partition.IsErasedContact(one));
        var contacts = partition.Contacts().Where(c => only is null || c.Key == only).ToArray();
        if (!wasErased && (only is null ? partition.Profile() is null : contacts.Length == 0))
        {
            return null;
        }

        await note.RunAsync(wish.By, only is null ? "erase-customer" : "erase-contact", key.Value, wish.Why);
        var now = clock.GetUtcNow();
        await BuryAsync(key, only, now);
        await _erasures.PutAsync(key, now);
        var person = new PersonTraces(
            key,
            only is null ? wish.CustomerId : null,
            contacts,
            only is null ? partition.Profile()?.Name : null
        );
        var suppressed = await _addresses.EraseAsync(secret, partition, contacts, only is null, wish.Suppress, now);
        var places = await EraseAroundAsync(person);
        var rows = 0;
        foreach (var (old, externalId) in merged)
        {
            // What was written to the person under an id that was theirs once.
            await BuryAsync(old, null, now);
            await _erasures.PutAsync(old, now);
            var traces = new PersonTraces(old, externalId, contacts);
            _ = await EraseAroundAsync(traces);
            rows += (await _wipe.RunAsync(old, null, traces)).Rows;
        }

        var (own, underWay) = await _wipe.RunAsync(key, only, person);
        rows += own;
        if (wish.Compact && compact is not null)
        {
            await compact();
        }

        return new ErasureReport(
            key,
            wasErased,
            [(new("the customer's own rows", "该顾客的档案"), PlaceErasure.Of(rows)), .. places],
            suppressed,
            underWay,
            [.. contacts.Select(c => c.Email?.Value).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)]
        );
    }

    /// <summary>
    /// Looks again at everybody who was erased: what an answer that was under way at that moment wrote behind the tombstone goes too.
    /// After a restore of an older state, the keys of those erased since are buried again.
    /// </summary>
    public async ValueTask<int> LookAgainAsync()
    {
        var again = 0;
        await foreach (var (customer, at) in _erasures.ReadAsync())
        {
            var partition = await CustomerPartition.LoadAsync(store, customer);
            if (partition.IsErased)
            {
                again += (await _wipe.RunAsync(customer, null, new PersonTraces(customer, null, []))).Rows;
            }
        }

        return again;
    }

    private async ValueTask<List<(CustomerKey Key, string? ExternalId)>> MergedAsync(CustomerPartition partition)
    {
        var merged = new List<(CustomerKey, string?)>();
        await foreach (var old in CustomerForward.AbsorbedAsync(store, partition))
        {
            merged.Add((old.Key, old.Profile()?.ExternalId));
        }

        return merged;
    }

    private async ValueTask<List<(Findings.Phrase, PlaceErasure)>> EraseAroundAsync(PersonTraces person)
    {
        var done = new List<(Findings.Phrase, PlaceErasure)>();
        foreach (var place in places)
        {
            done.Add((place.Name, await place.EraseAsync(person)));
        }

        return done;
    }

    private async ValueTask BuryAsync(CustomerKey key, ContactKey? only, DateTimeOffset now) =>
        await ContendedCommit.UntilAppliedAsync(async () =>
        {
            var partition = await CustomerPartition.LoadAsync(store, key);
            var row = only is { } contact ? CustomerPartition.ErasedRow + "|" + contact.Value : CustomerPartition.ErasedRow;
            if (partition.Find(row) is null)
            {
                partition.Put(row, new Tombstone(now, new Dictionary<string, long>()).ToBag());
            }

            return await partition.CommitAsync() is CommitResult.Applied ? new Done() : null;
        });
}
