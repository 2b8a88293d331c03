using System.Text.Json;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Imports.Uploads;

/// <summary>
/// Applies an uploaded file, one slice a message. A crash repeats at most what came after the position saved last, and repeating
/// does no harm. Two deliveries at once do the same work; the one whose position is saved first goes on.
/// </summary>
public sealed class ApplyUpload(ImportGround ground, ImportVerbs verbs, UploadOptions options) : IQueueHandler
{
    private readonly UploadHeads _heads = new(ground.Store);
    private readonly UploadBlocks _blocks = new(ground.Store);

    public static QueueMessage MessageOf(Upload upload) => new(QueueMessage.CurrentSchema, upload.Id, Purposes.ApplyUpload, upload.Seq);

    public async ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
    {
        if (await _heads.FindAsync(message.Ref) is not { Upload.State: UploadState.Applying } held)
        {
            return HandlerAnswer.Finished;
        }

        var slice = new UploadSlice(ground, _heads, held, message.Seq + 1, ground.Time.GetUtcNow() + options.SliceTime);
        using var file = await SpooledUpload.OfAsync(_blocks, held.Upload, options.TempFolder, ground.Ids.NewId());
        var ended =
            file.Sha256 == held.Upload.Sha256
                ? await ImportAsync(slice, file)
                : await slice.EndAsync(u => u with { State = UploadState.Refused, Received = 0, Reason = NotAsSent(u) });
        var now = ground.Time.GetUtcNow();
        return ended
            ? HandlerAnswer.Finished
            // Somebody else goes on with it; looking again later keeps it going should they fall.
            : new HandlerAnswer.RetryAt(slice.IsLost ? now + options.SliceTime : now);
    }

    private static string NotAsSent(Upload upload) =>
        new Wording(
            "is not here as it was announced: its SHA-256 differs; upload it again",
            "与声明的内容不一致（SHA-256 不同）；请重新上传"
        ).In(upload.Declared.Language ?? "en");

    /// <returns>Whether the upload has come to its end.</returns>
    private async ValueTask<bool> ImportAsync(UploadSlice slice, SpooledUpload file)
    {
        var upload = slice.Upload;
        _ = upload.Declared.TryRead(out var declared, out _);
        var given = declared with { TempFolder = options.TempFolder, RefusedFile = file.RefusedPath };
        var sink = new RecordImport(verbs, ground.Time.GetUtcNow());
        var walk = await slice.ToImportAsync();
        return await ImportKinds.RunAsync(upload.Kind, ground, file.Source(upload.File), given, sink, slice: walk) switch
        {
            ImportOutcome.Completed { Report: var report } => await FinishAsync(slice, file, report),
            ImportOutcome.FileRefused refused => await slice.EndAsync(u =>
                u with
                {
                    State = UploadState.Refused,
                    Reason = refused.Reason,
                    Line = refused.Line,
                }
            ),
            _ => false,
        };
    }

    private async ValueTask<bool> FinishAsync(UploadSlice slice, SpooledUpload file, ImportReport report)
    {
        var id = slice.Upload.Id;
        var refusedBytes = 0L;
        if (report.RefusedFile is not null)
        {
            await using var rows = File.OpenRead(file.RefusedPath);
            refusedBytes = await _blocks.WriteAllAsync(id, UploadBlocks.RefusedRows, rows);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(report, JsonSerializerOptions.Web);
        await _blocks.WriteAsync(id, UploadBlocks.Report, 0, json);
        return await slice.EndAsync(u =>
            u with
            {
                State = UploadState.Done,
                ReportBytes = json.Length,
                RefusedBytes = refusedBytes,
                Position = Whole(u.Position, report),
            }
        );
    }

    private ImportPosition Whole(ImportPosition? saved, ImportReport report) =>
        new(
            saved?.After ?? "",
            saved?.RecordedAt ?? ground.Time.GetUtcNow(),
            report.Rows,
            report.Accepted,
            report.Unchanged,
            report.Refused
        )
        {
            Skipped = report.Skipped,
        };
}
