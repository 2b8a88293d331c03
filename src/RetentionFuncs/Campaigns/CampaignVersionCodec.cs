using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RetentionFuncs.Campaigns;

/// <summary>A campaign version as JSON, for storing. Reading refuses what it does not fully understand.</summary>
public static class CampaignVersionCodec
{
    /// <summary>The shape this program writes.</summary>
    public const int Schema = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        // For a row that people look at, never for a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds } },
    };

    public static string Write(CampaignVersion version) => JsonSerializer.Serialize(new Envelope(Schema, version), Options);

    /// <exception cref="InvalidDataException">A newer schema, broken JSON, a field missing or unknown, or a hash that does not fit.</exception>
    public static CampaignVersion Read(string json)
    {
        if (SchemaOf(json) is var schema && schema != Schema)
        {
            throw new InvalidDataException(
                $"The stored campaign version has schema {schema}; this program knows {Schema}. Update RetentionFuncs before going on."
            );
        }

        var version = Parse(json);
        var hash = CampaignVersions.HashOf(version);
        return string.Equals(hash, version.Hash, StringComparison.Ordinal)
            ? version
            : throw new InvalidDataException(
                $"The stored version of '{version.Campaign.Key}' says hash {version.Hash}, but its content has {hash}."
            );
    }

    private static CampaignVersion Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Envelope>(json, Options)?.Version
                ?? throw new InvalidDataException("The stored campaign version is empty.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"The stored campaign version cannot be read at {broken.Path}: {broken.Message}", broken);
        }
    }

    private static int SchemaOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("schema", out var schema)
                && schema.TryGetInt32(out var number)
                ? number
                : throw new InvalidDataException("The stored campaign version does not say its schema.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"The stored campaign version is not JSON of ours: {broken.Message}", broken);
        }
    }

    private static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type == typeof(CampaignTrigger))
        {
            type.PolymorphismOptions = Kinds(
                new(typeof(CampaignTrigger.StageEntered), "stage"),
                new(typeof(CampaignTrigger.DaysAfterOrder), "days_after_order"),
                new(typeof(CampaignTrigger.Replenish), "replenish"),
                new(typeof(CampaignTrigger.BirthdayCame), "birthday"),
                new(typeof(CampaignTrigger.ConsentRequested), "consent_requested"),
                new(typeof(CampaignTrigger.TierMoved), "tier"),
                new(typeof(CampaignTrigger.DateList), "dates")
            );
        }
        else if (type.Type == typeof(JourneyStep))
        {
            type.PolymorphismOptions = Kinds(new(typeof(JourneyStep.Message), "message"), new(typeof(JourneyStep.Wait), "wait"));
        }
        else if (type.Type == typeof(Campaign))
        {
            // What follows from the steps is not stored beside them.
            Forget(type, nameof(Campaign.Messages));
            Forget(type, nameof(Campaign.JourneyDays));
        }
    }

    private static void Forget(JsonTypeInfo type, string member)
    {
        if (
            type.Properties.FirstOrDefault(p =>
                string.Equals(p.Name, JsonNamingPolicy.CamelCase.ConvertName(member), StringComparison.Ordinal)
            ) is
            { } property
        )
        {
            type.Properties.Remove(property);
        }
    }

    private static JsonPolymorphismOptions Kinds(params ReadOnlySpan<JsonDerivedType> kinds)
    {
        var options = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = "kind",
            UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
        };
        foreach (var kind in kinds)
        {
            options.DerivedTypes.Add(kind);
        }

        return options;
    }

    private sealed record Envelope(int Schema, CampaignVersion Version);
}
