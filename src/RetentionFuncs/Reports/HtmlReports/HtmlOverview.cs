using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>The sections about everybody: all campaigns on one scale, stages over time, churn.</summary>
internal static class HtmlOverview
{
    private const int MostCountries = 4;

    public static void Forest(Markup html, RetentionReport report, ReportWords words)
    {
        var compared = report.Campaigns.Where(c => c.Conversion is not null).ToList();
        if (compared.Count == 0)
        {
            return;
        }

        var scale = StripChart.Scale.Around(
            compared.SelectMany(c => new[] { c.Conversion!.Interval.Low, c.Conversion.Interval.High, c.HiddenTruth ?? 0 })
        );
        html.Open("section").Element("h2", words.Campaigns).Element("p class=\"note\"", words.CampaignsNote);
        foreach (var campaign in compared)
        {
            ForestRow(html, campaign, scale, words);
        }

        html.Raw("<div class=\"row axis\"><div class=\"name\"></div><div class=\"strip\">");
        html.Raw(StripChart.Axis(scale, v => $"{(v > 1e-9 ? "+" : "")}{words.Numbers.Whole(100 * v)}")).Raw("</div><div class=\"value\">");
        html.Element("span", words.Points).Raw("</div></div>\n").Close("section");
    }

    public static void Stages(Markup html, RetentionReport report, ReportWords words)
    {
        html.Open("section").Element("h2", words.Stages);
        if (report.Stages.All.Count < 2 || report.Stages.All[^1].Customers == 0)
        {
            html.Element("p class=\"note\"", words.NoCustomers).Close("section");
            return;
        }

        var (first, last) = (report.Stages.All[0], report.Stages.All[^1]);
        html.Element("p class=\"note\"", words.StagesNote(last.Customers)).Raw(TimeChart.Stages(report.Stages.All, words));
        html.Raw("<table><tr><th></th>")
            .Element("th", words.People)
            .Element("th", "%")
            .Element("th", words.Change(report.Stages.All.Count - 1))
            .Raw("</tr>");
        foreach (var stage in Enum.GetValues<LapseStage>().Reverse())
        {
            var change = last[stage] - first[stage];
            Row(
                html,
                "s" + (int)stage,
                words.Stage(stage),
                words.Numbers.Whole(last[stage]),
                words.Numbers.Percent(last[stage] / (double)last.Customers),
                (change > 0 ? "+" : "") + words.Numbers.Whole(change)
            );
        }

        html.Raw("</table>").Close("section");
    }

    public static void Churn(Markup html, RetentionReport report, ReportWords words)
    {
        if (report.Stages.All.Count < 2 || report.Stages.All[^1].ChurnRate is null)
        {
            return;
        }

        var series = report
            .Stages.ByCountry.Where(c => c.Value[^1].ChurnRate is not null)
            .OrderByDescending(c => c.Value[^1].Customers)
            .Take(MostCountries)
            .Select(c => (Name: words.Country(c.Key), Days: c.Value))
            .Prepend((Name: words.AllCustomers, Days: report.Stages.All))
            .ToList();
        html.Open("section").Element("h2", words.ChurnRate).Element("p class=\"note\"", words.ChurnNote(report));
        html.Raw(TimeChart.Churn(series, words)).Raw("<table><tr><th></th>").Element("th", words.People).Element("th", words.ChurnRate);
        html.Element("th", words.Change(report.Stages.All.Count - 1)).Raw("</tr>");
        for (var i = 0; i < series.Count; i++)
        {
            ChurnRow(html, "k" + i, series[i].Name, series[i].Days, words);
        }

        // Tiers in the table only: nine lines in one chart would tell nobody anything.
        foreach (var (name, days) in words.Tiers(report.Stages).Where(t => t.Days[^1].ChurnRate is not null))
        {
            ChurnRow(html, "none", name, days, words);
        }

        html.Raw("</table>").Close("section");
    }

