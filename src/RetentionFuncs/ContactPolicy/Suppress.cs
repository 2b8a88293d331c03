using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy;

/// <summary>How an address stood when it was looked at.</summary>
/// <param name="Unchanged">What a write expects that must not go over anything newer.</param>
public readonly record struct SeenStanding(AddressStanding Standing, Expectation Unchanged);

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

    public async ValueTask<AddressStanding> ReadAsync(AddressKey address) => (await SeeAsync(address)).Standing;

    /// <summary>The standing with what a write over it must expect.</summary>
    public async ValueTask<SeenStanding> SeeAsync(AddressKey address)
    {
        var row = await store.ReadRowAsync(AddressStanding.PartitionOf(address), AddressStanding.RowKey);
        return new SeenStanding(AddressStanding.Read(row?.Properties), row is null ? Expectation.Absent : Expectation.At(row.Version));
    }

    /// <summary>Writes over a standing if it still is as it was seen.</summary>
    public async ValueTask<bool> ReplaceAsync(AddressKey address, SeenStanding seen, AddressStanding by) =>
        await store.CommitAsync(AddressStanding.PartitionOf(address), [new RowWrite(AddressStanding.RowKey, seen.Unchanged, by.ToBag())])
        is CommitResult.Applied;

    private ValueTask<AddressStanding> ChangeAsync(AddressKey address, Func<AddressStanding, AddressStanding> change) =>
        ContendedCommit.UntilAppliedAsync(async () =>
        {
            var seen = await SeeAsync(address);
            var after = change(seen.Standing);
            return after == seen.Standing || await ReplaceAsync(address, seen, after) ? after : null;
        });
}
