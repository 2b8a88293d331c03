using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>The rules that were compared, and whether what was stated came true.</summary>
internal static class HtmlModel
{
    public static void Write(Markup html, RetentionReport report, ReportWords words)
    {
        if (report.Model is not { } model)
        {
            return;
        }

        var told = new ModelWords(words);
        html.Open("section").Element("h2", told.Title).Element("p class=\"note\"", told.Note(model)).Element("p", told.Why(model));
        Candidates(html, model, told);
        Calibration(html, ModelWords.Calibration(model), told, words);
        html.Close("section");
    }

    private static void Candidates(Markup html, FittedModel model, ModelWords told)
    {
        if (!model.Candidates.Any(c => c.LogLoss is not null))
        {
            return;
        }

        html.Raw("<table><tr>").Element("th", told.Rule).Element("th", told.Auc).Element("th", told.LogLoss).Raw("</tr>");
        foreach (var one in model.Candidates)
        {
            html.Raw("<tr><td>").Element(one.Rule == model.Chosen ? "b" : "span", told.RuleName(one.Rule)).Raw("</td>");
            html.Element("td", ModelWords.Figure(one.Auc)).Element("td", ModelWords.Figure(one.LogLoss)).Raw("</tr>");
        }

        html.Raw("</table>");
    }

    private static void Calibration(Markup html, IReadOnlyList<CalibrationBin> bins, ModelWords told, ReportWords words)
    {
        if (bins.Count == 0)
        {
            return;
        }

        html.Raw("<table><tr>").Element("th", told.Stated).Element("th", told.Seen).Element("th", words.People).Raw("<th></th></tr>");
        foreach (var bin in bins)
        {
            html.Raw("<tr>").Element("td", words.Numbers.Percent(bin.Stated)).Element("td", words.Numbers.Percent(bin.Seen));
            html.Element("td", words.Numbers.Whole(bin.Customers)).Raw("<td class=\"wide\">").Raw(StripChart.Plain("k0", bin.Seen));
            html.Raw("</td></tr>");
        }

        html.Raw("</table>");
    }
}
