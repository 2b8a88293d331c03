using System.Text;
using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring.Models;
using static RetentionFuncs.Reports.TextReports.TextColumns;

namespace RetentionFuncs.Reports.TextReports;

/// <summary>The rules that were compared, and whether what was stated came true.</summary>
internal static class TextModel
{
    public static void Write(StringBuilder text, RetentionReport report, ReportWords words)
    {
        if (report.Model is not { } model)
        {
            return;
        }

        var told = new ModelWords(words);
        TextReport.Heading(text, told.Title, told.Note(model));
        TextReport.Wrapped(text, told.Why(model), 2);
        Candidates(text, model, told);
        Calibration(text, ModelWords.Calibration(model), told, words);
    }

    private static void Candidates(StringBuilder text, FittedModel model, ModelWords told)
    {
        if (!model.Candidates.Any(c => c.LogLoss is not null))
        {
            return;
        }

        TextReport.Line(text, $"  {PadRight(told.Rule, 18)}{PadLeft(told.Auc, 16)}{PadLeft(told.LogLoss, 12)}");
        foreach (var one in model.Candidates)
        {
            var mark = one.Rule == model.Chosen ? " ←" : "";
            TextReport.Line(
                text,
                $"  {PadRight(told.RuleName(one.Rule), 18)}{PadLeft(ModelWords.Figure(one.Auc), 16)}{PadLeft(ModelWords.Figure(one.LogLoss), 12)}{mark}"
            );
        }
    }

    private static void Calibration(StringBuilder text, IReadOnlyList<CalibrationBin> bins, ModelWords told, ReportWords words)
    {
        if (bins.Count == 0)
        {
            return;
        }

        TextReport.Line(text);
        TextReport.Line(text, $"  {PadLeft(told.Stated, 14)}{PadLeft(told.Seen, 12)}{PadLeft(words.People, 10)}");
        foreach (var bin in bins)
        {
            TextReport.Line(
                text,
                $"  {PadLeft(words.Numbers.Percent(bin.Stated), 14)}{PadLeft(words.Numbers.Percent(bin.Seen), 12)}{PadLeft(words.Numbers.Whole(bin.Customers), 10)}  {TextBars.Bar(bin.Seen, 1, 24)}"
            );
        }
    }
}
