using System.Security.Cryptography;
using RetentionFuncs.Clocks;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Imports;

/// <summary>What every import stands on.</summary>
/// <param name="Currency">The business's, ISO 4217.</param>
public sealed record ImportGround(
    BusinessCalendar Calendar,
    string Currency,
    InstanceSecret Secret,
    IRowStore Store,
    TimeProvider Time,
    IIdSource Ids
);

/// <summary>
/// The way of every import (design S11): hash the file; read it whole and spool the good rows; refuse it if it is cut off or has
/// changed meanwhile; only then apply, so that nothing is half taken in. Applying again does no harm.
/// </summary>
internal sealed class TwoPassImport<TRow, TItem>(
    ImportGround ground,
    string kind,
    Func<IReadOnlyList<string>, DateTimeOffset, FileForm<TRow, TItem>> formOf
)
    where TRow : class
    where TItem : class
{
    private readonly ImportRuns _runs = new(ground.Store);

    public async Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress,
        ImportSlice? slice,
        CancellationToken cancellation
    )
    {
        var (hash, size) = await FileHash.OfAsync(source, b => progress?.Report(new(ImportPhase.Hashing, 0, b, b)), cancellation);
        var run = await BeginAsync($"{kind}:{hash}", source.Name, slice?.From?.RecordedAt);
        if (run.State == ImportState.Undoing)
        {
            return new ImportOutcome.FileRefused(run.File, null, BeingUndone.In(options.Language));
        }

        await using var stream = source.Open();
        using var again = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (file, problem) = await OpenedFile<TRow, TItem>.OpenAsync(stream, options, again, h => formOf(h, run.RecordedAt));
        if (file is null)
        {
            return await RefuseAsync(run, null, problem.In(options.Language));
        }

        var fields = FieldRules.Of(options, ground.Calendar, ground.Currency, run.RecordedAt, file.Form.Assumes);
        using var passes = new ImportPasses<TRow, TItem>(file, options, fields, ground.Ids.NewId(), size, progress, cancellation);
        return await passes.ReadAsync() is var (line, reason) ? await RefuseAsync(run, line, reason.In(options.Language))
            : FileHash.Text(again) != hash ? await RefuseAsync(run, null, Changed.In(options.Language))
            : await ApplyAsync(run, passes, sink, slice);
    }

    private static readonly Wording Changed = new("changed while it was being read; import it again", "在读取过程中被改动；请重新导入");

    private static readonly Wording BeingUndone = new(
        "is being undone; finish that first: retention import undo",
        "正在撤销导入；请先用 retention import undo 完成撤销"
    );

    /// <param name="recordedAt">The moment that earlier slices of this import have recorded as; null when there were none.</param>
    private async ValueTask<ImportRun> BeginAsync(string id, string name, DateTimeOffset? recordedAt)
    {
        var now = ground.Time.GetUtcNow();
        var found = await _runs.FindAsync(id);
        if (found is { State: ImportState.Applying or ImportState.Undoing } unfinished)
        {
            return unfinished with { RecordedAt = recordedAt ?? unfinished.RecordedAt };
        }

        var round = found is { State: ImportState.Undone } ? found.Round + 1 : found?.Round ?? 0;
        var run = new ImportRun(id, kind, name, ImportState.Reading, now, recordedAt ?? now) { Round = round };
        await _runs.WriteAsync(run);
        return run;
    }

    private async ValueTask<ImportOutcome> RefuseAsync(ImportRun run, long? line, string reason)
    {
        // A run that was already being applied stays so: what it did is not undone by a second attempt that is refused.
        if (run.State != ImportState.Applying)
        {
            await _runs.WriteAsync(run with { State = ImportState.Refused, EndedAt = ground.Time.GetUtcNow(), Reason = reason });
        }

        return new ImportOutcome.FileRefused(run.File, line, reason);
    }

    private async ValueTask<ImportOutcome> ApplyAsync(ImportRun run, ImportPasses<TRow, TItem> passes, IImportSink sink, ImportSlice? slice)
    {
        await _runs.WriteAsync(run with { State = ImportState.Applying });
        sink.Begin(run);
        var references = new UndoReferences(ground.Store);
        if (await passes.ApplyAsync(run, sink, slice, keys => references.AddAsync(run.UndoName, keys)) is not { } report)
        {
            return new ImportOutcome.Paused();
        }

        await _runs.WriteAsync(run with { State = ImportState.Done, EndedAt = ground.Time.GetUtcNow(), Report = report });
        return new ImportOutcome.Completed(report);
    }
}
