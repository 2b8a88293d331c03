using System.Text.Json;
using System.Text.Json.Nodes;
using RetentionFuncs.Findings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <summary>The rows of one kind. A kind that has no title here is told under its own name, so that no room has to ask for it.</summary>
internal sealed record ExportSection(string Name, List<StoredRow> Rows)
{
    private static readonly Dictionary<string, Phrase> Titles = new(StringComparer.Ordinal)
    {
        ["profile"] = new("Customer", "顾客"),
        ["contact"] = new("Contacts and consents", "联系人与同意记录"),
        ["summary"] = new("Purchases and stage", "购买概况与阶段"),
        ["value"] = new("Value tier", "价值等级"),
        ["gate"] = new("Contact limits", "触达限制"),
        ["entry"] = new("Campaigns entered", "参与的活动"),
        ["ledger"] = new("Decisions", "决策记录"),
        ["touch"] = new("Messages", "触达记录"),
        ["experiences"] = new("Experiences in short", "体验概况"),
        ["x-order"] = new("Orders", "订单"),
        ["x-event"] = new("Delivery events", "送达回执"),
        ["x-experience"] = new("Experiences", "体验记录"),
        ["x-consent"] = new("History of consents", "同意变更记录"),
        ["x-undo"] = new("Imports that can be undone", "可撤销的导入"),
    };

    public Phrase Title { get; } = Titles.GetValueOrDefault(Name) ?? new(Name, Name);

    public JsonObject ToJson() =>
        new()
        {
            ["kind"] = Name,
            ["title"] = Of(Title),
            ["rows"] = new JsonArray([.. Rows.Select(RowOf)]),
        };

    public static JsonNode Of(Phrase phrase) => new JsonObject { ["en"] = phrase.En, ["zh"] = phrase.Zh };

    /// <summary>JSON as JSON, anything else as text.</summary>
    public static JsonNode? NodeOf(string text)
    {
        if (text is not (['{', .., '}'] or ['[', .., ']']))
        {
            return text;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static JsonObject RowOf(StoredRow row)
    {
        var told = new JsonObject { ["key"] = row.Key };
        foreach (var (name, value) in row.Properties.Entries)
        {
            // A row may have a property of this name; the key itself is the less telling one.
            told[name] = value switch
            {
                string text => NodeOf(text),
                long whole => whole,
                bool flag => flag,
                _ => (double)value,
            };
        }

        return told;
    }
}
