using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Findings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries;

/// <summary>
/// Reads delivery events from JSON lines: <c>{"touch","attempt","event","at","bounce"?,"detail"?}</c>. One odd line is refused with its
/// reason; the others go on.
/// </summary>
public static class DeliveryEventLines
{
    private const int MaxDetail = 500;
    private static readonly Phrase Fine = new("", "");
    private static readonly Phrase NotAnObject = new("is not a JSON object", "不是 JSON 对象");

    public static bool TryParse(string line, out DeliveryEvent parsed, out Phrase problem)
    {
        parsed = null!;
        try
        {
            using var json = JsonDocument.Parse(line);
            problem = json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement, out parsed) : NotAnObject;
        }
        catch (JsonException e)
        {
            problem = new($"is not JSON: {e.Message}", $"不是 JSON：{e.Message}");
        }

        return problem == Fine;
    }

    private static Phrase Read(JsonElement root, out DeliveryEvent parsed)
    {
        parsed = null!;
        if (!TouchRef.TryParse(Text(root, "touch"), out var touch))
        {
            return new("has no valid 'touch' (CustomerKey.TouchId)", "缺少有效的 touch（CustomerKey.TouchId）");
        }

        if (Text(root, "attempt") is not { Length: > 0 } attempt)
        {
            return new("has no 'attempt'", "缺少 attempt");
        }

        if (!Enum.TryParse<DeliveryEventKind>(Text(root, "event"), true, out var kind) || !Enum.IsDefined(kind))
        {
            var (given, known) = (Text(root, "event"), string.Join(", ", Enum.GetNames<DeliveryEventKind>()).ToLowerInvariant());
            return new($"has an unknown 'event' ({given}); known are {known}", $"event 无法识别（{given}）；可用值：{known}");
        }

        if (!DateTimeOffset.TryParse(Text(root, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return new("has no readable 'at' (ISO 8601 with offset)", "缺少可识别的 at（带时区的 ISO 8601 时刻）");
        }

        BounceKind? bounce = Enum.TryParse<BounceKind>(Text(root, "bounce"), true, out var b) && Enum.IsDefined(b) ? b : null;
        if (kind == DeliveryEventKind.Bounced && bounce is null)
        {
            return new("is a bounce without 'bounce': hard, soft or block", "退信缺少 bounce：hard、soft 或 block");
        }

        var detail = Text(root, "detail");
        parsed = new DeliveryEvent(touch, attempt, kind, bounce, at, detail is { Length: > MaxDetail } ? detail[..MaxDetail] : detail);
        return Fine;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
