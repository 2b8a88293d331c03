using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy;

/// <summary>Writes a suppression on an address. Once it is committed no claim on that address succeeds.</summary>
public sealed class Suppress(IRowStore store)
{
    public ValueTask<AddressStanding> RunAsync(AddressKey address, Suppression suppression) =>
        ChangeAsync(address, s => s with { Suppression = Suppression.Stronger(s.Suppression, suppression) });

    /// <summary>Gives the person a break; the longer of two counts, and it takes nothing from a suppression.</summary>
    public ValueTask<AddressStanding> PauseAsync(AddressKey address, Pause pause) =>
        ChangeAsync(address, s => s.Pause is { } known && known.Until >= pause.Until ? s : s with { Pause = pause });

    /// <summary>Takes a touch's slot back when it was never sent.</summary>
    public ValueTask<AddressStanding> FreeSlotAsync(AddressKey address, string touch, string attempt) =>
        ChangeAsync(address, s => s with { Slots = s.Slots.Free(touch, attempt) });

    /// <summary>Takes a slot for a contact that is planned but, being control, never made.</summary>
    public ValueTask<AddressStanding> TakeSlotAsync(AddressKey address, string touch, DateTimeOffset now, FrequencyCap cap) =>
        ChangeAsync(address, s => s with { Slots = s.Slots.Take(touch, CapSlot.Control, now, cap) });

    /// <summary>The person first seen with the address: <paramref name="candidate"/> when nobody was.</summary>
    public async ValueTask<PersonKey> PersonAsync(AddressKey address, PersonKey candidate) =>
        (await ChangeAsync(address, s => s.Person is null ? s with { Person = candidate } : s)).Person!.Value;

    public async ValueTask<AddressStanding> ReadAsync(AddressKey address) =>
        AddressStanding.Read((await store.ReadRowAsync(AddressStanding.PartitionOf(address), AddressStanding.RowKey))?.Properties);

    private ValueTask<AddressStanding> ChangeAsync(AddressKey address, Func<AddressStanding, AddressStanding> change) =>
        ContendedCommit.UntilAppliedAsync(async () =>
        {
            var partition = AddressStanding.PartitionOf(address);
            var row = await store.ReadRowAsync(partition, AddressStanding.RowKey);
            var before = AddressStanding.Read(row?.Properties);
            var after = change(before);
            if (after == before)
            {
                return after;
            }

            var expect = row is null ? Expectation.Absent : Expectation.At(row.Version);
            var result = await store.CommitAsync(partition, [new RowWrite(AddressStanding.RowKey, expect, after.ToBag())]);
            return result is CommitResult.Applied ? after : null;
        });
}
