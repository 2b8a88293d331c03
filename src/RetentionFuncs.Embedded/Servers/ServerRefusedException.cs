using System.Text.Json;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>A running home did not do what was asked of it, and why; the sentence comes in the language that was asked for.</summary>
/// <param name="status">The HTTP status, or 0 when nobody answered.</param>
/// <param name="findings">What is wrong with the files that were sent, one line each; empty for all else.</param>
public sealed class ServerRefusedException(int status, Phrase said, IReadOnlyList<string> findings) : Exception(said.En)
{
    public int Status { get; } = status;

    public Phrase Said { get; } = said;

    public IReadOnlyList<string> Findings { get; } = findings;

    /// <summary>What scripts see: a refusal of what was asked is wrong usage, all else is something outside that failed.</summary>
    public int Exit => Status is >= 400 and < 500 and not (408 or 429) ? Commands.Exit.WrongUsage : Commands.Exit.Failed;

    /// <summary>Reads problem details (RFC 9457); what is none, such as a proxy's page, is told by its status.</summary>
    public static ServerRefusedException Of(int status, string? mediaType, string body)
    {
        if (mediaType != "application/problem+json" || Parse(body) is not { Detail: { Length: > 0 } detail } problem)
        {
            return new ServerRefusedException(
                status,
                status is 401 or 403
                    ? new(
                        $"The server answered {status}: it does not let this token or key in.",
                        $"服务器返回 {status}：该令牌或密钥无权访问。"
                    )
                    : new($"The server answered {status} and said no more.", $"服务器返回 {status}，没有更多说明。"),
                []
            );
        }

        return new ServerRefusedException(status, new(detail, detail), problem.Findings ?? []);
    }

    public static ServerRefusedException NoAnswer(Uri server, Exception gone) =>
        new(
            0,
            new(
                $"No answer from {server.GetLeftPart(UriPartial.Authority)}: {gone.Message} Is it running, and is the address right?",
                $"{server.GetLeftPart(UriPartial.Authority)} 没有应答：{gone.Message} 请确认服务在运行、地址无误。"
            ),
            []
        );

    public static ServerRefusedException NotOurs(int status) =>
        new(
            status,
            new(
                "The server's answer is not one of this product's; is the address right, and are both programs of one version?",
                "服务器的应答不是本产品的格式；请确认地址无误、两端版本一致。"
            ),
            []
        );

    private sealed record Problem(string? Title, string? Detail, IReadOnlyList<string>? Findings);

    private static Problem? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<Problem>(body, CommandContext.JsonForm);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
