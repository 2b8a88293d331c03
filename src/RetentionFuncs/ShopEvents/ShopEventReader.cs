using System.Text.Json;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;

namespace RetentionFuncs.ShopEvents;

/// <summary>
/// Reads one event, schema 1 (the room's README shows every field). Strict: what is missing, misspelt or of the wrong kind is found and
/// the event as a whole refused, since half an order is worse than none.
/// </summary>
public static class ShopEventReader
{
    public const int Schema = 1;

    /// <summary>How far an event may lie ahead of us: clocks differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromHours(24);

    private static readonly Dictionary<string, ShopEventKind> Kinds = new(StringComparer.Ordinal)
    {
        ["order.placed"] = ShopEventKind.OrderPlaced,
        ["order.cancelled"] = ShopEventKind.OrderCancelled,
        ["order.refunded"] = ShopEventKind.OrderRefunded,
        ["customer.changed"] = ShopEventKind.CustomerChanged,
        ["consent.given"] = ShopEventKind.ConsentGiven,
        ["consent.requested"] = ShopEventKind.ConsentRequested,
        ["consent.withdrawn"] = ShopEventKind.ConsentWithdrawn,
        ["complaint.opened"] = ShopEventKind.ComplaintOpened,
        ["complaint.resolved"] = ShopEventKind.ComplaintResolved,
        ["order.delivered"] = ShopEventKind.OrderDelivered,
        ["order.returned"] = ShopEventKind.OrderReturned,
        ["survey.answered"] = ShopEventKind.SurveyAnswered,
        ["invoice.paid"] = ShopEventKind.InvoicePaid,
        ["account.owner_left"] = ShopEventKind.OwnerLeft,
        ["account.contact_moved"] = ShopEventKind.ContactMoved,
        ["complaint.answered"] = ShopEventKind.ComplaintAnswered,
        ["invoice.due"] = ShopEventKind.InvoiceDue,
        ["customer.merged"] = ShopEventKind.CustomerMerged,
        ["customer.split"] = ShopEventKind.CustomerSplit,
        ["promotion.announced"] = ShopEventKind.PromotionAnnounced,
        ["product.rival_price"] = ShopEventKind.RivalPriceSeen,
    };

    private static readonly JsonDocumentOptions Form = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <param name="id">The id it is kept under.</param>
    /// <param name="now">The moment of recording.</param>
    public static ShopEventReading Read(string json, string id, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Form);
            return Read(document.RootElement, id, now);
        }
        catch (JsonException e)
        {
            return new ShopEventReading.NotUnderstood([new EventFinding("", new($"is not JSON: {e.Message}", $"不是 JSON：{e.Message}"))]);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // So the JSON library refuses half a surrogate pair: escaped in a name or text, or plain anywhere.
            return new ShopEventReading.NotUnderstood([
                new EventFinding("", new("holds half a character (a lone surrogate)", "含有不完整的字符（单个代理项）")),
            ]);
        }
    }

    private static ShopEventReading Read(JsonElement root, string id, DateTimeOffset now)
    {
        var findings = new List<EventFinding>();
        if (root.ValueKind != JsonValueKind.Object)
        {
            findings.Add(new EventFinding("", new("is not a JSON object", "不是 JSON 对象")));
            return new ShopEventReading.NotUnderstood(findings);
        }

        var fields = new EventFields(root, "", findings);
        if (fields.Amount("schema", required: true) is { } schema && schema != Schema)
        {
            fields.Say("schema", new($"is {schema}; this program reads {Schema}", $"为 {schema}；本程序只识别 {Schema}"));
            return new ShopEventReading.NotUnderstood(findings);
        }

        _ = fields.Id("id");
        var kind = KindOf(fields);
        var at = fields.Moment("occurredAt", now + Skew, required: true);
        var news =
            !IsOfMarket(kind) && fields.Object("customer", required: true) is { } customer
                ? ShopCustomerReader.Read(customer, kind, at ?? now, now)
                : null;
        var order =
            kind is ShopEventKind.OrderPlaced or ShopEventKind.OrderCancelled or ShopEventKind.OrderRefunded
            && fields.Object("order", required: true) is { } given
                ? ShopOrderReader.Read(given, kind.Value, at ?? now, now)
                : null;
        var experience = kind is null ? null : ShopExperienceReader.Read(fields, kind.Value, id, at ?? now);
        var wish = kind == ShopEventKind.ConsentRequested ? ShopWishReader.Read(fields, id, at ?? now) : null;
        var join = news is null ? null : ShopJoinReader.Read(fields, kind, news.ExternalId);
        var market = ShopMarketReader.Read(fields, kind, at ?? now);
        fields.End();
        return findings.Count == 0
            ? new ShopEventReading.Understood(
                new ShopEvent(id, kind!.Value, at!.Value, news, order, experience)
                {
                    Wish = wish,
                    Join = join,
                    Market = market,
                }
            )
            : new ShopEventReading.NotUnderstood(findings);
    }

    /// <summary>About no customer.</summary>
    private static bool IsOfMarket(ShopEventKind? kind) => kind is ShopEventKind.PromotionAnnounced or ShopEventKind.RivalPriceSeen;

    private static ShopEventKind? KindOf(EventFields fields)
    {
        if (fields.Text("type", required: true) is not { } type)
        {
            return null;
        }

        if (Kinds.TryGetValue(type, out var kind))
        {
            return kind;
        }

        var hint = NearestName.Hint(type, Kinds.Keys);
        fields.Say("type", new($"is not a kind of event known here. {hint.En}", $"事件类型无法识别。{hint.Zh}"));
        return null;
    }
}
