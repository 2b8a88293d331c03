using System.Text.Json;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Findings;

namespace RetentionFuncs.ShopEvents;

/// <summary>
/// One line of a file of events: what happened in the shop (<c>schema</c>, <c>type</c>) or what became of a message (<c>touch</c>,
/// <c>event</c>), told apart by these fields.
/// </summary>
public abstract record EventLine
{
    private static readonly Phrase Neither = new(
        "is no event: a shop event has 'schema' and 'type', a delivery event 'touch' and 'event'",
        "不是事件：商店事件应有 schema 和 type，送达事件应有 touch 和 event"
    );

    private EventLine() { }

    public sealed record OfShop(ShopEvent Event) : EventLine;

    public sealed record OfDelivery(DeliveryEvent Event) : EventLine;

    public sealed record Refused(Phrase Reason) : EventLine;

    /// <param name="now">The moment of recording.</param>
    public static EventLine Read(string line, DateTimeOffset now)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            bool Has(string name) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out _);
            return Has("touch") || root.ValueKind != JsonValueKind.Object ? Delivery(line)
                : Has("schema") || Has("type") ? Shop(line, now)
                : new Refused(Neither);
        }
        catch (JsonException)
        {
            return Delivery(line);
        }
    }

    private static EventLine Delivery(string line) =>
        DeliveryEventLines.TryParse(line, out var e, out var problem) ? new OfDelivery(e) : new Refused(problem);

    private static EventLine Shop(string line, DateTimeOffset now)
    {
        var posted = ShopEventBody.Split(line) is [var only] ? only : null;
        return posted is null ? new Refused(Neither)
            : posted.Problem is { } problem ? new Refused(problem)
            : ShopEventReader.Read(posted.Json, posted.Id, now) switch
            {
                ShopEventReading.Understood understood => new OfShop(understood.Event),
                ShopEventReading.NotUnderstood odd => new Refused(odd.Reason),
                _ => new Refused(Neither),
            };
    }
}
