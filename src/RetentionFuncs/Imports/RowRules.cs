namespace RetentionFuncs.Imports;

/// <summary>What one kind of file means: how a row is read, which rows belong together, and what they make.</summary>
/// <typeparam name="TRow">One row, read.</typeparam>
/// <typeparam name="TItem">What the sink takes: everything of one customer, or one product.</typeparam>
internal abstract class RowRules<TRow, TItem>
    where TRow : class
    where TItem : class
{
    /// <summary>Reads the row; when the view has a refusal afterwards, the answer counts for nothing.</summary>
    public abstract TRow Read(RowView row);

    /// <summary>A row was refused, perhaps without having been read: the next rows cannot lean on it.</summary>
    public virtual void Forget() { }

    /// <summary>The id under which rows are gathered.</summary>
    public abstract string GroupOf(TRow row);

    /// <summary>26 base32 characters that order and part the groups.</summary>
    public abstract string KeyOf(string group);

    /// <summary>Makes one item of all rows of a group, in file order.</summary>
    public abstract Gathered<TItem> Gather(string group, string key, IReadOnlyList<TRow> rows);

    public abstract ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, TItem item);

    public abstract int OrdersIn(TItem item);
}

/// <param name="Item">Null when no row of the group is left.</param>
/// <param name="Refused">Rows, by their place in the group, that cannot stand together with the others.</param>
/// <param name="Noticed">What was seen and not refused.</param>
internal sealed record Gathered<TItem>(TItem? Item, IReadOnlyDictionary<int, RowRefusal> Refused, IReadOnlyList<Wording> Noticed)
    where TItem : class
{
    /// <summary>Rows, by their place in the group, that are right but tell of no sale. What is to be told of them is in the item.</summary>
    public IReadOnlyDictionary<int, RowRefusal> Skipped { get; init; } = None;

    private static readonly Dictionary<int, RowRefusal> None = [];
}
