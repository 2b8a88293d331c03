using System.Text.Json;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports.Uploads;

/// <summary>An upload as it was read, and the state its row was in.</summary>
internal sealed record HeldUpload(Upload Upload, RowVersion Version);

/// <summary>The head row of each upload, and the list of all uploads that the sweep reads.</summary>
internal sealed class UploadHeads(IRowStore store)
{
    public const string HeadKey = "head";
    private static readonly PartitionId List = new(StoreTable.Inbox, "uploads");

    public async ValueTask<HeldUpload?> FindAsync(string id) =>
        IsId(id) && await store.ReadRowAsync(Upload.PartitionOf(id), HeadKey) is { } row
            ? new HeldUpload(Read(id, row.Properties), row.Version)
            : null;

    /// <summary>Changes the head by meaning: reads, asks, writes, and again when somebody else was there first.</summary>
    /// <param name="change">The upload as it shall be; the same or null for "leave it".</param>
    /// <returns>The upload as it now is; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">Not confirmed after all tries.</exception>
    public async ValueTask<Upload?> ChangeAsync(string id, Func<Upload?, Upload?> change)
    {
        var answer = await ContendedCommit.UntilAppliedAsync(async () =>
        {
            var held = await FindAsync(id);
            var next = change(held?.Upload);
            if (next is null || ReferenceEquals(next, held?.Upload))
            {
                return new Answer(held?.Upload);
            }

            if (held is null)
            {
                // Listed before it exists, so that a crash leaves a spare line and never an upload that no sweep finds.
                await store.PutAnyAsync(List, id, new PropertyBag().Set("at", next.BegunAt));
            }

            var expect = held is null ? Expectation.Absent : Expectation.At(held.Version);
            var write = new RowWrite(HeadKey, expect, ToBag(next));
            return await store.CommitAsync(Upload.PartitionOf(id), [write]) is CommitResult.Applied ? new Answer(next) : null;
        });
        return answer.Upload;
    }

    /// <summary>Writes the next state together with rows beside it, if nobody else has changed the head since it was read.</summary>
    /// <returns>The head as written, or null when somebody else was there.</returns>
    public async ValueTask<HeldUpload?> TryWriteAsync(HeldUpload held, Upload next, IReadOnlyList<RowWrite> beside)
    {
        var writes = beside.Prepend(new RowWrite(HeadKey, Expectation.At(held.Version), ToBag(next))).ToList();
        switch (await store.CommitAsync(Upload.PartitionOf(next.Id), writes))
        {
            case CommitResult.Applied applied:
                return new HeldUpload(next, applied.Versions[0]);
            case CommitResult.Conflict:
                return null;
            default:
                // The answer was lost: the row itself tells whose state it is in.
                var now = await FindAsync(next.Id);
                return now?.Version == held.Version ? throw new StoreUnavailableException($"The upload {next.Id} could not be written.")
                    : now is not null && Mark(now.Upload) == Mark(next) ? now
                    : null;
        }
    }

    /// <summary>Every upload's id and the state of its line.</summary>
    public IAsyncEnumerable<StoredRow> ListAsync() => store.ReadAllAsync(List, RowRange.All);

    /// <summary>Takes an upload off the list, unless it was begun again since the line was read.</summary>
    public async ValueTask UnlistAsync(StoredRow line) =>
        _ = await store.CommitAsync(List, [new RowWrite(line.Key, Expectation.At(line.Version), null)]);

    /// <returns>False when the upload has changed since it was read.</returns>
    public async ValueTask<bool> DeleteAsync(HeldUpload held) =>
        await store.CommitAsync(Upload.PartitionOf(held.Upload.Id), [new RowWrite(HeadKey, Expectation.At(held.Version), null)])
        is CommitResult.Applied;

    private sealed record Answer(Upload? Upload);

    /// <summary>Ids come from outside; what is none must not reach a store's key.</summary>
    private static bool IsId(string id) => id.Length == 26 && id.All(char.IsAsciiLetterOrDigit);

    private static object Mark(Upload u) => (u.State, u.Position, u.Received, u.Round, u.Seq, u.ChangedAt);

    private static PropertyBag ToBag(Upload u)
    {
        var bag = new PropertyBag()
            .Set("kind", u.Kind)
            .Set("file", u.File)
            .Set("length", u.Length)
            .Set("sha256", u.Sha256)
            .Set("declared", JsonSerializer.Serialize(u.Declared, JsonSerializerOptions.Web))
            .Set("state", u.State)
            .Set("received", u.Received)
            .Set("by", u.By)
            .Set("begunAt", u.BegunAt)
            .Set("changedAt", u.ChangedAt)
            .Set("round", u.Round)
            .Set("seq", u.Seq)
            .Set("queuedAt", u.QueuedAt)
            .Set("reason", u.Reason)
            .Set("reportBytes", u.ReportBytes)
            .Set("refusedBytes", u.RefusedBytes);
        if (u.Line is { } line)
        {
            _ = bag.Set("line", line);
        }

        return u.Position is { } p
            ? bag.Set("after", p.After)
                .Set("recordedAt", p.RecordedAt)
                .Set("rows", p.Rows)
                .Set("accepted", p.Accepted)
                .Set("unchanged", p.Unchanged)
                .Set("refused", p.Refused)
                .Set("skipped", p.Skipped)
            : bag;
    }

    private static Upload Read(string id, PropertyBag row) =>
        new(
            id,
            row.Text("kind"),
            row.Text("file"),
            row.Integer("length"),
            row.Text("sha256"),
            JsonSerializer.Deserialize<ImportDeclaration>(row.Text("declared"), JsonSerializerOptions.Web) ?? new(),
            row.Choice<UploadState>("state"),
            row.Integer("received"),
            row.Text("by"),
            row.Instant("begunAt"),
            row.Instant("changedAt")
        )
        {
            Round = (int)row.Integer("round"),
            Seq = (int)row.Integer("seq"),
            QueuedAt = row.InstantOrNull("queuedAt"),
            Reason = row.TextOrNull("reason"),
            Line = row.Has("line") ? row.Integer("line") : null,
            ReportBytes = row.Integer("reportBytes"),
            RefusedBytes = row.Integer("refusedBytes"),
            Position = row.Has("after")
                ? new ImportPosition(
                    row.Text("after"),
                    row.Instant("recordedAt"),
                    row.Integer("rows"),
                    row.Integer("accepted"),
                    row.Integer("unchanged"),
                    row.Integer("refused")
                )
                {
                    Skipped = row.Has("skipped") ? row.Integer("skipped") : 0,
                }
                : null,
        };
}
