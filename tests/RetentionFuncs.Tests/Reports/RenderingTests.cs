using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RetentionFuncs.Reports;
using RetentionFuncs.Reports.HtmlReports;
using RetentionFuncs.Reports.TextReports;
using RetentionFuncs.Reports.Wordings;

namespace RetentionFuncs.Tests.Reports;

public sealed class RenderingTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void No_line_of_the_text_report_is_wider_than_100_cells(string language)
    {
        foreach (var report in new[] { SampleReports.Full, SampleReports.Empty })
        {
            var lines = TextReport.Write(report, language).Split('\n');
            lines.ShouldAllBe(l => TextColumns.Width(l) <= 100 && !l.EndsWith(' '));
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void The_page_is_well_formed_and_needs_nothing_else(string language)
    {
        foreach (var report in new[] { SampleReports.Full, SampleReports.Empty })
        {
            var html = HtmlReport.Write(report, language);
            Should.NotThrow(() => XDocument.Parse(Regex.Replace(html.Replace("<!doctype html>", ""), "<meta [^>]*>|<br>", "")));
            html.ShouldNotContain("<script");
            html.ShouldNotContain("http:");
            html.ShouldNotContain("https:");
            html.ShouldNotContain("NaN");
            html.ShouldNotContain("∞");
        }
    }

    [Fact]
    public void A_name_from_a_file_cannot_become_markup()
    {
        var html = HtmlReport.Write(SampleReports.Full with { Business = "<script>alert(1)</script>" }, "en");
        html.ShouldNotContain("<script>");
        html.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public void The_answer_stands_first_in_every_form()
    {
        var headline = new CampaignSentences(new ReportWords("en"), "EUR").Headline(SampleReports.Full.Lead!);
        headline.ShouldContain("points");
        var body = HtmlReport.Write(SampleReports.Full, "en");
        body[body.IndexOf("<h1>", StringComparison.Ordinal)..].ShouldStartWith("<h1>" + headline);
        var text = TextReport.Write(SampleReports.Full, "en");
        text.Split('\n').Skip(3).First().Trim().ShouldBe(TextColumns.Wrap(headline, 98).First());
    }

    [Fact]
    public void The_machines_culture_changes_nothing()
    {
        var english = (
            TextReport.Write(SampleReports.Full, "en"),
            HtmlReport.Write(SampleReports.Full, "zh"),
            ReportJson.Write(SampleReports.Full)
        );
        var before = CultureInfo.CurrentCulture;
        foreach (var culture in new[] { "de-DE", "ar-SA", "zh-CN", "tr-TR" })
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            var here = (
                TextReport.Write(SampleReports.Full, "en"),
                HtmlReport.Write(SampleReports.Full, "zh"),
                ReportJson.Write(SampleReports.Full)
            );
            CultureInfo.CurrentCulture = before;
            here.ShouldBe(english, culture);
        }
    }

    [Fact]
    public void A_chinese_report_has_no_english_sentence_left()
    {
        var text = TextReport.Write(SampleReports.Full, "zh");
        Regex.Matches(text, "[A-Za-z]{3,} [a-z]{3,} [a-z]{2,}").Select(m => m.Value).ShouldBeEmpty();
        text.ShouldContain("濒临流失");
    }

    [Fact]
    public void The_json_form_is_one_document_with_the_numbers_of_the_report()
    {
        using var document = JsonDocument.Parse(ReportJson.Write(SampleReports.Full));
        var root = document.RootElement;
        root.GetProperty("asOf").GetString().ShouldBe("2026-06-30");
        var lead = root.GetProperty("campaigns")[0];
        lead.GetProperty("key").GetString().ShouldBe("win-back");
        lead.GetProperty("conversion").GetProperty("difference").GetDouble().ShouldBe(SampleReports.Full.Lead!.Conversion!.Difference);
        lead.GetProperty("conversion").GetProperty("verdict").GetString().ShouldBeOneOf("more", "less", "notShown");
        root.GetProperty("stages").GetProperty("all").GetArrayLength().ShouldBe(365);
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("客户", 4)]
    [InlineData("（5%）", 6)]
    [InlineData("█▏┤●−", 5)]
    public void Text_is_measured_in_terminal_cells(string text, int cells) => TextColumns.Width(text).ShouldBe(cells);

    [Fact]
    public void Wrapping_never_begins_a_line_with_a_closing_mark()
    {
        var lines = TextColumns.Wrap("约三十位客户，原本不会自己回来（二到五十八）。", 12).ToList();
        lines.ShouldAllBe(l => !"，。）".Contains(l[0]) && TextColumns.Width(l) <= 14);
        string.Concat(lines).ShouldBe("约三十位客户，原本不会自己回来（二到五十八）。");
    }

    [Fact]
    public void Bars_and_sparklines_keep_their_ends()
    {
        TextBars.Bar(10, 10, 4).ShouldBe("████");
        TextBars.Bar(0, 10, 4).ShouldBe("");
        TextBars.Bar(0.001, 10, 4).ShouldBe("▏");
        TextBars.Sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8).ShouldBe("▁▂▃▄▅▆▇█");
        TextBars.Sparkline([3, 3], 8).ShouldBe("▁▁");
        TextBars.Sparkline([.. Enumerable.Range(0, 365).Select(i => (double)i)], 24).ShouldStartWith("▁");
        TextBars.Interval(new ConfidenceInterval(-1, 1), 0, -2, 2, 9).ShouldBe("  ├─●─┤  ");
    }

    [Fact]
    public void Numbers_that_round_to_nothing_have_no_sign()
    {
        var numbers = new ReportNumbers(chinese: false);
        numbers.SignedPoints(-0.0001).ShouldBe("0.0");
        numbers.SignedPoints(0.0001).ShouldBe("0.0");
        numbers.SignedPoints(-0.012).ShouldBe("−1.2");
        numbers.Whole(-1234.5).ShouldBe("−1,235");
        numbers.Whole(0).ShouldBe("0");
    }

    [Fact]
    public void A_country_without_customers_at_first_does_not_break_the_chart()
    {
        var days = Enumerable
            .Range(0, 10)
            .Select(i => new StageDay(new DateOnly(2026, 1, 1).AddDays(i), i < 5 ? [0, 0, 0, 0, 0, 0] : [1, 2, 3, 4, 5, 6]))
            .ToList();
        var report = SampleReports.Empty with
        {
            Stages = new StageSeries(days, new Dictionary<string, IReadOnlyList<StageDay>> { ["DE"] = days }),
        };
        HtmlReport.Write(report, "en").ShouldNotContain("NaN");
        TextReport.Write(report, "en").ShouldContain("52.4 %");
    }
}
