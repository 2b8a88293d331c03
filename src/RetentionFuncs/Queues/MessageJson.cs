using System.Text.Json;
using System.Text.Json.Serialization;

namespace RetentionFuncs.Queues;

/// <summary>The body of a message: <c>{"schema":1,"ref":"…","purpose":"send","seq":0}</c>.</summary>
public static partial class MessageJson
{
    public static string Write(QueueMessage message) =>
        JsonSerializer.Serialize(new Body(message.Schema, message.Ref, message.Purpose, message.Seq), BodyJson.Default.Body);

    /// <summary>The message, or null when the body cannot be read.</summary>
    public static QueueMessage? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, BodyJson.Default.Body) is { Ref.Length: > 0, Purpose.Length: > 0 } read
                ? new QueueMessage(read.Schema, read.Ref, read.Purpose, read.Seq)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record Body(
        [property: JsonRequired] int Schema,
        [property: JsonRequired] string Ref,
        [property: JsonRequired] string Purpose,
        [property: JsonRequired] int Seq
    );

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Body))]
    internal sealed partial class BodyJson : JsonSerializerContext;
}
