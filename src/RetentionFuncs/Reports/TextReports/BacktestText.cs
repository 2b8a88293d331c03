using System.Text;
using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring.Backtests;
using static RetentionFuncs.Reports.TextReports.TextColumns;

namespace RetentionFuncs.Reports.TextReports;

/// <summary>A back-test for the terminal.</summary>
public static class BacktestText
{
    /// <param name="language"><c>zh</c> and its regions give Chinese, all else English.</param>
    public static string Write(Backtest test, string language)
    {
        var (text, words) = (new StringBuilder(), new ReportWords(language));
        var told = new BacktestWords(words, test);
        TextReport.Heading(text, told.Title, "");
        if (told.Note.Length > 0)
        {
            TextReport.Wrapped(text, told.Note, 0);
            TextReport.Line(text);
        }

        if (told.Answer is { } answer)
        {
            TextReport.Wrapped(text, answer, 0);
            TextReport.Line(text);
        }

        if (test.Rows.Count > 0)
        {
            Table(text, test, told);
            foreach (var sentence in told.Explanations)
            {
                TextReport.Line(text);
                TextReport.Wrapped(text, sentence, 2);
            }
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, Backtest test, BacktestWords told)
    {
        TextReport.Line(
            text,
            $"  {PadRight(told.Rule, 25)}{PadLeft(told.Alarms, 8)}{PadLeft(told.Found, 9)}{PadLeft(told.Early, 15)}{PadLeft(told.Earlier, 14)}{PadLeft(told.FalseAlarms, 14)}{PadLeft(told.Expected, 12)}{PadLeft(told.Actual, 15)}"
        );
        foreach (var row in test.Rows)
        {
            TextReport.Line(
                text,
                $"  {PadRight(told.RuleName(row.Rule), 25)}{PadLeft($"{row.Alarms:N0}", 8)}{PadLeft(told.Share(row.Found), 9)}{PadLeft(told.Share(row.FoundEarly), 15)}{PadLeft(told.Days(row.MedianDaysEarlier), 14)}{PadLeft(told.FalseShare(row), 14)}{PadLeft(told.Money(row.ExpectedPer100), 12)}{PadLeft(told.Money(row.ActualPer100), 15)}"
            );
        }
    }
}
