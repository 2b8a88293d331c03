using RetentionFuncs.Reports.Wordings;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>The top of the page: what the leading campaign changed, how sure that is, and three figures.</summary>
internal static class HtmlAnswer
{
    public static void Write(Markup html, RetentionReport report, ReportWords words)
    {
        html.Raw("<header class=\"top\"><span>").Element("b", report.Business).Text($" · {words.Report}").Raw("</span>");
        html.Element("span", words.AsOf(report.AsOf)).Raw("</header>\n");
        var sentences = new CampaignSentences(words, report.Currency);
        html.Element("h1", report.Lead is { } lead ? sentences.Headline(lead) : words.NoCampaigns);
        if (report.Lead is { Conversion: not null } answered)
        {
            html.Element("p class=\"lead\"", sentences.Power(answered));
        }

        html.Raw("<div class=\"figures\">");
        Gained(html, report, words, sentences);
        Churn(html, report, words);
        html.Raw("</div>\n");
    }

    private static void Gained(Markup html, RetentionReport report, ReportWords words, CampaignSentences sentences)
    {
        if (report.Lead is not { Conversion: { } c } lead)
        {
            return;
        }

        Figure(html, words.Numbers.Whole(c.Incremental), words.Extra + words.Aside(sentences.Range(c.IncrementalInterval)));
        if (lead.Money is { } m)
        {
            Figure(
                html,
                words.Numbers.Money(m.Incremental, report.Currency),
                words.MoneyExtra + words.Aside(sentences.Range(m.IncrementalInterval))
            );
        }
    }

    private static void Churn(Markup html, RetentionReport report, ReportWords words)
    {
        var days = report.Stages.All.SkipWhile(d => d.ChurnRate is null).ToList();
        if (days.Count > 0 && days[^1].ChurnRate is { } rate)
        {
            var change = words.Numbers.SignedPoints(rate - days[0].ChurnRate!.Value);
            Figure(html, words.Numbers.Percent(rate), words.ChurnRate + words.Aside(words.Moved(change, days.Count - 1)));
        }
    }

    private static void Figure(Markup html, string value, string label) =>
        html.Raw("<div class=\"figure\">").Element("b", value).Element("span", label).Raw("</div>\n");
}
