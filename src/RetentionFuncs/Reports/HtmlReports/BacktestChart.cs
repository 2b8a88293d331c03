using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring.Backtests;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>
/// How many of those who left each rule had named by each day of their silence, as one picture that needs nothing else: it stands in a page
/// or in a file of its own.
/// </summary>
public static class BacktestChart
{
    private const int Width = 960;
    private const int Height = 470;
    private const int Left = 60;
    private const int Top = 54;
    private const int PlotWidth = 640;
    private const int PlotHeight = 340;

    private const string Style = """
        .bt { --paper: #ffffff; --ink: #1d2329; --soft: #5d6772; --line: #e4e2dc; --r0: #0f766e; --r1: #5b5fc7; --r2: #c2570c; --r3: #a16207; --r4: #a21caf; --r5: #1d2329;
          font-family: system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
        @media (prefers-color-scheme: dark) { .bt { --paper: #1c2228; --ink: #e8eaec; --soft: #9aa5b1; --line: #313a43; --r0: #4fc3b4; --r1: #a3a6ff; --r2: #f2994a; --r3: #e3bd4f; --r4: #e879f9; --r5: #e8eaec; } }
        @media print { .bt { --paper: #fff; --ink: #111; --soft: #555; --line: #ccc; --r0: #0f766e; --r1: #5b5fc7; --r2: #c2570c; --r3: #a16207; --r4: #a21caf; --r5: #111; } }
        .bt .paper { fill: var(--paper); } .bt text { fill: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; } .bt .head { fill: var(--ink); font-size: 16px; font-weight: 600; }
        .bt .grid { stroke: var(--line); } .bt .day { stroke: var(--soft); stroke-dasharray: 2 4; } .bt .curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
        .bt .r0 { stroke: var(--r0); stroke-width: 3; } .bt .r1 { stroke: var(--r1); stroke-width: 3; } .bt .r2 { stroke: var(--r2); } .bt .r3 { stroke: var(--r3); stroke-dasharray: 7 4; } .bt .r4 { stroke: var(--r4); stroke-dasharray: 3 3; } .bt .r5 { stroke: var(--r5); }
        .bt .leader { stroke-width: 1; fill: none; opacity: .5; } .bt .name { fill: var(--ink); }
        """;

    /// <summary>One <c>svg</c> element with its own style; empty text when there is nothing to draw.</summary>
    /// <param name="language"><c>zh</c> and its regions give Chinese, all else English.</param>
    public static string Write(Backtest test, string language)
    {
        if (test.Rows.Count == 0 || test.Leavers == 0)
        {
            return "";
        }

        var words = new ReportWords(language);
        var told = new BacktestWords(words, test);
        var svg = new Markup().Open(
            $"svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bt\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" style=\"max-width:100%;height:auto\" role=\"img\" lang=\"{words.Language}\""
        );
        svg.Element("title", told.ChartTitle).Raw($"<style>\n{Style}\n</style>\n");
        svg.Raw($"<rect class=\"paper\" width=\"{Width}\" height=\"{Height}\" rx=\"12\"/>\n");
        svg.Element($"text class=\"head\" x=\"{Left - 36}\" y=\"32\"", told.ChartTitle);
        Axes(svg, test, words, told);
        Curves(svg, test, words, told);
        return svg.Close("svg").ToString();
    }

    private static void Axes(Markup svg, Backtest test, ReportWords words, BacktestWords told)
    {
        for (var share = 0; share <= 100; share += 25)
        {
            var y = Markup.Number(YOf(share / 100.0));
            svg.Raw($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + PlotWidth}\" y1=\"{y}\" y2=\"{y}\"/>");
            svg.Element($"text x=\"{Left - 8}\" y=\"{y}\" dy=\"4\" text-anchor=\"end\"", words.Numbers.Whole(share) + "%");
        }

        for (var day = 0; day <= LastDay(test); day += test.StepDays)
        {
            var x = Markup.Number(XOf(day, test));
            svg.Element($"text x=\"{x}\" y=\"{Top + PlotHeight + 20}\" text-anchor=\"middle\"", words.Numbers.Whole(day));
        }

        var at = Markup.Number(XOf(test.SilentDays, test));
        svg.Raw($"<line class=\"day\" x1=\"{at}\" x2=\"{at}\" y1=\"{Top}\" y2=\"{Top + PlotHeight}\"/>");
        svg.Element($"text x=\"{Left + (PlotWidth / 2)}\" y=\"{Top + PlotHeight + 44}\" text-anchor=\"middle\"", told.SilenceAxis);
    }

    private static void Curves(Markup svg, Backtest test, ReportWords words, BacktestWords told)
    {
        var labels = LabelHeights([.. test.Rows.Select(r => YOf(ShareOf(r, test)))]);
        for (var i = test.Rows.Count - 1; i >= 0; i--)
        {
            var row = test.Rows[i];
            var points = row.FoundBySilence.Select(
                (found, k) => $"{Markup.Number(XOf(k * Backtest.SilenceStep, test))} {Markup.Number(YOf(found / (double)test.Leavers))}"
            );
            var css = "r" + (int)row.Rule;
            svg.Raw($"<path class=\"curve {css}\" d=\"M{string.Join('L', points)}\">")
                .Element("title", told.RuleName(row.Rule))
                .Raw("</path>");
            var (end, label) = (Markup.Number(YOf(ShareOf(row, test))), Markup.Number(labels[i]));
            svg.Raw($"<path class=\"leader {css}\" d=\"M{Left + PlotWidth + 2} {end}L{Left + PlotWidth + 14} {label}\"/>");
            svg.Raw($"<path class=\"curve {css}\" d=\"M{Left + PlotWidth + 16} {label}h22\"/>");
            svg.Element(
                $"text class=\"name\" x=\"{Left + PlotWidth + 44}\" y=\"{label}\" dy=\"4.5\"",
                $"{told.RuleName(row.Rule)} {words.Numbers.Whole(100 * ShareOf(row, test))}%"
            );
        }
    }

    /// <summary>Where names stand so that none covers another: as near to their curve's end as the others allow, highest curve first.</summary>
    private static double[] LabelHeights(double[] ends)
    {
        const double apart = 21;
        var labels = new double[ends.Length];
        var next = double.NegativeInfinity;
        foreach (var i in Enumerable.Range(0, ends.Length).OrderBy(i => ends[i]))
        {
            labels[i] = Math.Max(ends[i], next);
            next = labels[i] + apart;
        }

        var over = Math.Max(0, labels.Max() - (Top + PlotHeight));
        return [.. labels.Select(l => l - over)];
    }

    private static double ShareOf(BacktestRow row, Backtest test) => row.FoundBySilence[^1] / (double)test.Leavers;

    private static int LastDay(Backtest test) => (test.Rows[0].FoundBySilence.Count - 1) * Backtest.SilenceStep;

    private static double XOf(int day, Backtest test) => Left + ((double)PlotWidth * day / LastDay(test));

    private static double YOf(double share) => Top + (PlotHeight * (1 - share));
}
