using System.Text.Json;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Deliveries.SendGridEvents;

namespace RetentionFuncs.AzureAdapters.SendGrid;

/// <summary>Reads the answers of the Email Logs.</summary>
internal static class SendGridLogJson
{
    private const int LongestId = 200;

    /// <summary>The ids of the messages that a search found; they become part of an address, so odd ones are left out.</summary>
    public static IReadOnlyList<string> Hits(JsonElement answer) =>
        Member(answer, "messages") is { ValueKind: JsonValueKind.Array } messages
            ? [.. messages.EnumerateArray().Select(m => Text(m, "sg_message_id")).OfType<string>().Where(IsId)]
            : [];

    /// <summary>Whether a message is the very attempt that is asked about. The arguments stand beside the events, or in each of them.</summary>
    public static bool IsOf(JsonElement detail, LogQuestion question) =>
        Arguments(detail).Any(a => Text(a, "rf_a") == question.AttemptId && Text(a, "rf_t") == question.Touch.ToString());

    public static IReadOnlyList<DeliveryEvent> Events(JsonElement detail, LogQuestion question) =>
        Member(detail, "events") is { } events ? SendGridEventReader.ReadLogged(events, question.Touch, question.AttemptId) : [];

    private static IEnumerable<JsonElement> Arguments(JsonElement detail)
    {
        var events = Member(detail, "events") is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray().ToArray() : [];
        return events.Prepend(detail).Select(e => Member(e, "custom_args")).OfType<JsonElement>();
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && id[0] != '.';

    private static string? Text(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
