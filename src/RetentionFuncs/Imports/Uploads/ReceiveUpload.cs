using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports.Uploads;

/// <summary>A file that someone means to upload.</summary>
/// <param name="By">Who, as the home names people.</param>
public sealed record UploadWish(string Kind, string File, long Length, string Sha256, ImportDeclaration Declared, string By);

/// <summary>
/// Takes in a file piece by piece. Every call may be repeated: a file is known by kind and hash, a piece by its place. Bytes are on
/// file before the head says so, and the whole is checked against its hash before any of it is applied.
/// </summary>
public sealed class ReceiveUpload(IRowStore store, IWorkQueue queue, TimeProvider clock, UploadOptions options)
{
    /// <summary>Pieces begin at a multiple of this and are a multiple of it long; the last one is as long as what is left.</summary>
    public const int BlockBytes = UploadBlocks.BlockBytes;

    /// <summary>Longest piece, in bytes.</summary>
    public const int MaxPieceBytes = 16 * BlockBytes;

    private readonly UploadHeads _heads = new(store);
    private readonly UploadBlocks _blocks = new(store);

    public async ValueTask<Upload?> FindAsync(string id) => (await _heads.FindAsync(id))?.Upload;

    /// <summary>Begins an upload, or finds the one of the same file: what is here already need not come again.</summary>
    public async ValueTask<BeginAnswer> BeginAsync(UploadWish wish)
    {
        if (UploadRules.Refuse(wish, options) is { } refused)
        {
            return refused;
        }

        var id = Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"upload\n{wish.Kind}\n{wish.Sha256}\n{wish.Length}")), 26);
        Upload? before = null;
        var now = clock.GetUtcNow();
        var upload = await _heads.ChangeAsync(id, found => UploadRules.Begin(before = found, id, wish, now));
        return upload!.State == UploadState.Applying && !UploadRules.SameWords(upload.Declared, wish.Declared)
            ? new BeginAnswer.Busy(upload)
            : new BeginAnswer.Begun(upload, before is null);
    }

    /// <param name="offset">Place of the first byte in the file, from 0.</param>
    public async ValueTask<PieceAnswer> PutAsync(string id, long offset, ReadOnlyMemory<byte> piece)
    {
        if (await FindAsync(id) is not { } upload)
        {
            return new PieceAnswer.NotFound();
        }

        if (UploadRules.Place(upload, offset, piece.Length) is { } answer)
        {
            return answer;
        }

        await _blocks.WriteAsync(id, UploadBlocks.Content, offset / BlockBytes, piece);
        var end = offset + piece.Length;
        var after = await _heads.ChangeAsync(
            id,
            u =>
                u is { State: UploadState.Receiving } && u.Received >= offset && u.Received < end
                    ? u with
                    {
                        Received = end,
                        ChangedAt = clock.GetUtcNow(),
                    }
                    : null
        );
        return after is null ? new PieceAnswer.NotFound()
            : after.State == UploadState.Abandoned ? new PieceAnswer.Closed(after.State)
            : new PieceAnswer.Here(after.Received, after.IsWhole);
    }

    /// <summary>Hands a file that is here to the queue. Asked again while it is being applied, it queues it again, which does no harm.</summary>
    /// <exception cref="QueueUnavailableException">Not known to be queued; ask again, or the sweep will queue it.</exception>
    public async ValueTask<CompleteAnswer> CompleteAsync(string id)
    {
        var now = clock.GetUtcNow();
        var upload = await _heads.ChangeAsync(
            id,
            u =>
                u is { State: UploadState.Receiving, IsWhole: true }
                    ? u with
                    {
                        State = UploadState.Applying,
                        Seq = u.Seq + 1,
                        QueuedAt = now,
                        ChangedAt = now,
                    }
                    : null
        );
        switch (upload?.State)
        {
            case null:
                return new CompleteAnswer.NotFound();
            case UploadState.Receiving:
                return new CompleteAnswer.Incomplete(upload.Received);
            case UploadState.Abandoned:
                return new CompleteAnswer.Abandoned();
            case UploadState.Applying:
                await queue.EnqueueAsync(ApplyUpload.MessageOf(upload), now);
                break;
        }

        return new CompleteAnswer.Accepted(upload);
    }

    /// <summary>Gives an upload up and removes its bytes, report and refused rows; what was applied before stays.</summary>
    /// <returns>False when there is none.</returns>
    public async ValueTask<bool> AbandonAsync(string id)
    {
        var before = await FindAsync(id);
        var upload = await _heads.ChangeAsync(
            id,
            u =>
                u is null or { State: UploadState.Abandoned, Received: 0 }
                    ? null
                    : u with
                    {
                        State = UploadState.Abandoned,
                        Received = 0,
                        Position = null,
                        ReportBytes = 0,
                        RefusedBytes = 0,
                        ChangedAt = clock.GetUtcNow(),
                    }
        );
        if (upload is not null)
        {
            await _blocks.DeleteAsync(id, UploadBlocks.Content, before?.Received ?? 0);
            await _blocks.DeleteRestAsync(id);
        }

        return upload is not null;
    }

    /// <summary>The account of a finished import; null before, and after it was cleaned up.</summary>
    public async ValueTask<ImportReport?> ReportAsync(Upload upload)
    {
        using var json = new MemoryStream();
        await foreach (var block in _blocks.ReadAsync(upload.Id, UploadBlocks.Report, upload.ReportBytes))
        {
            json.Write(block);
        }

        return json.Length > 0 && json.Length == upload.ReportBytes
            ? JsonSerializer.Deserialize<ImportReport>(json.ToArray(), JsonSerializerOptions.Web)
            : null;
    }

    /// <summary>The file of refused rows, block by block.</summary>
    public IAsyncEnumerable<byte[]> RefusedRowsAsync(Upload upload) =>
        _blocks.ReadAsync(upload.Id, UploadBlocks.RefusedRows, upload.RefusedBytes);
}
