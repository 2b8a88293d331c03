using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Deliveries;

/// <summary>Evidence that changes nothing and must be looked at by a person: of another installation, of a touch that is not ours, or unreadable.</summary>
public sealed class EvidenceQuarantine(IRowStore store)
{
    public static readonly PartitionId Partition = new(StoreTable.Control, "quarantine");

    public async ValueTask PutAsync(IEnumerable<ReceivedEvent> foreign, IEnumerable<OddEvent> odd, DateTimeOffset now)
    {
        var writes = foreign
            .Select(e => Row($"foreign|{e.Instance}|{e.Event.Touch}|{DeliveryEventRows.HashOf(e.Event)}", ToBag(e, now)))
            .Concat(odd.Select(o => Row($"odd|{HashOf(o)}", ToBag(o, now))))
            .DistinctBy(w => w.Key, StringComparer.Ordinal);
        foreach (var part in writes.Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(Partition, part);
        }
    }

    private static RowWrite Row(string key, PropertyBag bag) => new(key, Expectation.Any, bag);

    private static PropertyBag ToBag(ReceivedEvent e, DateTimeOffset now) =>
        DeliveryEventRows.ToBag(e.Event, now).Set("instance", e.Instance).Set("raw", e.Raw);

    private static PropertyBag ToBag(OddEvent odd, DateTimeOffset now) =>
        new PropertyBag().Set("problem", odd.Problem).Set("raw", odd.Raw).Set("recordedAt", now);

    private static string HashOf(OddEvent odd) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{odd.Problem}\n{odd.Raw}")), 16);
}
