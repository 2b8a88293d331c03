using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Web.Api;

/// <summary>Reads a body of known shape and size. What is not known is refused, so that nothing is set that nobody meant to offer.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 8,
    };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="ApiProblem">Not JSON, too large, too slow, or not of that shape: says which field.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpRequest request, int maxBytes)
    {
        if (!request.HasJsonContentType())
        {
            throw ApiProblem.NotJson;
        }

        var bytes = await BytesAsync(request, maxBytes);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, Form) ?? throw Odd("$");
        }
        catch (JsonException broken)
        {
            throw Odd(broken.Path ?? "$", broken.LineNumber, broken.BytePositionInLine);
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> BytesAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            throw ApiProblem.TooLarge(maxBytes);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(Patience);
        using var read = new MemoryStream();
        var part = new byte[16 * 1024];
        try
        {
            for (int count; (count = await request.Body.ReadAsync(part, limit.Token)) > 0; )
            {
                read.Write(part, 0, count);
                if (read.Length > maxBytes)
                {
                    throw ApiProblem.TooLarge(maxBytes);
                }
            }
        }
        catch (Exception cut) when (cut is OperationCanceledException or IOException)
        {
            throw ApiProblem.BadRequest(
                new("The body did not arrive in time, or not whole; send it again.", "请求体未及时或未完整到达，请重新发送。")
            );
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }

    /// <summary>The parser's own words would repeat what was sent; where it stands is enough.</summary>
    private static ApiProblem Odd(string path, long? line = null, long? column = null)
    {
        var (en, zh) = line is null ? ("", "") : ($" (line {line + 1}, byte {column + 1})", $"（第 {line + 1} 行，第 {column + 1} 字节）");
        return ApiProblem.BadRequest(
            new(
                $"The body is not what this address takes: look at {path}{en}. A field is missing, unknown, named twice, or of another kind.",
                $"请求体不符合要求：请检查 {path}{zh}。可能缺少字段、字段未知、重复，或类型不符。"
            )
        );
    }
}
