using RetentionFuncs.Reports.Wordings;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>
/// The report as one HTML file that needs nothing else: no script, no font, no picture from anywhere. Answer first, then the evidence.
/// Follows the reader's light or dark setting and prints in light.
/// </summary>
public static class HtmlReport
{
    /// <param name="language"><c>zh</c> and its regions give Chinese, all else English.</param>
    public static string Write(RetentionReport report, string language)
    {
        var words = new ReportWords(language);
        var html = new Markup();
        html.Raw($"<!doctype html>\n<html lang=\"{words.Language}\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        html.Element("title", $"{report.Business} · {words.Report} · {words.AsOf(report.AsOf)}");
        html.Raw($"<style>\n{HtmlStyle.Css}\n</style>\n</head>\n<body>\n<main>\n");
        HtmlAnswer.Write(html, report, words);
        HtmlOverview.Forest(html, report, words);
        Attention(html, report, words);
        HtmlOverview.Stages(html, report, words);
        HtmlOverview.Churn(html, report, words);
        HtmlModel.Write(html, report, words);
        if (report.Backtest is { } backtest)
        {
            HtmlBacktest.Section(html, backtest, words);
        }

        foreach (var campaign in report.Campaigns)
        {
            HtmlCampaign.Write(html, campaign, words, report.Currency);
        }

        Deliveries(html, report, words);
        HowToRead(html, words);
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Attention(Markup html, RetentionReport report, ReportWords words)
    {
        html.Open("section").Element("h2", words.Attention);
        if (report.Attention.Count == 0)
        {
            html.Element("p class=\"note\"", words.NothingToDo).Close("section");
            return;
        }

        html.Raw("<ul class=\"todo\">");
        foreach (var item in report.Attention)
        {
            html.Raw("<li>").Element("b", words.Numbers.Whole(item.Count)).Raw("<span>").Text(words.Of(item.Sentence));
            if (item.Command is not null)
            {
                html.Raw("<br>").Element("code", item.Command);
            }

            html.Raw("</span></li>\n");
        }

        html.Raw("</ul>").Close("section");
    }

    private static void Deliveries(Markup html, RetentionReport report, ReportWords words)
    {
        html.Open("section").Element("h2", words.Deliveries).Raw("<p class=\"note\"></p><div class=\"tiles\">");
        foreach (var (label, count) in words.DeliveryRows(report.Deliveries))
        {
            var share =
                report.Deliveries.Sent > 0 && count != report.Deliveries.Sent && count > 0
                    ? " · " + words.Numbers.Percent(count / (double)report.Deliveries.Sent)
                    : "";
            html.Raw("<div>").Element("b", words.Numbers.Whole(count)).Element("span", label + share).Raw("</div>");
        }

        html.Raw("</div>").Close("section");
    }

    private static void HowToRead(Markup html, ReportWords words)
    {
        html.Open("footer").Element("h3", words.HowToRead);
        foreach (var sentence in HtmlOverview.Explanations(words))
        {
            html.Element("p", sentence);
        }

        html.Close("footer");
    }
}
