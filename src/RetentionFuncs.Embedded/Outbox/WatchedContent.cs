using System.Net;
using System.Net.Http.Headers;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>
/// A JSON body that knows whether any of it may have left. Its length is announced, so a provider that got none of it has an
/// incomplete request and cannot accept it.
/// </summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly byte[] _json;

    public WatchedContent(byte[] json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Set before the first byte is written and never taken back.</summary>
    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        await stream.WriteAsync(_json, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
