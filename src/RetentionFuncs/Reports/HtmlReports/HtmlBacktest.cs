using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring.Backtests;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>A back-test as a section of a report, or as a page of its own.</summary>
public static class HtmlBacktest
{
    /// <param name="language"><c>zh</c> and its regions give Chinese, all else English.</param>
    public static string Page(Backtest test, string language)
    {
        var words = new ReportWords(language);
        var html = new Markup();
        html.Raw($"<!doctype html>\n<html lang=\"{words.Language}\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        html.Element("title", new BacktestWords(words, test).Title);
        html.Raw($"<style>\n{HtmlStyle.Css}\n</style>\n</head>\n<body>\n<main>\n");
        Section(html, test, words);
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    internal static void Section(Markup html, Backtest test, ReportWords words)
    {
        var told = new BacktestWords(words, test);
        html.Open("section").Element("h2", told.Title).Element("p class=\"note\"", told.Note);
        if (told.Answer is { } answer)
        {
            html.Element("p class=\"answer\"", answer);
        }

        html.Raw(BacktestChart.Write(test, words.Language));
        if (test.Rows.Count > 0)
        {
            Table(html, test, told);
            foreach (var sentence in told.Explanations)
            {
                html.Element("p class=\"note\"", sentence);
            }
        }

        html.Close("section");
    }

    private static void Table(Markup html, Backtest test, BacktestWords told)
    {
        html.Raw("<table><tr>");
        foreach (
            var heading in (string[])
                [told.Rule, told.Alarms, told.Found, told.Early, told.Earlier, told.FalseAlarms, told.Expected, told.Actual]
        )
        {
            html.Element("th", heading);
        }

        html.Raw("</tr>\n");
        foreach (var row in test.Rows)
        {
            html.Raw("<tr>")
                .Element("td", told.RuleName(row.Rule))
                .Element("td", told.Money(row.Alarms))
                .Element("td", told.Share(row.Found));
            html.Element("td", told.Share(row.FoundEarly))
                .Element("td", told.Days(row.MedianDaysEarlier))
                .Element("td", told.FalseShare(row));
            html.Element("td", told.Money(row.ExpectedPer100)).Element("td", told.Money(row.ActualPer100)).Raw("</tr>\n");
        }

        html.Raw("</table>");
    }
}
