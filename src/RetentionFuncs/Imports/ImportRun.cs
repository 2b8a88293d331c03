using System.Globalization;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Imports;

/// <summary>One file taken in, known by its content and kind: the same file again is the same run.</summary>
/// <param name="Id"><c>orders:</c> and the SHA-256 of the file's bytes in hex.</param>
/// <param name="RecordedAt">The moment at which its facts count as known; a run taken up after a crash keeps it.</param>
public sealed record ImportRun(string Id, string Kind, string File, ImportState State, DateTimeOffset StartedAt, DateTimeOffset RecordedAt)
{
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The account, once it has ended.</summary>
    public ImportReport? Report { get; init; }

    /// <summary>How often it had been undone before this attempt.</summary>
    public int Round { get; init; }

    /// <summary>When it was undone, and what that came to (counts only).</summary>
    public DateTimeOffset? UndoneAt { get; init; }

    public UndoAccount? Undone { get; init; }

    /// <summary>What was kept to undo it is removed.</summary>
    public bool IsSwept { get; init; }

    /// <summary>Kind and the first twelve digits of the hash: what people call it by.</summary>
    public string Short => Id[..Math.Min(Id.Length, Kind.Length + 13)];

    /// <summary>Under which what stood before this attempt is kept.</summary>
    internal string UndoName => NameOf(Round);

    /// <summary>Those of all attempts.</summary>
    internal IEnumerable<string> UndoNames => Enumerable.Range(0, Round + 1).Select(NameOf);

    private string NameOf(int round) => round == 0 ? Short : string.Create(CultureInfo.InvariantCulture, $"{Short}.{round}");

    /// <summary>Why the file was refused.</summary>
    public string? Reason { get; init; }

    internal PropertyBag ToRow() =>
        Counts(
            new PropertyBag()
                .Set("kind", Kind)
                .Set("file", File)
                .Set("state", State)
                .Set("startedAt", StartedAt)
                .Set("recordedAt", RecordedAt)
                .Set("endedAt", EndedAt)
                .Set("reason", Reason)
                .Set("round", Round)
                .Set("undoneAt", UndoneAt)
                .Set("swept", IsSwept),
            Undone
        );

    internal static ImportRun Of(string id, PropertyBag row) =>
        new(id, row.Text("kind"), row.Text("file"), row.Choice<ImportState>("state"), row.Instant("startedAt"), row.Instant("recordedAt"))
        {
            EndedAt = row.InstantOrNull("endedAt"),
            Reason = row.TextOrNull("reason"),
            Round = (int)row.IntegerOr("round", 0),
            UndoneAt = row.InstantOrNull("undoneAt"),
            IsSwept = row.Flag("swept"),
            Undone = row.Has("undone")
                ? new UndoAccount(
                    row.Integer("undone"),
                    row.Integer("leftChanged"),
                    row.Integer("leftInUse"),
                    row.Integer("leftSuppressions"),
                    row.Integer("leftDenials")
                )
                : null,
            Report = row.Has("rows")
                ? new ImportReport(
                    row.Text("file"),
                    row.Integer("rows"),
                    row.Integer("accepted"),
                    row.Integer("unchanged"),
                    row.Integer("refused"),
                    row.Integer("customers"),
                    row.Integer("orders"),
                    row.TextOrNull("refusedFile"),
                    [],
                    [],
                    [],
                    []
                )
                {
                    Skipped = row.Has("skipped") ? row.Integer("skipped") : 0,
                }
                : null,
        };

    private PropertyBag Counts(PropertyBag row, UndoAccount? undone)
    {
        if (undone is not null)
        {
            row.Set("undone", undone.Undone)
                .Set("leftChanged", undone.Changed)
                .Set("leftInUse", undone.InUse)
                .Set("leftSuppressions", undone.Suppressions)
                .Set("leftDenials", undone.Denials);
        }

        return Report is null
            ? row
            : row.Set("rows", Report.Rows)
                .Set("accepted", Report.Accepted)
                .Set("unchanged", Report.Unchanged)
                .Set("refused", Report.Refused)
                .Set("skipped", Report.Skipped)
                .Set("customers", Report.Customers)
                .Set("orders", Report.Orders)
                .Set("refusedFile", Report.RefusedFile);
    }
}

public enum ImportState
{
    Reading,

    /// <summary>Being applied; after a crash the same command finishes it.</summary>
    Applying,
    Done,

    /// <summary>The file as a whole was refused; nothing was applied.</summary>
    Refused,

    /// <summary>Being undone; after a crash the same command finishes it.</summary>
    Undoing,

    /// <summary>What it changed is as it was before, as far as nobody has changed it since.</summary>
    Undone,
}
