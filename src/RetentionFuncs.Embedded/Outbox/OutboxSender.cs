using System.Globalization;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>
/// The sender of a machine that sends nothing: each message becomes an <c>.eml</c> file in <c>outbox/yyyy-MM-dd/</c> that any mail
/// program opens. The file's name holds the touch and the attempt, so the same attempt twice is one file.
/// </summary>
/// <param name="folder">The outbox folder; made when missing.</param>
/// <param name="clock">For the time of a later try.</param>
public sealed class OutboxSender(string folder, TimeProvider clock) : IMessageSender
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    /// <summary>Where a write may be made to fail in tests.</summary>
    internal Func<string, Stream> OpenNew { get; init; } =
        path => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);

    /// <summary>The file a message is in, or will be in.</summary>
    public string PathOf(OutboundMessage message) =>
        Path.Combine(
            folder,
            message.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            $"{message.Reference}.{message.AttemptId}.eml"
        );

    /// <summary>Waits for the disk on a pool thread, so that several sends under way share its syncs.</summary>
    public ValueTask<SendResult> SendAsync(OutboundMessage message) => new(Task.Run(() => Send(message)));

    private SendResult Send(OutboundMessage message)
    {
        if (!IsFileName(message.Reference) || !IsFileName(message.AttemptId))
        {
            return new SendResult.Refused("The reference or the attempt id cannot be part of a file name.");
        }

        var path = PathOf(message);
        try
        {
            return Put(path, message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return AfterFailure(path, error);
        }
    }

    private SendResult.Accepted Put(string path, OutboundMessage message)
    {
        if (!File.Exists(path))
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = path + ".part";
            using (var file = OpenNew(draft))
            {
                file.Write(EmlWriter.Write(message));
                (file as FileStream)?.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }

        // Also for a file found: an earlier try may have been cut off between the rename and this line.
        FolderSync.Flush(Path.GetDirectoryName(path)!);
        return new SendResult.Accepted(message.AttemptId);
    }

    /// <summary>No file under the final name proves that nothing was sent; a file that may not survive a power cut proves neither.</summary>
    private SendResult AfterFailure(string path, Exception error)
    {
        var reason = $"The outbox file could not be written ({error.GetType().Name}): {error.Message}";
        try
        {
            if (File.Exists(path))
            {
                return new SendResult.Unknown(reason);
            }

            File.Delete(path + ".part");
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            // The draft stays; the next try overwrites it, and no reader takes a .part file for a message.
        }

        return error is UnauthorizedAccessException
            ? new SendResult.SystemicRefusal(reason)
            : new SendResult.ProvenNotSent(clock.GetUtcNow() + RetryAfter, reason);
    }

    private static bool IsFileName(string text) =>
        text is { Length: > 0 and <= 80 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && text[0] != '.';
}
