using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Reads what <see cref="FittedModelJson"/> writes.</summary>
internal static class FittedModelReader
{
    public static FittedModel Read(JsonElement json)
    {
        var schema = json.GetProperty("schema").GetInt32();
        if (schema != FittedModelJson.Schema)
        {
            throw new InvalidDataException(
                $"A fitted model of schema {schema}; this program reads schema {FittedModelJson.Schema}. Fit again, or use the program that wrote it."
            );
        }

        var model = json.GetProperty("model");
        return new FittedModel(
            json.GetProperty("version").GetInt32(),
            Day(json.GetProperty("asOf")),
            json.GetProperty("customers").GetInt32(),
            json.GetProperty("horizonDays").GetInt32(),
            Name<ScoreRule>(json.GetProperty("chosen")),
            PhraseOf(json.GetProperty("why"))!,
            IsNull(model) ? null : ModelOf(model),
            IsNull(model) ? null : Number(model.GetProperty("logLikelihood")),
            CurveOf(json.GetProperty("curve")),
            SpendOf(json.GetProperty("spend")),
            IsNull(json.GetProperty("populationGapDays")) ? null : json.GetProperty("populationGapDays").GetDecimal(),
            [.. json.GetProperty("candidates").EnumerateArray().Select(CandidateOf)],
            Name<ModelGrouping>(json.GetProperty("grouping")),
            json.GetProperty("groups").EnumerateObject().ToDictionary(g => g.Name, g => ModelOf(g.Value), StringComparer.Ordinal)
        )
        {
            Holdouts = [.. json.GetProperty("holdouts").EnumerateArray().Select(PeriodOf)],
        };
    }

    private static BuyingModel ModelOf(JsonElement json)
    {
        var parameters = json.GetProperty("parameters");
        double At(string name) => parameters.GetProperty(name).GetDouble();
        var kind = Name<BuyingModelKind>(json.GetProperty("kind"));
        return kind == BuyingModelKind.Pareto
            ? BuyingModel.Of(kind, [At("r"), At("alpha"), At("s"), At("beta")])
            : BuyingModel.Of(kind, [At("r"), At("alpha"), At("a"), At("b")]);
    }

    private static ReturnCurve? CurveOf(JsonElement json) =>
        IsNull(json) ? null : new ReturnCurve(json.GetProperty("intercept").GetDouble(), json.GetProperty("slope").GetDouble());

    private static SpendModel? SpendOf(JsonElement json) =>
        IsNull(json)
            ? null
            : new SpendModel(json.GetProperty("p").GetDouble(), json.GetProperty("q").GetDouble(), json.GetProperty("gamma").GetDouble());

    private static HoldoutPeriod PeriodOf(JsonElement json) =>
        new(Day(json.GetProperty("calibrationEnd")), json.GetProperty("customers").GetInt32(), json.GetProperty("returned").GetInt32());

    private static Candidate CandidateOf(JsonElement json) =>
        new(
            Name<ScoreRule>(json.GetProperty("rule")),
            Number(json.GetProperty("auc")),
            Number(json.GetProperty("logLoss")),
            Number(json.GetProperty("logLossError")),
            [.. json.GetProperty("calibration").EnumerateArray().Select(BinOf)],
            PhraseOf(json.GetProperty("note"))
        )
        {
            CountBias = Number(json.GetProperty("countBias")),
        };

    private static CalibrationBin BinOf(JsonElement json) =>
        new(json.GetProperty("stated").GetDouble(), json.GetProperty("seen").GetDouble(), json.GetProperty("customers").GetInt32());

    private static Phrase? PhraseOf(JsonElement json) =>
        IsNull(json) ? null : new Phrase(json.GetProperty("en").GetString()!, json.GetProperty("zh").GetString()!);

    private static double? Number(JsonElement json) => IsNull(json) ? null : json.GetDouble();

    private static T Name<T>(JsonElement json)
        where T : struct, Enum =>
        Enum.TryParse<T>(json.GetString(), out var value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException($"'{json.GetString()}' is none of {string.Join(", ", Enum.GetNames<T>())}.");

    private static DateOnly Day(JsonElement json) => DateOnly.ParseExact(json.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool IsNull(JsonElement json) => json.ValueKind == JsonValueKind.Null;
}
