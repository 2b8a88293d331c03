using Microsoft.AspNetCore.Http;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Web.Api;

namespace RetentionFuncs.Web.Imports;

/// <summary>
/// Files come in piece by piece and are applied in the queue's time. Every call may be repeated: who lost an answer asks how the upload
/// stands and goes on from there.
/// </summary>
internal static class ImportRoutes
{
    private const int WishBody = 64 * 1024;

    public static void Map(ApiGroup api)
    {
        api.Map("POST", "/imports", BeginAsync);
        api.Map("GET", "/imports/{id}", ShowAsync);
        api.Map("PUT", "/imports/{id}/content", PutAsync);
        api.Map("POST", "/imports/{id}/apply", ApplyAsync);
        api.Map("GET", "/imports/{id}/refused-rows", RefusedRowsAsync);
        api.Map("DELETE", "/imports/{id}", AbandonAsync);
    }

    private sealed record Wish(string Kind, string Name, long Length, string Sha256, ImportDeclaration? Options = null);

    private static async Task<ApiAnswer> BeginAsync(ApiCall call)
    {
        call.AllowOnly();
        var wish = await JsonBody.ReadAsync<Wish>(call.Context.Request, WishBody);
        var declared = wish.Options ?? new ImportDeclaration();
        declared = declared with { Language = declared.Language ?? call.Language };
        var asked = new UploadWish(wish.Kind, wish.Name, wish.Length, wish.Sha256, declared, call.Caller.Name);
        switch (await call.Product.ReceiveUpload.BeginAsync(asked))
        {
            case BeginAnswer.Begun begun:
                var place = $"{call.Context.Request.PathBase}{call.Context.Request.Path}/{begun.Upload.Id}";
                return await AnswerAsync(call, begun.Upload, begun.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, place);
            case BeginAnswer.Refused refused:
                throw Refused(refused);
            default:
                throw ApiProblem.Conflict(
                    new(
                        "This very file is being imported with other options. Wait until that has ended, then import it again.",
                        "同一个文件正以其他选项导入中，请等待其结束后再导入。"
                    )
                );
        }
    }

    private static ApiProblem Refused(BeginAnswer.Refused refused)
    {
        var detail = new Phrase(refused.Reason.En + ".", refused.Reason.Zh + "。");
        return refused.TooLarge
            ? new(StatusCodes.Status413PayloadTooLarge, "too-large", new("The file is too large", "文件过大"), detail)
            : ApiProblem.BadRequest(detail);
    }

    private static async Task<ApiAnswer> ShowAsync(ApiCall call)
    {
        call.AllowOnly();
        return await AnswerAsync(call, await FindAsync(call), StatusCodes.Status200OK);
    }

    private static async Task<ApiAnswer> PutAsync(ApiCall call)
    {
        call.AllowOnly();
        var upload = await FindAsync(call);
        var piece = await PieceBody.ReadAsync(call.Context.Request);
        if (piece.Total != upload.Length)
        {
            throw ApiProblem.BadRequest(
                new(
                    $"The file was announced with {upload.Length} bytes, and this piece is of one with {piece.Total}.",
                    $"文件声明的长度为 {upload.Length} 字节，而此数据块所属文件为 {piece.Total} 字节。"
                )
            );
        }

        return await call.Product.ReceiveUpload.PutAsync(upload.Id, piece.Offset, piece.Bytes) switch
        {
            PieceAnswer.Here => await AnswerAsync(call, await FindAsync(call), StatusCodes.Status200OK),
            PieceAnswer.OutOfPlace odd => throw ApiProblem.Conflict(
                new($"The next piece begins at byte {odd.Next}.", $"下一个数据块应从第 {odd.Next} 字节开始。")
            ),
            PieceAnswer.Misshapen odd => throw ApiProblem.BadRequest(
                new(
                    $"The piece {odd.Reason.En}. The next one begins at byte {odd.Next}.",
                    $"数据块{odd.Reason.Zh}。下一个数据块应从第 {odd.Next} 字节开始。"
                )
            ),
            PieceAnswer.Closed => throw ApiProblem.Conflict(
                new("This upload takes no more bytes; begin it again.", "该上传不再接收数据，请重新开始。")
            ),
            _ => throw NotFound(call),
        };
    }

    private static async Task<ApiAnswer> ApplyAsync(ApiCall call)
    {
        call.AllowOnly();
        var upload = await FindAsync(call);
        if (upload is { State: UploadState.Receiving, IsWhole: true })
        {
            await call.NoteAsync("import", $"{upload.Kind} {upload.File} {upload.Id}", Reasons.None);
        }

        return await call.Product.ReceiveUpload.CompleteAsync(upload.Id) switch
        {
            CompleteAnswer.Accepted accepted => await AnswerAsync(
                call,
                accepted.Upload,
                StatusCodes.Status202Accepted,
                call.Context.Request.PathBase + call.Context.Request.Path.Value![..^"/apply".Length]
            ),
            CompleteAnswer.Incomplete incomplete => throw ApiProblem.Conflict(
                new(
                    $"Bytes are missing: the next piece begins at byte {incomplete.Next}.",
                    $"文件尚未传完：下一个数据块应从第 {incomplete.Next} 字节开始。"
                )
            ),
            CompleteAnswer.Abandoned => throw ApiProblem.Conflict(
                new("This upload was given up; begin it again.", "该上传已放弃，请重新开始。")
            ),
            _ => throw NotFound(call),
        };
    }

    private static async Task<ApiAnswer> RefusedRowsAsync(ApiCall call)
    {
        call.AllowOnly();
        var upload = await FindAsync(call);
        return upload.RefusedBytes > 0
            ? new ApiAnswer(StatusCodes.Status200OK, "text/csv", "")
            {
                File = new ApiFile(
                    Path.GetFileNameWithoutExtension(upload.File) + ".refused.csv",
                    upload.RefusedBytes,
                    call.Product.ReceiveUpload.RefusedRowsAsync(upload)
                ),
            }
            : throw ApiProblem.NotFound(
                new("No row was refused, or the import has not come to its end.", "没有被拒绝的行，或导入尚未结束。")
            );
    }

    private static async Task<ApiAnswer> AbandonAsync(ApiCall call)
    {
        call.AllowOnly();
        var upload = await FindAsync(call);
        await call.NoteAsync("abandon-import", $"{upload.Kind} {upload.File} {upload.Id}", Reasons.None);
        _ = await call.Product.ReceiveUpload.AbandonAsync(upload.Id);
        return await AnswerAsync(call, await FindAsync(call), StatusCodes.Status200OK);
    }

    private static async Task<ApiAnswer> AnswerAsync(ApiCall call, Upload upload, int status, string? location = null)
    {
        var report = upload.State == UploadState.Done ? await call.Product.ReceiveUpload.ReportAsync(upload) : null;
        return ApiAnswer.Of(UploadDocument.Of(upload, report, call.Language), call) with { Status = status, Location = location };
    }

    private static async ValueTask<Upload> FindAsync(ApiCall call) =>
        await call.Product.ReceiveUpload.FindAsync(call.Part("id")) ?? throw NotFound(call);

    private static ApiProblem NotFound(ApiCall call) =>
        ApiProblem.NotFound(
            new(
                $"There is no upload '{call.Part("id")}'; they are kept for seven days after their last change.",
                $"没有上传记录“{call.Part("id")}”；上传内容在最后一次变动后保留七天。"
            )
        );
}
