using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RetentionFuncs.Web.Api;

/// <summary>A file to be saved by whoever asked for it.</summary>
/// <param name="Length">In bytes; a shorter answer is seen to be cut off.</param>
internal sealed record ApiFile(string Name, long Length, IAsyncEnumerable<byte[]> Blocks)
{
    public async Task WriteAsync(HttpResponse response)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.ContentLength = Length;
        await foreach (var block in Blocks)
        {
            await response.Body.WriteAsync(block, response.HttpContext.RequestAborted);
        }
    }
}
