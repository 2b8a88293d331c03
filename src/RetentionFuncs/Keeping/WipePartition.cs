using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Keeping;

/// <summary>
/// Empties a customer's partition behind its tombstone, at most a hundred rows a commit: facts first, profile and contacts last, so that
/// what is cut off still knows whom it is about. Messages that ended are counted in the tombstone and go; one whose outcome is open
/// stays as a bare record; links of hash chains stay without what they spoke of.
/// </summary>
internal sealed class WipePartition(IRowStore store)
{
    private const int PerCommit = RowLimits.CommitRows - 1;

    /// <returns>Rows taken away or stripped, and messages whose outcome is open.</returns>
    public async ValueTask<(int Rows, int UnderWay)> RunAsync(CustomerKey customer, ContactKey? only, PersonTraces person)
    {
        var total = 0;
        for (var i = 0; i < ContendedCommit.Tries; i++)
        {
            var (rows, tombstone) = await ReadAsync(customer, only);
            if (tombstone is null)
            {
                return (total, 0);
            }

            var plan = new WipePlan(only, person);
            var fates = rows.Select(plan.FateOf).OfType<RowFate>().OrderBy(f => f.IsLast).ToArray();
            if (fates.Length == 0)
            {
                return (total, plan.UnderWay);
            }

            total += await ApplyAsync(customer, tombstone, fates);
        }

        throw new StoreUnavailableException("The customer's rows were written to all the while; erase again.");
    }

    private async ValueTask<(List<StoredRow> Rows, StoredRow? Tombstone)> ReadAsync(CustomerKey customer, ContactKey? only)
    {
        var tomb = only is { } contact ? CustomerPartition.ErasedRow + "|" + contact.Value : CustomerPartition.ErasedRow;
        var rows = new List<StoredRow>();
        StoredRow? tombstone = null;
        await foreach (var row in store.ReadAllAsync(CustomerPartition.IdOf(customer), RowRange.All))
        {
            if (row.Key == tomb)
            {
                tombstone = row;
            }
            else
            {
                rows.Add(row);
            }
        }

        return (rows, tombstone);
    }

    /// <returns>Rows written; a conflict ends the pass, and the next one looks again.</returns>
    private async ValueTask<int> ApplyAsync(CustomerKey customer, StoredRow tombstone, RowFate[] fates)
    {
        var (written, standing, version) = (0, Tombstone.Read(tombstone.Properties), tombstone.Version);
        foreach (var part in fates.Chunk(PerCommit))
        {
            var next = part.Select(f => f.Counted)
                .OfType<(string Campaign, string State)>()
                .Aggregate(standing, (t, c) => t.With(c.Campaign, c.State));
            var writes = part.Select(f => f.Write).Append(new RowWrite(tombstone.Key, Expectation.At(version), next.ToBag())).ToArray();
            if (await store.CommitAsync(CustomerPartition.IdOf(customer), writes) is not CommitResult.Applied applied)
            {
                return written;
            }

            (written, standing, version) = (written + part.Length, next, applied.Versions[^1]);
        }

        return written;
    }
}

/// <summary>What becomes of one row.</summary>
/// <param name="Counted">A message that ended: its campaign and state are all that is kept.</param>
internal sealed record RowFate(RowWrite Write, bool IsLast, (string Campaign, string State)? Counted = null);

/// <summary>Decides row by row; a row that is as it may be has no fate.</summary>
internal sealed class WipePlan(ContactKey? only, PersonTraces person)
{
    public int UnderWay { get; private set; }

    public RowFate? FateOf(StoredRow row)
    {
        if (row.Key.StartsWith(CustomerPartition.TouchPrefix, StringComparison.Ordinal))
        {
            return OfTouch(row);
        }

        if (only is { } contact)
        {
            return OfContactsRow(row, contact);
        }

        return row.Key.StartsWith(CustomerPartition.ErasedRow + "|", StringComparison.Ordinal) ? null
            : LinkOf(row) is { } link ? OfLink(row, link)
            : Deleted(row);
    }

    private RowFate? OfTouch(StoredRow row)
    {
        var bag = row.Properties;
        if (only is { } contact && bag.TextOrNull("contact") != contact.Value)
        {
            return null;
        }

        var state = bag.Choice<TouchpointState>("state");
        if (state is TouchpointState.Sending or TouchpointState.Unknown)
        {
            UnderWay++;
            var bare = TouchpointRows.Bare(bag);
            return bare.Entries.Count == bag.Entries.Count && bag.Text("occasion") == bare.Text("occasion") ? null : Written(row, bare);
        }

        // Nothing was called for what is only planned, and nothing will be.
        var ended = state == TouchpointState.Planned ? TouchpointState.Skipped : state;
        return Deleted(row) with { Counted = (bag.Text("campaign"), ended.ToString()) };
    }

    private RowFate? OfContactsRow(StoredRow row, ContactKey contact)
    {
        if (row.Key == CustomerPartition.ContactPrefix + contact.Value)
        {
            return Deleted(row);
        }

        var isTheirs = row.Key.Contains(contact.Value, StringComparison.Ordinal) || row.Properties.TextOrNull("contact") == contact.Value;
        if (isTheirs && !row.Key.StartsWith(CustomerPartition.ErasedRow, StringComparison.Ordinal))
        {
            return LinkOf(row) is { } link ? OfLink(row, link) : Deleted(row);
        }

        return row.Properties.Without(person) is { } clean ? Written(row, clean) : null;
    }

    /// <summary>What is left of a row of the consent history: the seals hold, and what they spoke of and the salt are gone.</summary>
    private static PropertyBag? LinkOf(StoredRow row) =>
        row.Key == CustomerPartition.ConsentsRow
            ? new PropertyBag().Set("count", row.Properties.Integer("count")).Set("head", row.Properties.TextOrNull("head"))
        : row.Key.StartsWith(CustomerPartition.ConsentPrefix, StringComparison.Ordinal) ? ConsentRows.WithoutPayload(row.Properties)
        : null;

    private static RowFate? OfLink(StoredRow row, PropertyBag link) =>
        link.Entries.Count == row.Properties.Entries.Count ? null : Written(row, link);

    private static RowFate Written(StoredRow row, PropertyBag bag) => new(new RowWrite(row.Key, Expectation.At(row.Version), bag), false);

    private static RowFate Deleted(StoredRow row) =>
        new(
            new RowWrite(row.Key, Expectation.At(row.Version), null),
            row.Key == CustomerPartition.ProfileRow || row.Key.StartsWith(CustomerPartition.ContactPrefix, StringComparison.Ordinal)
        );
}
