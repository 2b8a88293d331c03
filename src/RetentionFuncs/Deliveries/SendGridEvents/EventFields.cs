using System.Globalization;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Messages.Submissions;

namespace RetentionFuncs.Deliveries.SendGridEvents;

/// <summary>The members of one event as they may be read: any of them may be missing, of another type, or no valid text.</summary>
internal readonly struct EventFields(JsonElement element)
{
    private const int Longest = 500;

    /// <summary>What may be kept of an event: no address, no network address, no program of the reader, no link with a token in it.</summary>
    private static readonly string[] Kept =
    [
        "event",
        "timestamp",
        "sg_event_id",
        "sg_message_id",
        "type",
        "bounce_classification",
        "status",
        "attempt",
        "asm_group_id",
        "sg_machine_open",
        "rf_t",
        "rf_a",
        "rf_i",
    ];

    private static readonly string[] KeptMasked = ["reason", "response"];

    /// <summary>A text, or a number as it is written; null for anything else.</summary>
    public string? Text(string name)
    {
        try
        {
            return !element.TryGetProperty(name, out var value) ? null
                : value.ValueKind == JsonValueKind.String ? value.GetString()
                : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Bytes or escapes that are no text.
            return null;
        }
    }

    public bool Flag(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Words of a mail server, on one line, without the addresses in them; null when there are none.</summary>
    public string? Words(string name) =>
        Text(name) is { } text && ErrorDetail.Shown(Cut(text)) is { Length: > 0 } shown ? Cut(shown).TrimEnd() : null;

    /// <summary>Unix seconds of 2009 to 2099, as a number or in quotes.</summary>
    public DateTimeOffset? Instant(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1.23e9 and < 4.07e9
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    /// <summary>What may be kept of it, as JSON.</summary>
    public string ToKeptJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var name in Kept)
            {
                if (Flag(name))
                {
                    json.WriteBoolean(name, true);
                }
                else if (Text(name) is { } text)
                {
                    json.WriteString(name, Cut(text));
                }
            }

            foreach (var name in KeptMasked)
            {
                if (Words(name) is { } words)
                {
                    json.WriteString(name, words);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string Cut(string text) =>
        text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
}
