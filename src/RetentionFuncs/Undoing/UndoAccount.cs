namespace RetentionFuncs.Undoing;

/// <summary>What an undo came to. Every record the import changed is in one of the counts.</summary>
/// <param name="Undone">Orders, contacts, customers, products and facts put back as they were, or removed where they were not.</param>
/// <param name="Changed">Left, because somebody has changed or removed them since.</param>
/// <param name="InUse">Customers left, because other things on file need them.</param>
/// <param name="Suppressions">Addresses left suppressed: an undo never lifts a suppression.</param>
/// <param name="Denials">Refusals of marketing that stay: an undo never turns a no into a yes. Not records of their own.</param>
public sealed record UndoAccount(long Undone, long Changed, long InUse, long Suppressions, long Denials)
{
    /// <summary>Records named in <see cref="Left"/> at most.</summary>
    public const int MostNamed = 100;

    public static UndoAccount None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>The first of those left as they are.</summary>
    public IReadOnlyList<LeftRecord> Left { get; init; } = [];

    public long Records => Undone + Changed + InUse + Suppressions;

    public UndoAccount Plus(UndoAccount other) =>
        new(Undone + other.Undone, Changed + other.Changed, InUse + other.InUse, Suppressions + other.Suppressions, Denials + other.Denials)
        {
            Left = [.. Left.Concat(other.Left).Take(MostNamed)],
        };
}

/// <summary>A record that an undo left as it is.</summary>
/// <param name="Kind"><c>order, contact, customer, product, experience, stock</c>.</param>
/// <param name="Name">The shop's id where the record is still there, else empty.</param>
/// <param name="Customer">The shop's id; empty for products and for customers no longer on file.</param>
public sealed record LeftRecord(string Kind, string Name, string Customer, UndoLeft Because);

/// <summary>How an undo ended.</summary>
public abstract record UndoOutcome
{
    private UndoOutcome() { }

    public sealed record Done(Imports.ImportRun Run, UndoAccount Account) : UndoOutcome;

    /// <summary>No import has such an id.</summary>
    public sealed record NotFound : UndoOutcome;

    /// <summary>More than one import begins so.</summary>
    public sealed record Ambiguous(IReadOnlyList<Imports.ImportRun> Runs) : UndoOutcome;

    /// <summary>It has not come to its end: import the file again first, which finishes it.</summary>
    public sealed record NotFinished(Imports.ImportRun Run) : UndoOutcome;

    /// <summary>It ended more than 30 days ago: what stood before is not kept any more.</summary>
    public sealed record TooLate(Imports.ImportRun Run) : UndoOutcome;
}
