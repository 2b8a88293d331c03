using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports.Uploads;

/// <param name="Requeued">Uploads whose message seems lost.</param>
/// <param name="Abandoned">Uploads never finished, given up and their bytes removed.</param>
/// <param name="Removed">Uploads of which nothing is left.</param>
public sealed record UploadSweep(int Requeued, int Abandoned, int Removed);

/// <summary>Cleans up old uploads, since they hold customers' data, and queues again what has stood still.</summary>
public sealed class SweepUploads(IRowStore store, IWorkQueue queue, TimeProvider clock, ReceiveUpload uploads, UploadOptions options)
{
    /// <summary>A line of the list is written before its upload: so long it is left alone without one.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private readonly UploadHeads _heads = new(store);
    private readonly UploadBlocks _blocks = new(store);

    private enum Done
    {
        Nothing,
        Requeued,
        Abandoned,
        Removed,
    }

    /// <exception cref="StoreUnavailableException">The rest is swept the next time.</exception>
    public async ValueTask<UploadSweep> RunAsync(CancellationToken cancellation = default)
    {
        var counts = new int[Enum.GetValues<Done>().Length];
        await foreach (var line in _heads.ListAsync())
        {
            cancellation.ThrowIfCancellationRequested();
            counts[(int)await SweepAsync(line)]++;
        }

        return new UploadSweep(counts[(int)Done.Requeued], counts[(int)Done.Abandoned], counts[(int)Done.Removed]);
    }

    private async ValueTask<Done> SweepAsync(StoredRow line)
    {
        var now = clock.GetUtcNow();
        if (await _heads.FindAsync(line.Key) is not { Upload: var upload } held)
        {
            return now - line.Properties.Instant("at") > Grace ? await RemoveAsync(line, 0) : Done.Nothing;
        }

        var age = now - upload.ChangedAt;
        if (age < options.Keep)
        {
            return upload.State == UploadState.Applying && IsStale(upload, now) ? await RequeueAsync(upload, now) : Done.Nothing;
        }

        if (upload.State is UploadState.Receiving or UploadState.Applying)
        {
            // Its head stays for another while: a piece that is being written at this moment must still be found and removed.
            _ = await uploads.AbandonAsync(upload.Id);
            return Done.Abandoned;
        }

        return await _heads.DeleteAsync(held) ? await RemoveAsync(line, upload.Received) : Done.Nothing;
    }

    /// <summary>The wait doubles each time, so that a file which always fails is not parked every hour.</summary>
    private bool IsStale(Upload upload, DateTimeOffset now)
    {
        var queuedAt = upload.QueuedAt is { } at && at > upload.ChangedAt ? at : upload.ChangedAt;
        var waited = queuedAt - upload.ChangedAt;
        return now - queuedAt >= (waited > options.StaleAfter ? waited : options.StaleAfter);
    }

    private async ValueTask<Done> RequeueAsync(Upload upload, DateTimeOffset now)
    {
        var next = await _heads.ChangeAsync(
            upload.Id,
            u => u is { State: UploadState.Applying } && u.Seq == upload.Seq ? u with { Seq = u.Seq + 1, QueuedAt = now } : null
        );
        if (next is not { State: UploadState.Applying })
        {
            return Done.Nothing;
        }

        await queue.EnqueueAsync(ApplyUpload.MessageOf(next), now);
        return Done.Requeued;
    }

    private async ValueTask<Done> RemoveAsync(StoredRow line, long contentBytes)
    {
        await _blocks.DeleteAsync(line.Key, UploadBlocks.Content, contentBytes);
        await _blocks.DeleteRestAsync(line.Key);
        await _heads.UnlistAsync(line);
        return Done.Removed;
    }
}
