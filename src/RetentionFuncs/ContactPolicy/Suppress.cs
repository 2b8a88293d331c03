using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy;

/// <summary>Writes a suppression on an address. Once it is committed no claim on that address succeeds.</summary>
public sealed class Suppress(IRowStore store)
{
    public ValueTask<AddressStanding> RunAsync(AddressKey address, Suppression suppression) =>
        ChangeAsync(address, s => s with { Suppression = Suppression.Stronger(s.Suppression, suppression) });

    /// <summary>As <see cref="RunAsync"/>.</summary>
    /// <returns>Whether the address stands otherwise than before.</returns>
    public async ValueTask<bool> AddAsync(AddressKey address, Suppression suppression)
    {
        var isNew = false;
        _ = await ChangeAsync(
            address,
            s =>
            {
                var after = s with { Suppression = Suppression.Stronger(s.Suppression, suppression) };
                isNew |= after != s;
                return after;
            }
        );
        return isNew;
    }

    /// <summary>Gives the person a break; the longer of two counts, and it takes nothing from a suppression.</summary>
    public ValueTask<AddressStanding> PauseAsync(AddressKey address, Pause pause) =>
        ChangeAsync(address, s => s.Pause is { } known && known.Until >= pause.Until ? s : s with { Pause = pause });

    public ValueTask<AddressStanding> RefuseTopicsAsync(AddressKey address, IReadOnlyList<string> topics, DateTimeOffset now) =>
        ChangeAsync(address, s => s.Refusing(topics, now));

    /// <summary>
    /// Notes that a mail asks this address for a confirmation, unless one did within the last <paramref name="spacing"/> or nothing may
    /// go there: whose request is noted afterwards is in <see cref="AddressStanding.Pending"/>.
    /// </summary>
    internal ValueTask<AddressStanding> AskAsync(AddressKey address, PendingRequest request, TimeSpan spacing) =>
        ChangeAsync(
            address,
            s => !s.MayComeBack || s.Pending?.Id == request.Id || request.At - s.Pending?.At < spacing ? s : s with { Pending = request }
        );

    /// <summary>The one way back from a suppression, open to <see cref="Confirmations.ConfirmConsent"/> alone.</summary>
    internal ValueTask<AddressStanding> LiftAsync(AddressKey address, DateTimeOffset asked) => ChangeAsync(address, s => s.LiftedBy(asked));

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
