using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>
/// A property bag as one JSON object that a person can read. The kinds survive: a double always has a point or an exponent, a whole
/// number never has.
/// </summary>
internal static class BagJson
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
    private static readonly object True = true;
    private static readonly object False = false;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Write(IBufferWriter<byte> output, PropertyBag bag)
    {
        var writer = _writer ??= new Utf8JsonWriter(output, Readable);
        writer.Reset(output);
        writer.WriteStartObject();
        var entries = bag.Entries;
        for (var i = 0; i < entries.Count; i++)
        {
            writer.WritePropertyName(entries[i].Key);
            WriteValue(writer, entries[i].Value);
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    /// <exception cref="JsonException">Not a JSON object of texts, numbers and flags.</exception>
    public static PropertyBag Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var entries = new List<KeyValuePair<string, object>>(8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("It is not a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = PropertyNames.Of(ref reader);
            reader.Read();
            entries.Add(new KeyValuePair<string, object>(name, ReadValue(ref reader, name)));
        }

        return !reader.Read() ? PropertyBag.Own(entries) : throw new JsonException("Something follows the object.");
    }

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            default:
                WriteDouble(writer, (double)value);
                break;
        }
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        Span<byte> digits = stackalloc byte[40];
        Utf8Formatter.TryFormat(value, digits, out var length);
        if (digits[..length].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(digits[length..]);
            length += 2;
        }

        writer.WriteRawValue(digits[..length], skipInputValidation: true);
    }

    private static object ReadValue(ref Utf8JsonReader reader, string name) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.True => True,
            JsonTokenType.False => False,
            JsonTokenType.Number when reader.ValueSpan.IndexOfAny((byte)'.', (byte)'E', (byte)'e') >= 0 => reader.GetDouble(),
            JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
            _ => throw new JsonException($"The property '{name}' is no text, number or flag."),
        };
}
