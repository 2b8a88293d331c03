using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries;

/// <summary>
/// Reads delivery events from JSON lines: <c>{"touch","attempt","event","at","bounce"?,"detail"?}</c>. One odd line is refused with its
/// reason; the others go on.
/// </summary>
public static class DeliveryEventLines
{
    private const int MaxDetail = 500;

    public static bool TryParse(string line, out DeliveryEvent parsed, out string problem)
    {
        parsed = null!;
        try
        {
            using var json = JsonDocument.Parse(line);
            problem = json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement, out parsed) : "is not a JSON object";
        }
        catch (JsonException e)
        {
            problem = $"is not JSON: {e.Message}";
        }

        return problem.Length == 0;
    }

    private static string Read(JsonElement root, out DeliveryEvent parsed)
    {
        parsed = null!;
        if (!TouchRef.TryParse(Text(root, "touch"), out var touch))
        {
            return "has no valid 'touch' (CustomerKey.TouchId)";
        }

        if (Text(root, "attempt") is not { Length: > 0 } attempt)
        {
            return "has no 'attempt'";
        }

        if (!Enum.TryParse<DeliveryEventKind>(Text(root, "event"), true, out var kind) || !Enum.IsDefined(kind))
        {
            return $"has an unknown 'event' ({Text(root, "event")}); known are {string.Join(", ", Enum.GetNames<DeliveryEventKind>()).ToLowerInvariant()}";
        }

        if (!DateTimeOffset.TryParse(Text(root, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return "has no readable 'at' (ISO 8601 with offset)";
        }

        BounceKind? bounce = Enum.TryParse<BounceKind>(Text(root, "bounce"), true, out var b) && Enum.IsDefined(b) ? b : null;
        if (kind == DeliveryEventKind.Bounced && bounce is null)
        {
            return "is a bounce without 'bounce': hard, soft or block";
        }

        var detail = Text(root, "detail");
        parsed = new DeliveryEvent(touch, attempt, kind, bounce, at, detail is { Length: > MaxDetail } ? detail[..MaxDetail] : detail);
        return "";
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
