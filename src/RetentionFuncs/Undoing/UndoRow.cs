using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>Why a record was left as it is.</summary>
public enum UndoLeft
{
    /// <summary>Somebody has changed or removed it since.</summary>
    Changed,

    /// <summary>Other things on file need it.</summary>
    InUse,
}

/// <summary>One row that an import changed.</summary>
/// <param name="Row">Its key in the same partition.</param>
/// <param name="Mark">Of what the import wrote.</param>
/// <param name="Before">As it stood before; null: it was not there.</param>
internal sealed record UndoRecord(string Row, string Mark, PropertyBag? Before);

/// <summary>What was noted of one commit, or, once that is undone, what came of it.</summary>
internal sealed record UndoRow(string Key, IReadOnlyList<UndoRecord> Records)
{
    public const string Image = "row|";
    public const string News = "new|";
    public const string At = "undoAt";
    public const string New = "undoNew";
    private const string Mark = "undoMark";
    private const string Undone = "undoDone";
    private const string Changed = "undoChanged";
    private const string InUse = "undoInUse";
    private const string Denials = "undoDenials";

    /// <summary>Null while it waits.</summary>
    public UndoEnd? End { get; init; }

    public static PropertyBag ImageOf(PropertyBag before, string mark, DateTimeOffset at) => before.Copy().Set(Mark, mark).Set(At, at);

    public static UndoRow Read(StoredRow row, string prefix)
    {
        var (bag, rest) = (row.Properties, row.Key[prefix.Length..]);
        if (bag.Has(Undone))
        {
            return new UndoRow(row.Key, [])
            {
                End = new UndoEnd((int)bag.Integer(Undone), Split(bag, Changed), Split(bag, InUse), (int)bag.Integer(Denials)),
            };
        }

        return rest.StartsWith(Image, StringComparison.Ordinal)
            ? new UndoRow(row.Key, [new UndoRecord(rest[Image.Length..], bag.Text(Mark), BeforeOf(bag))])
            : new UndoRow(row.Key, [.. Split(bag, New).Select(l => l.Split(' ')).Select(p => new UndoRecord(p[0], p[1], null))]);
    }

    /// <summary>What takes its place: nothing of the customer's data is left in it.</summary>
    public static PropertyBag Ended(UndoEnd end, DateTimeOffset at) =>
        new PropertyBag()
            .Set(At, at)
            .Set(Undone, end.Undone)
            .Set(Denials, end.Denials)
            .Set(Changed, end.Changed.Count == 0 ? null : string.Join('\n', end.Changed))
            .Set(InUse, end.InUse.Count == 0 ? null : string.Join('\n', end.InUse));

    private static PropertyBag BeforeOf(PropertyBag image)
    {
        var before = new PropertyBag();
        foreach (var (name, value) in image.Entries.Where(e => e.Key is not (Mark or At)))
        {
            _ = value switch
            {
                long number => before.Set(name, number),
                bool flag => before.Set(name, flag),
                double number => before.Set(name, number),
                _ => before.Set(name, (string)value),
            };
        }

        return before;
    }

    private static string[] Split(PropertyBag bag, string name) =>
        bag.TextOrNull(name)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <summary>What came of one row of notes.</summary>
/// <param name="Undone">Records put back or removed.</param>
/// <param name="Changed">Keys of rows left because somebody has changed them since.</param>
/// <param name="InUse">Keys of rows left because other things need them.</param>
/// <param name="Denials">Refusals of marketing that stay although all else of their contact was put back.</param>
internal sealed record UndoEnd(int Undone, IReadOnlyList<string> Changed, IReadOnlyList<string> InUse, int Denials);
