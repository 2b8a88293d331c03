namespace RetentionFuncs.Storage;

/// <summary>The oldest day of an index that may still hold rows: where a timer starts to read. It only spares reads; a day too early is harmless.</summary>
public sealed class DayCursor(IRowStore store, string name)
{
    /// <summary>How far back the first reader of a new installation looks.</summary>
    private const int UnsetDays = 35;

    private bool _begun;
    private DateOnly? _kept;

    private static readonly PartitionId Partition = new(StoreTable.Control, "cursors");

    /// <summary>Where to begin: the cursor, and never later than yesterday, so that a clock that ran ahead hides nothing for long.</summary>
    public async ValueTask<DateOnly> StartAsync(DateOnly today)
    {
        _kept = (await store.ReadRowAsync(Partition, name))?.Properties.Day("day");
        var start = _kept ?? today.AddDays(-UnsetDays);
        return start < today ? start : today.AddDays(-1);
    }

    /// <summary>Sets where the first reader begins, unless that is known already: the first writer knows the day before which nothing lies.</summary>
    public async ValueTask BeginAsync(DateOnly day)
    {
        if (!_begun)
        {
            var write = new RowWrite(name, Expectation.Absent, new PropertyBag().Set("day", day));
            _begun = await store.CommitAsync(Partition, [write]) is not CommitResult.Unknown;
        }
    }

    /// <summary>Lets the next reader begin no later than <paramref name="day"/>, because something was put there afterwards.</summary>
    public async ValueTask GoBackAsync(DateOnly day)
    {
        if ((await store.ReadRowAsync(Partition, name))?.Properties.Day("day") is { } kept && kept > day)
        {
            await WriteAsync(day);
        }
    }

    /// <summary>
    /// After a walk up to <paramref name="today"/>: moves to yesterday, since a clock that lags may still add there, or to the oldest day
    /// on which something is left; nothing holds it back for longer than the first reader looks. What stands there already is not written.
    /// </summary>
    public ValueTask MoveAsync(DateOnly? oldestLeft, DateOnly today)
    {
        var (latest, earliest) = (today.AddDays(-1), today.AddDays(-UnsetDays));
        var to =
            oldestLeft is not { } oldest || oldest > latest ? latest
            : oldest < earliest ? earliest
            : oldest;
        return _kept == to ? ValueTask.CompletedTask : WriteAsync(to);
    }

    private ValueTask WriteAsync(DateOnly day) => store.PutAnyAsync(Partition, name, new PropertyBag().Set("day", day));
}
