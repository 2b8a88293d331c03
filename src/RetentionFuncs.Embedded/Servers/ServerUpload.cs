using System.Net.Http.Headers;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>Brings the bytes of one file to a running home, from wherever they stopped.</summary>
internal sealed class ServerUpload(ServerCall call, UploadedFile file)
{
    private readonly CommandContext _context = call.Context;

    public async Task<Standing> BeginAsync(string kind, string sha256, ImportDeclaration declared)
    {
        var wish = new
        {
            kind,
            name = file.Name,
            length = file.Length,
            sha256,
            options = declared,
        };
        var standing = (await Retrying.RunAsync(_context, () => call.Client.PostAsync("imports", wish))).Read<Standing>();
        if (standing.State == UploadState.Applying)
        {
            _context.Tell("The server is importing this very file already; waiting for it.", "服务器正在导入同一个文件，等待其结束。");
        }
        else if (standing.Received > 0)
        {
            _context.Tell(
                $"The server has {standing.Received:N0} of {standing.Length:N0} bytes already; going on from there.",
                $"服务器已有 {standing.Received:N0} / {standing.Length:N0} 字节，从该处继续上传。"
            );
        }

        return standing;
    }

    /// <summary>Sends what is missing and has it applied.</summary>
    public async Task<Standing> SendAsync(Standing standing)
    {
        var line = new ProgressLine(_context.Err, _context.IsTerminal, _context.Say("uploading", "上传"), Math.Max(1, standing.Length));
        try
        {
            while (standing.State == UploadState.Receiving && standing.Received < standing.Length)
            {
                line.Show(standing.Received);
                standing = await Retrying.RunAsync(_context, () => SendNextAsync(standing));
            }
        }
        finally
        {
            line.End();
        }

        return standing.State == UploadState.Receiving
            ? (
                await Retrying.RunAsync(_context, () => call.Client.SendAsync(HttpMethod.Post, $"imports/{standing.Id}/apply"))
            ).Read<Standing>()
            : standing;
    }

    private async Task<Standing> SendNextAsync(Standing standing)
    {
        var length = (int)Math.Min(standing.PieceBytes, standing.Length - standing.Received);
        var piece = new ByteArrayContent(file.Read(standing.Received, length));
        piece.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        piece.Headers.ContentRange = new ContentRangeHeaderValue(standing.Received, standing.Received + length - 1, standing.Length);
        try
        {
            return (await call.Client.SendAsync(HttpMethod.Put, $"imports/{standing.Id}/content", piece)).Read<Standing>();
        }
        catch (ServerRefusedException refused) when (refused.Status == 409)
        {
            // Somebody else brings the same file: go on from where it now stands.
            var now = (await call.Client.GetAsync($"imports/{standing.Id}")).Read<Standing>();
            if (now.Received == standing.Received && now.State == UploadState.Receiving)
            {
                throw;
            }

            return now;
        }
    }
}
