using Microsoft.AspNetCore.Http;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Web.Api;

/// <summary>
/// Ends a request with problem details (RFC 9457): what was wrong, where, and what to do, in the caller's language.
/// </summary>
/// <param name="code">Never changes, so scripts may look at it; the end of the problem's <c>type</c>.</param>
/// <param name="title">The kind of problem, the same each time.</param>
/// <param name="detail">This one, with where and what to do.</param>
public sealed class ApiProblem(int status, string code, Phrase title, Phrase detail) : Exception(detail.En)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public Phrase Title { get; } = title;

    public Phrase Detail { get; } = detail;

    /// <summary>What is wrong with files that were sent; empty for all else.</summary>
    public IReadOnlyList<LintFinding> Findings { get; init; } = [];

    public int? RetryAfterSeconds { get; init; }

    /// <summary>The request itself cannot be read.</summary>
    public static ApiProblem BadRequest(Phrase detail) =>
        new(StatusCodes.Status400BadRequest, "bad-request", new("The request cannot be read", "无法读取该请求"), detail);

    public static ApiProblem NotFound(Phrase detail) =>
        new(StatusCodes.Status404NotFound, "not-found", new("Not on file", "没有记录"), detail);

    /// <summary>The state of things does not allow it.</summary>
    public static ApiProblem Conflict(Phrase detail) =>
        new(StatusCodes.Status409Conflict, "not-possible-now", new("Not possible as things stand", "当前状态不允许"), detail);

    public static ApiProblem Unknown { get; } =
        new(
            StatusCodes.Status401Unauthorized,
            "not-known",
            new("Not signed in", "未登录"),
            new(
                "Nobody vouches for this request. Send 'Authorization: Bearer' with your token, or sign in.",
                "无法确认调用者身份。请在 Authorization: Bearer 中附上令牌，或先登录。"
            )
        );

    public static ApiProblem Away(string what) =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "away",
            new("Not available at the moment", "暂时不可用"),
            new(
                $"The {what} does not answer at the moment. Nothing is lost; ask again in a few seconds.",
                "存储或队列暂时没有应答。数据没有丢失，请稍后重试。"
            )
        )
        {
            RetryAfterSeconds = 10,
        };

    public static ApiProblem TooLarge(int maxBytes) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            "too-large",
            new("The request is too large", "请求内容过大"),
            new($"At most {maxBytes:N0} bytes are taken here.", $"这里最多接收 {maxBytes:N0} 字节。")
        );

    public static ApiProblem NotJson { get; } =
        new(
            StatusCodes.Status415UnsupportedMediaType,
            "not-json",
            new("The body is not JSON", "请求体不是 JSON"),
            new("Send the body as application/json in UTF-8.", "请以 UTF-8 编码的 application/json 发送请求体。")
        );

    /// <summary>Nothing is told of it but its kind: the words of a fault may hold a customer's data.</summary>
    public static ApiProblem Fault(Exception fault) =>
        new(
            StatusCodes.Status500InternalServerError,
            "fault",
            new("A fault in the program", "程序内部错误"),
            new(
                $"A fault in the program ({fault.GetType().Name}). What was done before it is on file.",
                $"程序内部错误（{fault.GetType().Name}）。此前完成的内容均已保存。"
            )
        );
}
