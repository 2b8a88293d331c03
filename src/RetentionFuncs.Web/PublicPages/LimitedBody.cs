using System.Text;
using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>Reads a request body that has no business being long.</summary>
internal static class LimitedBody
{
    public const int MaxBytes = 4_096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The body as text, or null when it is longer than <see cref="MaxBytes"/> or does not arrive in time.</summary>
    public static async Task<string?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(Patience);
        try
        {
            var bytes = new byte[MaxBytes + 1];
            var read = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, limit.Token);
            return read > MaxBytes ? null : Encoding.UTF8.GetString(bytes, 0, read);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
