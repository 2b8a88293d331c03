using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy.Histories;

/// <summary>
/// Writes the consent history into the partition in hand, so that an answer and its proof are on file together or not at all. The state
/// row is written with every entry, so two writers never take one number.
/// </summary>
public sealed class ConsentLog(InstanceSecret secret, IIdSource ids)
{
    private static readonly Channel[] Channels = Enum.GetValues<Channel>();

    /// <summary>An entry for each channel on which the answer is another than before; nothing when there is none.</summary>
    /// <param name="known">The contact as it is on file, or null when it is new.</param>
    public void Note(CustomerPartition partition, Contact? known, Contact contact)
    {
        foreach (var channel in Channels)
        {
            if (contact.ConsentFor(channel) is { } answer && answer != known?.ConsentFor(channel))
            {
                Add(
                    partition,
                    known,
                    ConsentEntry.Of(ConsentAct.Answered, contact, channel, secret.AddressKeyOf(contact, channel), answer)
                );
            }
        }
    }

    /// <summary>An entry for each channel whose answer an undone import has taken with it.</summary>
    /// <param name="contact">As it will be, or null when it goes.</param>
    public void NoteUndone(CustomerPartition partition, Contact known, Contact? contact, DateTimeOffset now)
    {
        foreach (var channel in Channels.Where(c => known.ConsentFor(c) != contact?.ConsentFor(c)))
        {
            var address = secret.AddressKeyOf(known, channel);
            var entry = contact?.ConsentFor(channel) is { } answer
                ? ConsentEntry.Of(ConsentAct.TakenBack, known, channel, address, answer) with
                {
                    RecordedAt = now,
                }
                : ConsentEntry.Of(ConsentAct.TakenBack, known, channel, address, "undo of an import", now);
            Add(partition, known, entry);
        }
    }

    /// <param name="known">The contact as it was on file: where there is no history yet, its answers are written down first.</param>
    /// <param name="networkAddress">Kept as a salted hash only.</param>
    public void Add(CustomerPartition partition, Contact? known, ConsentEntry entry, string? networkAddress = null)
    {
        var state = partition.Find(CustomerPartition.ConsentsRow);
        var salt = state?.TextOrNull("salt") ?? ids.NewId();
        var (count, head) = ((int)(state?.IntegerOr("count", 0) ?? 0), state?.TextOrNull("head") ?? ConsentRows.Beginning);
        IEnumerable<ConsentEntry> entries =
        [
            .. state is null && known is not null ? FoundOn(known) : [],
            entry with
            {
                From = ConsentRows.HashOf(networkAddress, salt),
            },
        ];
        foreach (var one in entries)
        {
            var bag = ConsentRows.ToBag(one with { Number = ++count }, head, salt, secret);
            partition.Put(ConsentRows.KeyOf(count), bag);
            head = bag.Text("seal");
        }

        partition.Put(CustomerPartition.ConsentsRow, new PropertyBag().Set("count", count).Set("head", head).Set("salt", salt));
    }

    private IEnumerable<ConsentEntry> FoundOn(Contact known) =>
        from channel in Channels
        let answer = known.ConsentFor(channel)
        where answer is not null
        select ConsentEntry.Of(ConsentAct.FoundOnFile, known, channel, secret.AddressKeyOf(known, channel), answer);
}
