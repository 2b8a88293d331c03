using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RetentionFuncs.ShopEvents.Shops;

/// <summary>What a shop system's webhook amounts to in our own form.</summary>
/// <param name="Events">Schema 1, word for word what is kept; each is judged by the strict reader, so that a half one waits for a person.</param>
/// <param name="Nothing">When there are none: why, in one fixed word.</param>
public sealed record ShopTranslation(IReadOnlyList<string> Events, string? Nothing)
{
    /// <summary>It is about nothing that is kept here.</summary>
    public const string Topic = "topic";

    /// <summary>It names neither e-mail address nor telephone number.</summary>
    public const string Nobody = "nobody";

    /// <summary>A test of the shop, no purchase.</summary>
    public const string Test = "test";

    /// <summary>Not paid and not agreed: no purchase yet.</summary>
    public const string Unpaid = "unpaid";

    /// <summary>The order's own webhook tells it whole.</summary>
    public const string Partial = "partial";

    /// <summary>Not JSON, or not of the shape that its topic has.</summary>
    public const string Unreadable = "unreadable";

    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The events as <see cref="ReceiveShopEvents"/> takes them.</summary>
    public byte[] ToBody() => Encoding.UTF8.GetBytes($"[{string.Join(',', Events)}]");

    internal static ShopTranslation Of(IEnumerable<JsonObject> events) => new([.. events.Select(e => e.ToJsonString(Form))], null);

    internal static ShopTranslation None(string why) => new([], why);

    /// <summary>Without an id, the content names it: the same words are the same event.</summary>
    /// <param name="at">As the shop wrote it.</param>
    internal static JsonObject Event(string type, string? at, JsonObject customer, JsonObject? order = null)
    {
        var told = new JsonObject
        {
            ["schema"] = ShopEventReader.Schema,
            ["type"] = type,
            ["occurredAt"] = at,
            ["customer"] = customer,
        };
        if (order is not null)
        {
            told["order"] = order;
        }

        return told;
    }

    /// <summary>Reads a body whose signature was true.</summary>
    internal static ShopTranslation Read(ReadOnlyMemory<byte> body, Func<LooseJson, ShopTranslation> translate)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return translate(new LooseJson(json.RootElement));
        }
        catch (JsonException)
        {
            return None(Unreadable);
        }
    }
}
