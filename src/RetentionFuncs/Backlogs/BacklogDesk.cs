using RetentionFuncs.Storage;

namespace RetentionFuncs.Backlogs;

/// <summary>A place that was given and whose customer's turn is not on file as settled.</summary>
internal sealed record OpenPlace(string Key, RowVersion Version, WaitingCustomer Customer);

/// <summary>Everything that decides about places, as it stood at one reading.</summary>
/// <param name="Expect">Of the state's row.</param>
/// <param name="IsFilling">A launch still puts customers in line: nobody's turn comes before the whole line stands.</param>
internal sealed record DeskReading(BacklogState State, Expectation Expect, IReadOnlyList<OpenPlace> Open, bool IsFilling);

/// <summary>
/// Where a campaign's places are given out: one partition, so that the count of a day and the places behind it change together. A place is
/// counted before its customer's turn, and counted back in the commit that takes the place away: a crash between leaves an open place,
/// which whoever comes next settles, and never one too many.
/// </summary>
internal sealed class BacklogDesk(IRowStore store, string campaign)
{
    /// <summary>Places open at a time: with the state they fit one commit.</summary>
    public const int MostOpen = 64;

    private const string StateRow = "state";
    private const string PlacePrefix = "place|";
    private const string FillingPrefix = "filling|";

    private readonly PartitionId _partition = new(StoreTable.Campaigns, $"{campaign}|backlog");

    public async ValueTask<DeskReading> ReadAsync()
    {
        var (state, expect, filling) = (BacklogState.None, Expectation.Absent, false);
        var open = new List<OpenPlace>();
        await foreach (var row in store.ReadAllAsync(_partition, RowRange.All))
        {
            if (row.Key == StateRow)
            {
                (state, expect) = (BacklogState.Read(row.Properties), Expectation.At(row.Version));
            }
            else if (row.Key.StartsWith(PlacePrefix, StringComparison.Ordinal))
            {
                open.Add(new OpenPlace(row.Key, row.Version, WaitingCustomer.Read(row.Properties)));
            }
            else
            {
                filling = true;
            }
        }

        return new DeskReading(state, expect, open, filling);
    }

    /// <summary>Opens a place for each; false when the desk was not as read or the answer was lost: look again.</summary>
    public ValueTask<bool> OpenAsync(DeskReading read, BacklogState state, IReadOnlyList<WaitingCustomer> customers) =>
        CommitAsync(read, state, customers.Select(c => new RowWrite(PlacePrefix + c.Customer.Value, Expectation.Absent, c.ToBag())));

    /// <summary>Takes the open places away, used or not; false as above.</summary>
    public ValueTask<bool> SettleAsync(DeskReading read, BacklogState state) =>
        CommitAsync(read, state, read.Open.Select(p => new RowWrite(p.Key, Expectation.At(p.Version), null)));

    /// <summary>Before the rows that make shards be put in line.</summary>
    public async ValueTask BeginFillingAsync()
    {
        var marks = Shards.All.Select(s => new RowWrite(FillingPrefix + s, Expectation.Any, new PropertyBag()));
        await store.WriteAnyAsync(_partition, [.. marks]);
    }

    /// <summary>A shard stands in line.</summary>
    public ValueTask EndFillingAsync(string shard) => store.DeleteAnyAsync(_partition, FillingPrefix + shard);

    private async ValueTask<bool> CommitAsync(DeskReading read, BacklogState state, IEnumerable<RowWrite> places) =>
        await store.CommitAsync(_partition, [new RowWrite(StateRow, read.Expect, state.ToBag()), .. places]) is CommitResult.Applied;
}
