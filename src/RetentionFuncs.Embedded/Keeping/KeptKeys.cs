using System.Globalization;
using System.Text;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Keeping;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>
/// What must never be forgotten, whatever state of the database is put back: whose address gets nothing more, and who was erased. One
/// line each in a file beside the database, by keyed hash; nothing in it names anybody.
/// </summary>
internal sealed class KeptKeys(HomeFolder folder)
{
    private const string Suppressed = "suppressed";
    private const string Erased = "erased";
    private readonly Lock _turn = new();
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    private static string PathIn(HomeFolder folder) => folder.In("retention.keys");

    /// <summary>Notes what a commit has put on file.</summary>
    public void Note(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        foreach (var write in writes)
        {
            if (LineOf(partition, write) is { } line)
            {
                Append(line);
            }
        }
    }

    private static string? LineOf(PartitionId partition, RowWrite write) =>
        partition.Table switch
        {
            StoreTable.Addresses when write.Properties?.TextOrNull("suppressed") is { } reason =>
                $"{Suppressed} {partition.Key} {reason} {write.Properties.Text("suppressedAt")}",
            StoreTable.Customers when write is { Key: CustomerPartition.ErasedRow, Properties: not null } => $"{Erased} {partition.Key}",
            _ => null,
        };

    private void Append(string line)
    {
        lock (_turn)
        {
            if (_written.Add(line))
            {
                using var file = DataFolder.NewFile(PathIn(folder), FileMode.OpenOrCreate);
                file.Seek(0, SeekOrigin.End);
                file.Write(Encoding.ASCII.GetBytes(line + "\n"));
                file.Flush(flushToDisk: true);
            }
        }
    }

    /// <summary>Puts on file again what an older state does not know.</summary>
    public static async Task ReplayAsync(EmbeddedHome home)
    {
        var path = PathIn(home.Folder);
        if (!File.Exists(path))
        {
            return;
        }

        var addresses = new Suppress(home.Product.Store);
        foreach (var parts in (await File.ReadAllLinesAsync(path)).Distinct(StringComparer.Ordinal).Select(l => l.Split(' ')))
        {
            if (parts is [Suppressed, { Length: 26 } address, var reason, var at] && Read(reason, at) is { } suppression)
            {
                await addresses.RunAsync(new AddressKey(address), suppression);
            }
            else if (parts is [Erased, { Length: 26 } customer])
            {
                await EraseAgainAsync(home, new CustomerKey(customer));
            }
        }
    }

    private static Suppression? Read(string reason, string at) =>
        Enum.TryParse<SuppressionReason>(reason, out var why)
        && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
            ? new Suppression(why, since, "kept key")
            : null;

    private static async Task EraseAgainAsync(EmbeddedHome home, CustomerKey customer)
    {
        var partition = await CustomerPartition.LoadAsync(home.Product.Store, customer);
        if (partition.Profile() is { } profile)
        {
            var wish = new ErasureWish(profile.ExternalId, null, false, OlderState.Operator, "erased before the restore");
            await home.Product.EraseCustomer.RunAsync(wish);
        }
    }
}

/// <summary>The row store, with the keys that must outlive any of its states noted beside it.</summary>
internal sealed class NotingRowStore(SqliteRowStore inner, KeptKeys keys) : IGroupingRowStore
{
    public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = RowLimits.PageRows) =>
        inner.ReadAsync(partition, range, limit);

    public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
        partition.Table is StoreTable.Addresses || (partition.Table == StoreTable.Customers && IsBurial(writes))
            ? NoteAsync(inner.CommitAsync(partition, writes), partition, writes)
            : inner.CommitAsync(partition, writes);

    public ValueTask<CommitResult> CommitClaimAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
        inner.CommitClaimAsync(partition, writes);

    private static bool IsBurial(IReadOnlyList<RowWrite> writes)
    {
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes[i].Key == CustomerPartition.ErasedRow)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<CommitResult> NoteAsync(ValueTask<CommitResult> commit, PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        var result = await commit;
        if (result is CommitResult.Applied)
        {
            keys.Note(partition, writes);
        }

        return result;
    }
}
