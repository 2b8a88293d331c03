using System.Globalization;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Imports;

/// <summary>How an upload stands.</summary>
/// <param name="Received">Bytes that are here; the next piece begins at this offset.</param>
/// <param name="PieceBytes">Longest piece taken.</param>
/// <param name="BlockBytes">Pieces begin at a multiple of it and, but for the last, are a multiple of it long.</param>
/// <param name="Rows">Of the whole file; null until they are counted.</param>
/// <param name="Applied">Rows taken in so far, those that told nothing new included.</param>
/// <param name="Refused">Rows refused so far.</param>
/// <param name="Skipped">Rows so far that are right but tell of no sale.</param>
/// <param name="Reason">Why the file as a whole was refused.</param>
/// <param name="Report">The account, once it is done.</param>
public sealed record UploadStanding(
    string Id,
    string Kind,
    string Name,
    long Length,
    string Sha256,
    UploadState State,
    long Received,
    int PieceBytes,
    int BlockBytes,
    long? Rows,
    long Applied,
    long Refused,
    long Skipped,
    long? Line,
    string? Reason,
    string By,
    DateTimeOffset BegunAt,
    DateTimeOffset ChangedAt,
    ImportReport? Report
);

/// <summary>Says how an upload stands.</summary>
internal static class UploadDocument
{
    public static Document Of(Upload upload, ImportReport? report, string language) =>
        Document.Of(Standing(upload, report), () => Text(upload).In(language) + "\n");

    private static UploadStanding Standing(Upload u, ImportReport? report) =>
        new(
            u.Id,
            u.Kind,
            u.File,
            u.Length,
            u.Sha256,
            u.State,
            u.Received,
            ReceiveUpload.MaxPieceBytes,
            ReceiveUpload.BlockBytes,
            u.Position?.Rows,
            u.Position?.Accepted ?? 0,
            u.Position?.Refused ?? 0,
            u.Position?.Skipped ?? 0,
            u.Line,
            u.Reason,
            u.By,
            u.BegunAt,
            u.ChangedAt,
            report
        );

    private static Phrase Text(Upload u)
    {
        var culture = CultureInfo.InvariantCulture;
        var (applied, refused, rows) = (u.Position?.Accepted ?? 0, u.Position?.Refused ?? 0, u.Position?.Rows ?? 0);
        var skipped = u.Position?.Skipped is > 0 and var some ? string.Create(culture, $", {some:N0} skipped") : "";
        var skippedZh = u.Position?.Skipped is > 0 and var none ? string.Create(culture, $"，跳过 {none:N0} 行") : "";
        var place = u.Line is { } line ? string.Create(culture, $":{line}") : "";
        return u.State switch
        {
            UploadState.Receiving => new(
                string.Create(culture, $"{u.Kind} {u.File}: {u.Received:N0} of {u.Length:N0} bytes are here"),
                string.Create(culture, $"{u.Kind} {u.File}：已收到 {u.Received:N0} / {u.Length:N0} 字节")
            ),
            UploadState.Applying => new(
                string.Create(
                    culture,
                    $"{u.Kind} {u.File}: being applied, {applied:N0} rows accepted{skipped} and {refused:N0} refused of {rows:N0}"
                ),
                string.Create(
                    culture,
                    $"{u.Kind} {u.File}：正在导入，共 {rows:N0} 行，已接受 {applied:N0} 行{skippedZh}，拒绝 {refused:N0} 行"
                )
            ),
            UploadState.Done => new(
                string.Create(
                    culture,
                    $"{u.Kind} {u.File}: done, {applied:N0} rows accepted{skipped} and {refused:N0} refused of {rows:N0}"
                ),
                string.Create(
                    culture,
                    $"{u.Kind} {u.File}：导入完成，共 {rows:N0} 行，接受 {applied:N0} 行{skippedZh}，拒绝 {refused:N0} 行"
                )
            ),
            UploadState.Refused => new($"{u.File}{place}: {u.Reason}", $"{u.File}{place}：{u.Reason}"),
            _ => new($"{u.Kind} {u.File}: given up", $"{u.Kind} {u.File}：已放弃"),
        };
    }
}
