using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports;

/// <summary>One file taken in, known by its content and kind: the same file again is the same run.</summary>
/// <param name="Id"><c>orders:</c> and the SHA-256 of the file's bytes in hex.</param>
/// <param name="RecordedAt">The moment at which its facts count as known; a run taken up after a crash keeps it.</param>
public sealed record ImportRun(string Id, string Kind, string File, ImportState State, DateTimeOffset StartedAt, DateTimeOffset RecordedAt)
{
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The account, once it has ended.</summary>
    public ImportReport? Report { get; init; }

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
        );

    internal static ImportRun Of(string id, PropertyBag row) =>
        new(id, row.Text("kind"), row.Text("file"), row.Choice<ImportState>("state"), row.Instant("startedAt"), row.Instant("recordedAt"))
        {
            EndedAt = row.InstantOrNull("endedAt"),
            Reason = row.TextOrNull("reason"),
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
                : null,
        };

    private PropertyBag Counts(PropertyBag row) =>
        Report is null
            ? row
            : row.Set("rows", Report.Rows)
                .Set("accepted", Report.Accepted)
                .Set("unchanged", Report.Unchanged)
                .Set("refused", Report.Refused)
                .Set("customers", Report.Customers)
                .Set("orders", Report.Orders)
                .Set("refusedFile", Report.RefusedFile);
}

public enum ImportState
{
    Reading,

    /// <summary>Being applied; after a crash the same command finishes it.</summary>
    Applying,
    Done,

    /// <summary>The file as a whole was refused; nothing was applied.</summary>
    Refused,
}
