using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Imports;

namespace RetentionFuncs.ShopEvents;

/// <summary>One event of what was posted: its words and id, or why it cannot be kept.</summary>
/// <param name="Place">From 1: its place in the list, or its line.</param>
internal sealed record PostedEvent(int Place, string Json, string Id, Phrase? Problem);

/// <summary>Parts what was posted into events: one JSON object, a list of them, or one a line. A broken line harms no other.</summary>
internal static class ShopEventBody
{
    private static readonly JsonDocumentOptions Form = new() { MaxDepth = 32 };

    public static IReadOnlyList<PostedEvent> Split(string body)
    {
        try
        {
            using var whole = JsonDocument.Parse(body, Form);
            return whole.RootElement.ValueKind == JsonValueKind.Array
                ? [.. whole.RootElement.EnumerateArray().Select((e, i) => Of(e, i + 1))]
                : [Of(whole.RootElement, 1)];
        }
        catch (JsonException)
        {
            return [.. Lines(body)];
        }
    }

    private static IEnumerable<PostedEvent> Lines(string body)
    {
        var number = 0;
        foreach (var line in body.Split('\n').Select(l => l.Trim()))
        {
            number++;
            if (line.Length > 0)
            {
                yield return OfLine(line, number);
            }
        }
    }

    private static PostedEvent OfLine(string line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Form);
            return Of(json.RootElement, number);
        }
        catch (JsonException e)
        {
            return new PostedEvent(number, "", "", new($"is not JSON: {e.Message}", $"不是 JSON：{e.Message}"));
        }
    }

    private static PostedEvent Of(JsonElement element, int place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new PostedEvent(place, "", "", new("is not a JSON object", "不是 JSON 对象"));
        }

        var json = element.GetRawText();
        return json.Length > WaitingEvent.MaxLength
            ? new PostedEvent(
                place,
                "",
                "",
                new($"has more than {WaitingEvent.MaxLength} characters", $"超过 {WaitingEvent.MaxLength} 个字符")
            )
            : new PostedEvent(place, json, IdOf(element, json), null);
    }

    /// <summary>The shop's id; without a usable one, the content is its own.</summary>
    private static string IdOf(JsonElement element, string json)
    {
        try
        {
            if (
                element.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String
                && IdField.TryRead(id.GetString(), out var read, out _)
            )
            {
                return read;
            }
        }
        catch (InvalidOperationException)
        {
            // Half a character in the id: the content names it, and applying it will say what is wrong.
        }

        return "~" + Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(json)), 26);
    }
}
