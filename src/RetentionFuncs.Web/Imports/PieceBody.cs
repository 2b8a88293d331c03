using Microsoft.AspNetCore.Http;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Web.Api;

namespace RetentionFuncs.Web.Imports;

/// <summary>One piece of a file: the bytes of a body, and their place as <c>Content-Range</c> tells it.</summary>
internal sealed record PieceBody(long Offset, long Total, ReadOnlyMemory<byte> Bytes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <exception cref="ApiProblem">No readable range, a body of another length, too long or too slow.</exception>
    public static async ValueTask<PieceBody> ReadAsync(HttpRequest request)
    {
        if (
            request.GetTypedHeaders().ContentRange is not { Unit.Value: "bytes", From: { } from, To: { } to, Length: { } total }
            || request.ContentLength is not { } length
            || length != to - from + 1
        )
        {
            throw ApiProblem.BadRequest(
                new(
                    "Send 'Content-Range: bytes FROM-TO/TOTAL' with both ends counted, and a Content-Length that agrees with it.",
                    "请发送 Content-Range: bytes 起点-终点/总长（两端均计入），并与 Content-Length 一致。"
                )
            );
        }

        if (length > ReceiveUpload.MaxPieceBytes)
        {
            throw ApiProblem.TooLarge(ReceiveUpload.MaxPieceBytes);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(Patience);
        var bytes = new byte[length];
        try
        {
            await request.Body.ReadExactlyAsync(bytes, limit.Token);
        }
        catch (Exception cut) when (cut is OperationCanceledException or IOException)
        {
            throw new ApiProblem(
                StatusCodes.Status408RequestTimeout,
                "cut-off",
                new("The piece did not arrive whole", "数据块未完整到达"),
                new("The piece did not arrive whole, or not in time; send it again.", "数据块未完整或未及时到达，请重新发送。")
            );
        }

        return new PieceBody(from, total, bytes);
    }
}
