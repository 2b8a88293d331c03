using System.Text;
using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>
/// Charts over days. The shapes stretch with the page in an inner picture of 1000 by 1000; the text stands outside it in percent and
/// pixels, so that it keeps its size.
/// </summary>
internal static class TimeChart
{
    private const int Height = 250;
    private const int Top = 14;
    private const int MostPoints = 160;

    /// <summary>Customers by stage, stacked: New at the bottom, Lost on top.</summary>
    public static string Stages(IReadOnlyList<StageDay> days, ReportWords words)
    {
        var shown = Thin(days);
        var full = (double)Math.Max(1, shown.Max(d => d.Customers));
        var svg = Begin(words.Stages);
        Inner(svg);
        for (var s = 0; s < 6; s++)
        {
            var below = shown.Select(d => d.Counts.Take(s).Sum() / full).ToList();
            var above = shown.Select(d => d.Counts.Take(s + 1).Sum() / full).ToList();
            var path = new StringBuilder("M").Append(Points(above, shown)).Append('L').Append(Reversed(below, shown)).Append('Z');
            svg.Raw($"<path class=\"area s{s}\" d=\"{path}\">").Element("title", words.Stage((LapseStage)s)).Raw("</path>");
        }

        svg.Raw("</svg>");
        var scale = new StripChart.Scale(0, full, StripChart.Scale.Around([full]).Step);
        Grid(svg, scale, over: true);
        Months(svg, shown, words);
        return Framed(svg.Close("svg"), scale, v => words.Numbers.Whole(v));
    }

    /// <summary>Churn rates as lines; the scale spans the rates seen, not zero to all.</summary>
    public static string Churn(IReadOnlyList<(string Name, IReadOnlyList<StageDay> Days)> series, ReportWords words)
    {
        var thin = series.Select(s => (s.Name, Days: Thin(s.Days))).ToList();
        var rates = thin.SelectMany(s => s.Days).Where(d => d.ChurnRate is not null).Select(d => d.ChurnRate!.Value).ToList();
        var scale = Spanning(rates.Min(), rates.Max());
        var svg = Begin(words.ChurnRate);
        Grid(svg, scale, over: false);
        Inner(svg);
        for (var i = thin.Count - 1; i >= 0; i--)
        {
            // A country without customers yet has no rate: its line begins with its first one.
            var days = thin[i].Days.SkipWhile(d => d.ChurnRate is null).ToList();
            var points = Points([.. days.Select(d => scale.At(d.ChurnRate ?? 0))], thin[i].Days, thin[i].Days.Count - days.Count);
            svg.Raw($"<path class=\"line l{i}\" d=\"M{points}\">").Element("title", thin[i].Name).Raw("</path>");
        }

        svg.Raw("</svg>");
        Months(svg, thin[0].Days, words);
        return Framed(svg.Close("svg"), scale, v => words.Numbers.Percent(v));
    }

    private static Markup Begin(string title) =>
        new Markup().Open($"svg height=\"{Height + Top + 22}\" role=\"img\"").Element("title", title);

    private static void Inner(Markup svg) =>
        svg.Raw($"<svg x=\"0\" y=\"{Top}\" width=\"100%\" height=\"{Height}\" viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\">");

    // At least four points of share, so that noise does not look like a storm; whole steps at both ends.
    private static StripChart.Scale Spanning(double low, double high)
    {
        var step = StripChart.Scale.Around([Math.Max(high - low, 0.04)]).Step;
        return new StripChart.Scale(Math.Max(0, Math.Floor(low / step) * step), Math.Ceiling((high / step) + 1e-9) * step, step);
    }

    private static void Grid(Markup svg, StripChart.Scale scale, bool over)
    {
        foreach (var tick in scale.Ticks())
        {
            var y = Y(scale, tick);
            svg.Raw($"<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"{(over ? " opacity=\".4\"" : "")}/>");
        }
    }

    // The labels of the scale stand in a column of their own, left of the drawing.
    private static string Framed(Markup drawing, StripChart.Scale scale, Func<double, string> label)
    {
        var html = new Markup().Open("div class=\"plot\"").Raw($"<svg height=\"{Height + Top + 22}\" aria-hidden=\"true\">");
        foreach (var tick in scale.Ticks())
        {
            html.Raw($"<text x=\"100%\" y=\"{Y(scale, tick)}\" dy=\"4\" text-anchor=\"end\">").Text(label(tick)).Raw("</text>");
        }

        return html.Raw("</svg>").Raw(drawing.ToString()).Close("div").ToString();
    }

    private static string Y(StripChart.Scale scale, double tick) => Markup.Number(Top + (Height * (1 - scale.At(tick))));

    private static void Months(Markup svg, IReadOnlyList<StageDay> days, ReportWords words)
    {
        var (first, last) = (days[0].Day, days[^1].Day);
        var months = Enumerable
            .Range(0, ((last.Year - first.Year) * 12) + last.Month - first.Month + 1)
            .Select(i => new DateOnly(first.Year, first.Month, 1).AddMonths(i))
            .Where(m => m >= first)
            .ToList();
        var every = (months.Count + 11) / 12;
        foreach (var month in months.Where((_, i) => i % every == 0))
        {
            var x = Markup.Percent((month.DayNumber - first.DayNumber) / (double)Math.Max(1, last.DayNumber - first.DayNumber));
            svg.Raw($"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{Top + Height}\" y2=\"{Top + Height + 5}\"/>");
            svg.Raw($"<text x=\"{x}\" dx=\"3\" y=\"{Top + Height + 17}\">").Text(words.Numbers.Month(month)).Raw("</text>");
        }
    }

    private static string Points(List<double> values, IReadOnlyList<StageDay> days, int skipped = 0) =>
        string.Join(' ', values.Select((v, i) => $"{X(days, i + skipped)} {Markup.Number(1000 * (1 - v))}"));

    private static string Reversed(List<double> values, IReadOnlyList<StageDay> days) =>
        string.Join(' ', values.Select((v, i) => $"{X(days, i)} {Markup.Number(1000 * (1 - v))}").Reverse());

    private static string X(IReadOnlyList<StageDay> days, int index) =>
        Markup.Number(
            1000.0 * (days[index].Day.DayNumber - days[0].Day.DayNumber) / Math.Max(1, days[^1].Day.DayNumber - days[0].Day.DayNumber)
        );

    // Evenly spaced days, the first and the last among them.
    private static List<StageDay> Thin(IReadOnlyList<StageDay> days) =>
        days.Count <= MostPoints
            ? [.. days]
            : [.. Enumerable.Range(0, MostPoints).Select(i => days[(int)((long)i * (days.Count - 1) / (MostPoints - 1))])];
}
