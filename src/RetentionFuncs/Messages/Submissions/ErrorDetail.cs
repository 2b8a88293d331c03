using System.Text.Json;

namespace RetentionFuncs.Messages.Submissions;

/// <summary>The reasons in a provider's error body, as one short line that is safe to keep: words with an @ are left out.</summary>
public static class ErrorDetail
{
    private const int Longest = 300;

    /// <returns>Empty when the body is not the error document of v3.</returns>
    public static string Of(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("errors", out var errors))
            {
                return "";
            }

            return errors.ValueKind == JsonValueKind.Array ? Shown(string.Join("; ", errors.EnumerateArray().Take(5).Select(Reason))) : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Reason(JsonElement error) =>
        error.ValueKind != JsonValueKind.Object ? ""
        : Text(error, "field") is { Length: > 0 } field ? $"{field}: {Text(error, "message")}"
        : Text(error, "message");

    private static string Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>The text on one line, capped, with every word that holds an @ left out.</summary>
    public static string Shown(string text) =>
        SafeText.Capped(
            string.Join(' ', SafeText.OneLine(text).Split(' ').Select(w => w.Contains('@', StringComparison.Ordinal) ? "…" : w)),
            Longest
        );
}
