using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>Reads a request body that has no business being long.</summary>
internal static class LimitedBody
{
    public const int MaxBytes = 4_096;

    private const int FirstBytes = 4_096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The body as text, or null when it is longer than <see cref="MaxBytes"/> or does not arrive in time.</summary>
    public static async Task<string?> ReadAsync(HttpRequest request) =>
        await ReadBytesAsync(request, MaxBytes) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The body, or null when it is longer than <paramref name="most"/> bytes or does not arrive in time.</summary>
    public static async Task<byte[]?> ReadBytesAsync(HttpRequest request, int most, TimeSpan? patience = null) =>
        await TakeAsync(request, most, patience ?? Patience) is BodyReading.Whole whole ? whole.Bytes : null;

    /// <summary>Reads to the end, or to the first byte too many; holds no more memory than arrived.</summary>
    public static async Task<BodyReading> TakeAsync(HttpRequest request, int most, TimeSpan patience)
    {
        if (request.ContentLength > most)
        {
            return new BodyReading.TooLong();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(patience);
        try
        {
            var body = new ArrayBufferWriter<byte>(FirstBytes);
            for (var read = -1; read != 0 && body.WrittenCount <= most; body.Advance(read))
            {
                read = await request.Body.ReadAsync(body.GetMemory(FirstBytes), limit.Token);
            }

            return body.WrittenCount > most ? new BodyReading.TooLong() : new BodyReading.Whole(body.WrittenSpan.ToArray());
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            return new BodyReading.CutOff();
        }
    }
}

/// <summary>How reading a body ended.</summary>
internal abstract record BodyReading
{
    private BodyReading() { }

    public sealed record Whole(byte[] Bytes) : BodyReading;

    public sealed record TooLong : BodyReading;

    /// <summary>It did not arrive in time, or not to its end.</summary>
    public sealed record CutOff : BodyReading;
}
