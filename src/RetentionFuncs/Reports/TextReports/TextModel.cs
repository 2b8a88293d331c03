using System.Text;
using RetentionFuncs.Reports.Wordings;

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
        TextReport.Line(text);
        FittedModelText.Candidates(text, model, told, words);
        FittedModelText.Calibration(text, model, told, words);
    }
}
