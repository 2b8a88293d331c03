using System.Text.Json;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries.SendGridEvents;

/// <summary>
/// Reads the posts of SendGrid's event webhook: a JSON array of events. One odd event never loses the others; nothing here throws for
/// what a body holds.
/// </summary>
public static class SendGridEventReader
{
    private const int LongestId = 80;

    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 512 };

    public static EventBatch Read(ReadOnlySpan<byte> body)
    {
        var batch = new Reading();
        var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, Deep);
        try
        {
            _ = reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    AddNext(ref reader, batch);
                }
            }
            else
            {
                AddNext(ref reader, batch);
            }
        }
        catch (JsonException error)
        {
            // What stood before the place where the JSON ends was read.
            batch.Odd.Add(new OddEvent($"is not JSON from byte {error.BytePositionInLine ?? 0} of line {error.LineNumber ?? 0} on", ""));
        }

        return new EventBatch(batch.Events, batch.Odd, batch.OtherMail, batch.UnknownKinds);
    }

    /// <summary>
    /// The events of one message as SendGrid's Email Logs tell it, whose events look alike but keep the custom arguments apart; those of
    /// other kinds are left out.
    /// </summary>
    public static IReadOnlyList<DeliveryEvent> ReadLogged(JsonElement events, TouchRef touch, string attempt) =>
        events.ValueKind != JsonValueKind.Array
            ? []
            :
            [
                .. events
                    .EnumerateArray()
                    .Where(e => e.ValueKind == JsonValueKind.Object)
                    .Select(e => new EventFields(e))
                    .SelectMany(f => f.Instant("timestamp") is { } at ? EventKinds.Of(f, touch, attempt, at) : []),
            ];

    private static void AddNext(ref Utf8JsonReader reader, Reading batch)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        if (json.RootElement.ValueKind == JsonValueKind.Object)
        {
            Add(new EventFields(json.RootElement), batch);
        }
        else
        {
            batch.Odd.Add(new OddEvent($"is a JSON {json.RootElement.ValueKind}, not an object", ""));
        }
    }

    private static void Add(EventFields fields, Reading batch)
    {
        if (fields.Text("rf_t") is not { } reference || Messages.TestMessages.IsOne(reference))
        {
            batch.OtherMail++;
            return;
        }

        if (Problem(fields, reference, out var touch) is { } problem)
        {
            batch.Odd.Add(new OddEvent(problem, fields.ToKeptJson()));
            return;
        }

        var events = EventKinds.Of(fields, touch, fields.Text("rf_a")!, fields.Instant("timestamp")!.Value);
        var (instance, raw) = (fields.Text("rf_i"), fields.ToKeptJson());
        batch.Events.AddRange(events.Select(e => new ReceivedEvent(e, instance, raw)));
        batch.UnknownKinds += events.Count == 0 ? 1 : 0;
    }

    private static string? Problem(EventFields fields, string reference, out TouchRef touch) =>
        !TouchRef.TryParse(reference, out touch) ? "has a reference (rf_t) that is not CustomerKey.TouchId"
        : !IsId(fields.Text("rf_a")) ? "has no attempt (rf_a)"
        : fields.Text("rf_i") is { } instance && !IsId(instance) ? "has an installation (rf_i) that is no id"
        : fields.Instant("timestamp") is null ? "has no readable timestamp"
        : null;

    private static bool IsId(string? text) =>
        text is { Length: > 0 and <= LongestId } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private sealed class Reading
    {
        public List<ReceivedEvent> Events { get; } = [];

        public List<OddEvent> Odd { get; } = [];

        public int OtherMail { get; set; }

        public int UnknownKinds { get; set; }
    }
}
