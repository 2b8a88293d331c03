using System.Text;
using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring;
using static RetentionFuncs.Reports.TextReports.TextColumns;

namespace RetentionFuncs.Reports.TextReports;

/// <summary>The report for a terminal: plain text of at most 100 cells a line, no colour, LF.</summary>
public static class TextReport
{
    internal const int Cells = 100;

    /// <param name="language"><c>zh</c> and its regions give Chinese, all else English.</param>
    public static string Write(RetentionReport report, string language)
    {
        var words = new ReportWords(language);
        var text = new StringBuilder();
        Line(text, Sides($"{report.Business} · {words.Report}", words.AsOf(report.AsOf), Cells));
        Line(text, new string('═', Cells));
        Headline(text, report, words);
        Stages(text, report, words);
        Churn(text, report, words);
        TextModel.Write(text, report, words);
        Campaigns(text, report, words);
        Deliveries(text, report, words);
        Attention(text, report, words);
        return text.ToString();
    }

    internal static void Line(StringBuilder text, string line = "") => text.Append(line.TrimEnd()).Append('\n');

    internal static void Wrapped(StringBuilder text, string sentence, int indent)
    {
        foreach (var line in Wrap(sentence, Cells - indent))
        {
            Line(text, new string(' ', indent) + line);
        }
    }

    private static void Headline(StringBuilder text, RetentionReport report, ReportWords words)
    {
        Line(text);
        var sentence = report.Lead is { } lead ? new CampaignSentences(words, report.Currency).Headline(lead) : words.NoCampaigns;
        Wrapped(text, sentence, 2);
    }

    private static void Stages(StringBuilder text, RetentionReport report, ReportWords words)
    {
        if (report.Stages.All.Count == 0 || report.Stages.All[^1].Customers == 0)
        {
            Heading(text, words.Stages, "");
            Line(text, "  " + words.NoCustomers);
            return;
        }

        var (first, last) = (report.Stages.All[0], report.Stages.All[^1]);
        Heading(text, words.Stages, $"{words.StagesNote(last.Customers)} · {words.Change(report.Stages.All.Count - 1)}");
        foreach (var stage in Enum.GetValues<LapseStage>())
        {
            var change = last[stage] - first[stage];
            Line(
                text,
                $"  {PadRight(words.Stage(stage), 14)}{PadLeft(words.Numbers.Whole(last[stage]), 8)}{PadLeft(words.Numbers.Percent(last[stage] / (double)last.Customers), 9)}  "
                    + $"{PadRight(TextBars.Bar(last[stage], last.Counts.Max(), 24), 24)}  "
                    + $"{PadRight(TextBars.Sparkline([.. report.Stages.All.Select(d => (double)d[stage])], 24), 24)}"
                    + PadLeft((change > 0 ? "+" : "") + words.Numbers.Whole(change), 9)
            );
        }
    }

    private static void Churn(StringBuilder text, RetentionReport report, ReportWords words)
    {
        if (report.Stages.All.Count == 0 || report.Stages.All[^1].ChurnRate is null)
        {
            return;
        }

        Heading(text, words.ChurnRate, words.ChurnNote(report));
        var rows = report
            .Stages.ByCountry.OrderByDescending(c => c.Value[^1].Customers)
            .Take(6)
            .Select(c => (words.Country(c.Key), c.Value))
            .Concat(words.Tiers(report.Stages));
        foreach (var (name, days) in rows.Prepend((words.AllCustomers, report.Stages.All)))
        {
            var rates = days.Where(d => d.ChurnRate is not null).Select(d => d.ChurnRate!.Value).ToList();
            if (rates.Count > 0)
            {
                Line(
                    text,
                    $"  {PadRight(name, 14)}{PadLeft(words.Numbers.Whole(days[^1].Customers), 8)}{PadLeft(words.Numbers.Percent(rates[^1]), 9)}  "
                        + $"{PadRight(TextBars.Bar(rates[^1], 1, 24), 24)}  {PadRight(TextBars.Sparkline(rates, 24), 24)}"
                        + PadLeft(words.Numbers.SignedPoints(rates[^1] - rates[0]), 9)
                );
            }
        }
    }

    private static void Campaigns(StringBuilder text, RetentionReport report, ReportWords words)
    {
        var reach = report.Campaigns.Where(c => c.Conversion is not null).Select(c => c.Conversion!.Interval).ToList();
        var scale = (
            Low: Math.Min(0, reach.Select(i => i.Low).DefaultIfEmpty(0).Min()),
            High: Math.Max(0.01, reach.Select(i => i.High).DefaultIfEmpty(0).Max())
        );
        foreach (var campaign in report.Campaigns)
        {
            TextCampaign.Write(text, campaign, words, report.Currency, scale);
        }
    }

    private static void Deliveries(StringBuilder text, RetentionReport report, ReportWords words)
    {
        Heading(text, words.Deliveries, "");
        foreach (var (label, count) in words.DeliveryRows(report.Deliveries))
        {
            var share = count > 0 && count < report.Deliveries.Sent ? words.Numbers.Percent(count / (double)report.Deliveries.Sent) : "";
            Line(text, $"  {PadRight(label, 24)}{PadLeft(words.Numbers.Whole(count), 10)}{PadLeft(share, 10)}");
        }
    }

    private static void Attention(StringBuilder text, RetentionReport report, ReportWords words)
    {
        Heading(text, words.Attention, "");
        foreach (var item in report.Attention)
        {
            Wrapped(text, $"{PadLeft(words.Numbers.Whole(item.Count), 5)}  {words.Of(item.Sentence)}", 2);
            if (item.Command is not null)
            {
                Line(text, "         " + item.Command);
            }
        }

        if (report.Attention.Count == 0)
        {
            Line(text, "  " + words.NothingToDo);
        }
    }

    internal static void Heading(StringBuilder text, string title, string note)
    {
        var beside = Width(title) + 2 + Width(note) <= Cells;
        Line(text);
        Line(text, beside ? Sides(title, note, Cells) : title);
        Line(text, new string('─', Cells));
        if (!beside)
        {
            Wrapped(text, note, 2);
        }
    }
}
