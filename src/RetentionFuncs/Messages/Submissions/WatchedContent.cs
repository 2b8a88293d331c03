using System.Net;

namespace RetentionFuncs.Messages.Submissions;

/// <summary>
/// A body that knows whether any of it may have left. Its length is announced, so a provider that got none of it has an
/// incomplete request and cannot accept it.
/// </summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly byte[] _bytes;

    private WatchedContent(byte[] bytes) => _bytes = bytes;

    /// <summary>Set before the first byte is written and never taken back.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>The same bytes and headers, watched.</summary>
    public static async Task<WatchedContent> OfAsync(HttpContent? content)
    {
        var watched = new WatchedContent(content is null ? [] : await content.ReadAsByteArrayAsync());
        foreach (var (name, values) in content?.Headers.NonValidated ?? default)
        {
            _ = watched.Headers.TryAddWithoutValidation(name, values);
        }

        return watched;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        await stream.WriteAsync(_bytes, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
