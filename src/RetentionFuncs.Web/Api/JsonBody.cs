using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using RetentionFuncs.Web.PublicPages;

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
            return JsonSerializer.Deserialize<T>(bytes, Form) ?? throw Odd("$");
        }
        catch (JsonException broken)
        {
            throw Odd(broken.Path ?? "$", broken.LineNumber, broken.BytePositionInLine);
        }
    }

    /// <exception cref="ApiProblem">Too large, too slow, or cut off.</exception>
    public static async ValueTask<byte[]> BytesAsync(HttpRequest request, int maxBytes) =>
        await LimitedBody.TakeAsync(request, maxBytes, Patience) switch
        {
            BodyReading.Whole whole => whole.Bytes,
            BodyReading.TooLong => throw ApiProblem.TooLarge(maxBytes),
            _ => throw ApiProblem.BadRequest(
                new("The body did not arrive in time, or not whole; send it again.", "请求体未及时或未完整到达，请重新发送。")
            ),
        };

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
