using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RetentionFuncs.Scoring.Values;

/// <summary>What a tier was told by, as JSON for a row that people look at.</summary>
internal static class TierEvidence
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(ValueAssessment found) =>
        JsonSerializer.Serialize(
            new
            {
                found.On,
                found.Currency,
                found.Worth.Past,
                found.Worth.Expected,
                found.Worth.Rate,
                RateFrom = found.Worth.Source,
                found.ByWorth,
                Criteria = found.Criteria.Select(c => c.Sentence),
                Lowered = found.Lowered.Count == 0 ? null : found.Lowered,
                FalseKeys = found.FalseKeys.Count == 0 ? null : found.FalseKeys.Select(f => f.Reason),
            },
            Form
        );
}