    private static void ChurnRow(Markup html, string css, string name, IReadOnlyList<StageDay> days, ReportWords words)
    {
        var (first, last) = (days.First(d => d.ChurnRate is not null), days[^1]);
        var change = words.Numbers.SignedPoints(last.ChurnRate!.Value - first.ChurnRate!.Value);
        Row(html, css, name, words.Numbers.Whole(last.Customers), words.Numbers.Percent(last.ChurnRate.Value), change);
    }

    /// <summary>What stands at the foot: how the numbers come about and what they do not say.</summary>
    public static IReadOnlyList<string> Explanations(ReportWords words) =>
        [
            words.T(
                "Before anything is sent, every person who may enter a campaign is drawn by lot: most are written to, some are left alone. Both groups are alike in all else, so the difference between them is what the campaign did. A customer who would have come back anyway counts in both.",
                "发送之前，每位符合条件的客户都由系统随机分组：多数人收到消息，少数人不打扰。两组在其他方面没有差别，因此下单比例之差就是活动的作用；本来就会回来的客户在两组里都有，不会算作活动的功劳。"
            ),
            words.T(
                "A 95 % interval holds the true effect in 95 of 100 such campaigns. If it reaches zero, chance alone could have made the difference. Only people whose days are over are compared; looking every day and stopping at the first good one would fool you more often than one time in twenty.",
                "95% 置信区间的含义是：同样的活动做一百次，约有九十五次区间会包含真实效果。区间跨过零，就说明差异可能只是偶然。只有观察期已满的客户才参与对比；如果天天盯着看、一见好就下结论，误判的机会会高于二十分之一。"
            ),
            words.T(
                "Revenue is what was paid after discounts and less refunds, for every order in the window, with or without a coupon. Intervals: Newcombe's score interval for shares, Welch's for money.",
                "收入指观察期内全部订单的实付金额，已扣除优惠和退款，无论是否用券。区间算法：比例差用 Newcombe 得分区间，金额差用 Welch 区间。"
            ),
        ];

    private static void ForestRow(Markup html, CampaignReport campaign, StripChart.Scale scale, ReportWords words)
    {
        var c = campaign.Conversion!;
        var title = campaign.TitleIn(words.Language);
        var interval = $"{words.Numbers.Points(c.Interval.Low)} … {words.Numbers.Points(c.Interval.High)}";
        html.Raw("<div class=\"row\"><div class=\"name\">").Element("b", title);
        html.Element($"span class=\"chip {StripChart.Class(c.Verdict)}\"", Chip(c.Verdict, words)).Raw("</div><div class=\"strip\">");
        html.Raw(
            StripChart.Interval(
                scale,
                c.Interval,
                c.Difference,
                c.Verdict,
                campaign.HiddenTruth,
                $"{title}: {words.Numbers.SignedPoints(c.Difference)} ({interval})"
            )
        );
        html.Raw("</div><div class=\"value\">").Element("b", words.Numbers.SignedPoints(c.Difference)).Element("span", interval);
        if (campaign.HiddenTruth is { } truth)
        {
            html.Element("span", $"◇ {words.Truth} {words.Numbers.SignedPoints(truth)}");
        }

        html.Raw("</div></div>\n");
    }

    private static string Chip(Verdict verdict, ReportWords words) =>
        verdict switch
        {
            Verdict.More => words.T("it works", "有效"),
            Verdict.Less => words.T("it does harm", "有害"),
            _ => words.T("not shown yet", "尚无定论"),
        };

    private static void Row(Markup html, string css, string name, params ReadOnlySpan<string> values)
    {
        html.Raw(
                $"<tr><td><svg class=\"swatch\" width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"{css}\" width=\"12\" height=\"12\" rx=\"3\"/></svg>"
            )
            .Text(name)
            .Raw("</td>");
        foreach (var value in values)
        {
            html.Element("td", value);
        }

        html.Raw("</tr>");
    }
}
