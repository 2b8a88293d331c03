using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>One answer in the forms people and programs take it in. The command line and the API say the same because both say this.</summary>
/// <param name="Json">One JSON document, no line end after it.</param>
/// <param name="Text">For a terminal; each line ended, or empty.</param>
public sealed record Document(Func<string> Json, Func<string> Text)
{
    /// <summary>camelCase, enums by name, days and instants in ISO form, Chinese as it is.</summary>
    public static JsonSerializerOptions JsonForm { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
        };

    internal static JsonSerializerOptions ProblemForm { get; } =
        new(JsonForm) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>As a page; null when there is none.</summary>
    public Func<string>? Html { get; init; }

    public static Document Of<T>(T content, Func<string> text) => new(() => JsonSerializer.Serialize(content, JsonForm), text);

    /// <summary>The lines, each ended.</summary>
    internal static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => l.TrimEnd() + "\n"));
}
