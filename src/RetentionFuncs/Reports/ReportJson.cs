using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RetentionFuncs.Reports;

/// <summary>The report as one JSON document: camelCase, enums by name, days as ISO dates, proportions as numbers from 0 to 1.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // For terminals and files, not for HTML: Chinese stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(RetentionReport report) => JsonSerializer.Serialize(report, Options);
}
