using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>
/// A fit as one JSON document: two of them can be compared line by line. Numbers are the shortest that read back to the same value;
/// days are ISO dates, shares are numbers from 0 to 1, times are days.
/// </summary>
public static class FittedModelJson
{
    /// <summary>Raised when a field changes its meaning; a field that is only added does not raise it.</summary>
    public const int Schema = 1;

    private static readonly JsonWriterOptions Form = new()
    {
        Indented = true,
        // For files and terminals, not for HTML: Chinese stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>No line end after it.</summary>
    public static string Write(FittedModel model)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Form))
        {
            Write(json, model);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <exception cref="InvalidDataException">Not such a document, or one of a schema this program does not know.</exception>
    public static FittedModel Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return FittedModelReader.Read(document.RootElement);
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"Not a fitted model as 'score --fit' writes it: {fault.Message}", fault);
        }
    }

    private static void Write(Utf8JsonWriter json, FittedModel fitted)
    {
        json.WriteStartObject();
        json.WriteNumber("schema", Schema);
        json.WriteNumber("version", fitted.Version);
        json.WriteString("asOf", Day(fitted.AsOf));
        json.WriteNumber("customers", fitted.Customers);
        json.WriteNumber("horizonDays", fitted.HorizonDays);
        json.WriteString("chosen", fitted.Chosen.ToString());
        Phrase(json, "why", fitted.Why);
        Model(json, fitted);
        Curve(json, fitted.Curve);
        FittedModelFigures.Holdouts(json, fitted.Holdouts);
        FittedModelFigures.Candidates(json, fitted.Candidates);
        Spend(json, fitted.Spend);
        Number(json, "populationGapDays", fitted.PopulationGapDays);
        json.WriteString("grouping", fitted.Grouping.ToString());
        json.WriteStartObject("groups");
        foreach (var (group, own) in fitted.Groups.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(group);
            Parameters(json, own);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Model(Utf8JsonWriter json, FittedModel fitted)
    {
        if (fitted.Model is not { } model)
        {
            json.WriteNull("model");
            return;
        }

        json.WriteStartObject("model");
        Parameters(json, model);
        json.WriteString("timeUnit", "day");
        Number(json, "logLikelihood", fitted.LogLikelihood);
        json.WriteNumber("customers", fitted.Customers);
        json.WriteString("asOf", Day(fitted.AsOf));
        json.WriteEndObject();
    }

    private static void Parameters(Utf8JsonWriter json, BuyingModel model)
    {
        json.WriteString("kind", model.Kind.ToString());
        json.WriteStartObject("parameters");
        foreach (var (name, value) in model.Parameters)
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
    }

    private static void Curve(Utf8JsonWriter json, ReturnCurve? curve)
    {
        if (curve is null)
        {
            json.WriteNull("curve");
            return;
        }

        json.WriteStartObject("curve");
        json.WriteNumber("intercept", curve.Intercept);
        json.WriteNumber("slope", curve.Slope);
        json.WriteEndObject();
    }

    private static void Spend(Utf8JsonWriter json, SpendModel? spend)
    {
        if (spend is null)
        {
            json.WriteNull("spend");
            return;
        }

        json.WriteStartObject("spend");
        json.WriteNumber("p", spend.P);
        json.WriteNumber("q", spend.Q);
        json.WriteNumber("gamma", spend.Gamma);
        json.WriteEndObject();
    }

    internal static void Phrase(Utf8JsonWriter json, string name, Phrase? phrase)
    {
        if (phrase is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("en", phrase.En);
        json.WriteString("zh", phrase.Zh);
        json.WriteEndObject();
    }

    internal static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Lets a record that holds a fit be written as a whole.</summary>
    public sealed class Converter : JsonConverter<FittedModel>
    {
        public override FittedModel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return FittedModelReader.Read(document.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, FittedModel value, JsonSerializerOptions options) =>
            FittedModelJson.Write(writer, value);
    }
}
