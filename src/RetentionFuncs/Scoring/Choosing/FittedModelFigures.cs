using System.Text.Json;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Writes what a fit was compared by.</summary>
internal static class FittedModelFigures
{
    public static void Holdouts(Utf8JsonWriter json, IReadOnlyList<HoldoutPeriod> periods)
    {
        json.WriteStartArray("holdouts");
        foreach (var period in periods)
        {
            json.WriteStartObject();
            json.WriteString("calibrationEnd", FittedModelJson.Day(period.CalibrationEnd));
            json.WriteNumber("customers", period.Customers);
            json.WriteNumber("returned", period.Returned);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Candidates(Utf8JsonWriter json, IReadOnlyList<Candidate> candidates)
    {
        json.WriteStartArray("candidates");
        foreach (var candidate in candidates)
        {
            json.WriteStartObject();
            json.WriteString("rule", candidate.Rule.ToString());
            FittedModelJson.Number(json, "auc", candidate.Auc);
            FittedModelJson.Number(json, "logLoss", candidate.LogLoss);
            FittedModelJson.Number(json, "logLossError", candidate.LogLossError);
            FittedModelJson.Number(json, "countBias", candidate.CountBias);
            Calibration(json, candidate.Calibration);
            FittedModelJson.Phrase(json, "note", candidate.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Calibration(Utf8JsonWriter json, IReadOnlyList<CalibrationBin> bins)
    {
        json.WriteStartArray("calibration");
        foreach (var bin in bins)
        {
            json.WriteStartObject();
            json.WriteNumber("stated", bin.Stated);
            json.WriteNumber("seen", bin.Seen);
            json.WriteNumber("customers", bin.Customers);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
