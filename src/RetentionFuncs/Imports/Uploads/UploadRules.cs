using System.Text.Json;

namespace RetentionFuncs.Imports.Uploads;

/// <summary>What an upload may do next, decided without looking anything up.</summary>
internal static class UploadRules
{
    private const int MaxName = 255;

    /// <summary>Characters of the declarations as JSON: column names and headers, mostly.</summary>
    private const int MaxDeclared = 16_000;

    /// <summary>Null when the wish can be granted.</summary>
    public static BeginAnswer.Refused? Refuse(UploadWish wish, UploadOptions options)
    {
        var megabytes = options.MaxBytes / (1024 * 1024);
        return !ImportKinds.All.Contains(wish.Kind)
                ? new(
                    new(
                        $"kind: '{wish.Kind}' is none of {string.Join(", ", ImportKinds.All)}",
                        $"kind：“{wish.Kind}”无效，可用：{string.Join("、", ImportKinds.All)}"
                    )
                )
            : !IsName(wish.File)
                ? new(
                    new(
                        "name: is not the name of a file, without folder, of 1 to 255 characters",
                        "name：应为不带文件夹的文件名，1 到 255 个字符"
                    )
                )
            : wish.Length < 0 ? new(new("length: is negative", "length：不能为负数"))
            : wish.Length > options.MaxBytes
                ? new(new($"length: more than {megabytes} MB; split the file", $"length：超过 {megabytes} MB，请拆分文件"), TooLarge: true)
            : wish.Sha256.Length != 64 || !wish.Sha256.All(char.IsAsciiHexDigitLower)
                ? new(new("sha256: is not 64 lower-case hexadecimal digits", "sha256：应为 64 位小写十六进制数"))
            : Json(wish.Declared).Length > MaxDeclared ? new(new("options: too long", "options：过长"))
            : wish.Declared.ProblemFor(wish.Kind) is var odd && odd != default ? new(new("options: " + odd.En, "options：" + odd.Zh))
            : wish.Declared.TryRead(out _, out var problem) ? null
            : new(new("options: " + problem.En, "options：" + problem.Zh));
    }

    /// <summary>The upload after a wish; the one found itself when nothing about it changes.</summary>
    public static Upload Begin(Upload? found, string id, UploadWish wish, DateTimeOffset now) =>
        found switch
        {
            null => new Upload(
                id,
                wish.Kind,
                wish.File,
                wish.Length,
                wish.Sha256,
                wish.Declared,
                UploadState.Receiving,
                0,
                wish.By,
                now,
                now
            ),
            { State: UploadState.Applying } => found,
            { State: UploadState.Receiving } when SameWords(found.Declared, wish.Declared) => found,
            { State: UploadState.Receiving } => found with { Declared = wish.Declared, ChangedAt = now },
            _ => found with
            {
                File = wish.File,
                Declared = wish.Declared,
                State = UploadState.Receiving,
                By = wish.By,
                BegunAt = now,
                ChangedAt = now,
                Round = found.Round + 1,
                Position = null,
                Reason = null,
                Line = null,
                ReportBytes = 0,
                RefusedBytes = 0,
            },
        };

    /// <summary>The answer to a piece that is not to be written; null when it is the next one.</summary>
    public static PieceAnswer? Place(Upload upload, long offset, int length)
    {
        var end = offset + length;
        var isLast = end == upload.Length;
        return upload.State == UploadState.Abandoned ? new PieceAnswer.Closed(upload.State)
            : offset < 0 || length == 0 || end > upload.Length
                ? new PieceAnswer.Misshapen(
                    new($"does not lie within the {upload.Length} bytes of the file", $"不在文件的 {upload.Length} 字节范围内"),
                    upload.Received
                )
            : end <= upload.Received ? new PieceAnswer.Here(upload.Received, upload.IsWhole)
            : upload.State != UploadState.Receiving ? new PieceAnswer.Closed(upload.State)
            : length > ReceiveUpload.MaxPieceBytes
                ? new PieceAnswer.Misshapen(
                    new($"is longer than {ReceiveUpload.MaxPieceBytes} bytes", $"超过 {ReceiveUpload.MaxPieceBytes} 字节"),
                    upload.Received
                )
            : offset % ReceiveUpload.BlockBytes != 0 || (!isLast && length % ReceiveUpload.BlockBytes != 0)
                ? new PieceAnswer.Misshapen(
                    new(
                        $"must begin at a multiple of {ReceiveUpload.BlockBytes} bytes and be a multiple of it long, unless it is the last",
                        $"起点和长度必须是 {ReceiveUpload.BlockBytes} 字节的整数倍（最后一块的长度除外）"
                    ),
                    upload.Received
                )
            : offset != upload.Received ? new PieceAnswer.OutOfPlace(upload.Received)
            : null;
    }

    public static bool SameWords(ImportDeclaration one, ImportDeclaration other) => Json(one) == Json(other);

    private static string Json(ImportDeclaration declared) =>
        JsonSerializer.Serialize(
            declared with
            {
                Columns = declared.Columns?.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key, c => c.Value),
                Constants = declared.Constants?.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key, c => c.Value),
            },
            JsonSerializerOptions.Web
        );

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c));
}
