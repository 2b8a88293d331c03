using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.HandOffs;

/// <summary>Which list of a channel is being made, and which was the last of a day.</summary>
/// <param name="Open">Null: none.</param>
/// <param name="Number">Of the newest list, on its day; 0 before the first.</param>
/// <param name="Expect">What must still be so for another one to begin or for this one to end.</param>
internal sealed record BatchStanding(HandOffBatch? Open, DateOnly Day, int Number, Expectation Expect);

/// <summary>How far one list is. It lies among the list's references and changes with each lot of them, so nothing gets in once it is closed.</summary>
internal sealed record BatchHead(bool IsClosed, int Count, Expectation Expect);

/// <summary>The lists as rows: a line for each and one a channel for where it stands, and beside them the references of each list.</summary>
internal sealed class BatchRows(IRowStore store)
{
    /// <summary>Names of lists and references begin after it; our own rows among them begin with a dash, before it.</summary>
    private static readonly RowRange Named = new("0", null);

    private const string HeadRow = "-head";
    private const string StandingPrefix = "-standing|";
    private static readonly PartitionId Batches = new(StoreTable.Control, "handoff-batches");

    /// <summary>All lists, oldest first.</summary>
    public async ValueTask<IReadOnlyList<HandOffBatch>> ReadAsync()
    {
        var batches = new List<HandOffBatch>();
        await foreach (var row in store.ReadAllAsync(Batches, Named))
        {
            batches.Add(HandOffBatch.Read(row.Key, row.Properties));
        }

        return batches;
    }

    public async ValueTask<BatchStanding> StandingAsync(Channel channel)
    {
        if (await store.ReadRowAsync(Batches, StandingRow(channel)) is not { } row)
        {
            // None yet, or lists of a time when this was not kept.
            var left = (await ReadAsync()).FirstOrDefault(b => b.Channel == channel && !b.IsClosed);
            return new BatchStanding(left, default, 0, Expectation.Absent);
        }

        var open = row.Properties.TextOrNull("open") is { } id
            ? new HandOffBatch(id, channel, row.Properties.Instant("openedAt"), false, 0)
            : null;
        return new BatchStanding(open, row.Properties.Day("day"), (int)row.Properties.Integer("number"), Expectation.At(row.Version));
    }

    /// <summary>Begins a list where none is open.</summary>
    public ValueTask<CommitResult> BeginAsync(BatchStanding standing, HandOffBatch batch, DateOnly day, int number)
    {
        var next = StandingBag(day, number).Set("open", batch.Id).Set("openedAt", batch.At);
        return store.CommitAsync(
            Batches,
            [new RowWrite(batch.Id, Expectation.Absent, batch.ToBag()), new RowWrite(StandingRow(batch.Channel), standing.Expect, next)]
        );
    }

    /// <summary>Says of a closed list that it is done, so that another may begin.</summary>
    public ValueTask<CommitResult> FinishAsync(BatchStanding standing, HandOffBatch closed) =>
        store.CommitAsync(
            Batches,
            [
                new RowWrite(closed.Id, Expectation.Any, closed.ToBag()),
                new RowWrite(StandingRow(closed.Channel), standing.Expect, StandingBag(standing.Day, standing.Number)),
            ]
        );

    public async ValueTask<BatchHead> HeadAsync(string batch) =>
        await store.ReadRowAsync(ItemsOf(batch), HeadRow) is { } row
            ? new BatchHead(row.Properties.Flag("closed"), (int)row.Properties.IntegerOr("count", 0), Expectation.At(row.Version))
            : new BatchHead(false, 0, Expectation.Absent);

    /// <summary>Writes references into a list that is still as its head was read.</summary>
    public ValueTask<CommitResult> AddAsync(string batch, BatchHead head, IReadOnlyList<StoredRow> rows) =>
        store.CommitAsync(
            ItemsOf(batch),
            [
                .. rows.Select(r => new RowWrite(r.Key, Expectation.Any, r.Properties)),
                new RowWrite(HeadRow, head.Expect, HeadBag(false, head.Count)),
            ]
        );

    /// <summary>From here on the list is what it is.</summary>
    public ValueTask<CommitResult> CloseAsync(string batch, BatchHead head, int count) =>
        store.CommitAsync(ItemsOf(batch), [new RowWrite(HeadRow, head.Expect, HeadBag(true, count))]);

    /// <summary>The references of one list, in the order of their keys.</summary>
    public IAsyncEnumerable<StoredRow> ItemsAsync(string batch) => store.ReadAllAsync(ItemsOf(batch), Named);

    public ValueTask<StoredRow?> ItemAsync(string batch, string reference) => store.ReadRowAsync(ItemsOf(batch), reference);

    private static string StandingRow(Channel channel) => StandingPrefix + HandOffBatch.Word(channel);

    private static PropertyBag StandingBag(DateOnly day, int number) => new PropertyBag().Set("day", day).Set("number", number);

    private static PropertyBag HeadBag(bool isClosed, int count) => new PropertyBag().Set("closed", isClosed).Set("count", count);

    private static PartitionId ItemsOf(string batch) => new(StoreTable.Control, $"handoff-batch|{batch}");
}
