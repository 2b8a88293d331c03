using System.Text.RegularExpressions;
using System.Xml.Linq;
using RetentionFuncs.Reports;
using RetentionFuncs.Reports.HtmlReports;
using RetentionFuncs.Reports.TextReports;
using RetentionFuncs.Scoring.Backtests;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Reports;

/// <summary>What the report tells of the model and of its past.</summary>
public sealed class ModelRenderingTests
{
    private static readonly DateOnly AsOf = new(2026, 6, 30);
    private static readonly Lazy<RetentionReport> Made = new(Make);

    [Theory]
    [InlineData("en", "How sure the chances of return are", "Would it have found those who left?")]
    [InlineData("zh", "回购概率有多准", "当时能找出后来流失的客户吗？")]
    public void The_page_tells_the_model_and_its_past_and_needs_nothing_else(string language, string model, string past)
    {
        var html = HtmlReport.Write(Made.Value, language);
        html.ShouldContain(model);
        html.ShouldContain(past);
        Should.NotThrow(() => XDocument.Parse(Regex.Replace(html.Replace("<!doctype html>", ""), "<meta [^>]*>|<br>", "")));
        html.ShouldNotContain("<script");
        html.ShouldNotContain("NaN");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void The_text_names_every_rule_and_fits_the_terminal(string language)
    {
        var text = TextReport.Write(Made.Value, language);
        text.Split('\n').ShouldAllBe(l => TextColumns.Width(l) <= 100 && !l.EndsWith(' '));
        text.ShouldContain("MBG/NBD");
        text.ShouldContain("Pareto/NBD");
        text.ShouldContain("▸");
    }

    [Fact]
    public void The_document_keeps_the_fit_and_leaves_the_picture_out()
    {
        var json = ReportJson.Write(Made.Value);
        json.ShouldContain("\"model\"");
        json.ShouldNotContain("\"backtest\"");
    }

    private static RetentionReport Make()
    {
        var random = new Random(5);
        var histories = Enumerable.Range(0, 600).Select(_ => Life(random)).ToArray();
        return SampleReports.Empty with
        {
            Model = ChooseModel.Run(histories, AsOf, new ChoiceOptions(), 1),
            Backtest = RunBacktest.Run(histories, AsOf, new BacktestOptions(), "EUR"),
        };
    }

    private static BuyingHistory Life(Random random)
    {
        var (gap, leaves) = (10 + (random.NextDouble() * 50), 0.05 + (random.NextDouble() * 0.4));
        var days = new List<int> { AsOf.DayNumber - 1 - random.Next(700) };
        while (random.NextDouble() > leaves)
        {
            var next = days[^1] + 1 + (int)(-gap * Math.Log(1 - random.NextDouble()));
            if (next > AsOf.DayNumber)
            {
                break;
            }

            days.Add(next);
        }

        return new([.. days], [.. days.Select(_ => 20m)]);
    }
}
