namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>One-line drawings in percent of their width, so that they stretch without distorting: intervals on a scale, bars with whiskers.</summary>
internal static class StripChart
{
    /// <summary>From low to high, zero always inside, and a step that gives four to eight ticks.</summary>
    public readonly record struct Scale(double Low, double High, double Step)
    {
        public double At(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

        public IEnumerable<double> Ticks()
        {
            for (var i = (int)Math.Ceiling((Low / Step) - 1e-9); i * Step <= High + 1e-9; i++)
            {
                yield return i * Step;
            }
        }

        public static Scale Around(IEnumerable<double> values)
        {
            var all = values.Append(0).ToList();
            var (low, high) = (all.Min(), all.Max());
            var span = Math.Max(high - low, 0.01);
            var raw = span / 6;
            var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
            var step = new[] { 1, 2, 5, 10 }.Select(f => f * power).First(s => s >= raw);
            return new Scale(low - (span * 0.04), high + (span * 0.04), step);
        }
    }

    /// <summary>An interval with its dot, the zero line, and a diamond where the truth is known.</summary>
    public static string Interval(Scale scale, ConfidenceInterval interval, double estimate, Verdict verdict, double? truth, string title)
    {
        var svg = new Markup().Open($"svg class=\"{Class(verdict)}\" height=\"34\" role=\"img\"").Element("title", title);
        svg.Raw(Line("zero", scale.At(0), 0, scale.At(0), 34));
        svg.Raw(Line("whisker", scale.At(interval.Low), 17, scale.At(interval.High), 17));
        svg.Raw(Line("cap", scale.At(interval.Low), 11, scale.At(interval.Low), 23));
        svg.Raw(Line("cap", scale.At(interval.High), 11, scale.At(interval.High), 23));
        svg.Raw($"<circle class=\"dot\" cx=\"{Markup.Percent(scale.At(estimate))}\" cy=\"17\" r=\"7\"/>");
        if (truth is { } t)
        {
            svg.Raw(
                $"<svg x=\"{Markup.Percent(scale.At(t))}\" y=\"17\" overflow=\"visible\"><path class=\"truth\" d=\"M0-11 8 0 0 11-8 0Z\"/></svg>"
            );
        }

        return svg.Close("svg").ToString();
    }

    public static string Axis(Scale scale, Func<double, string> label)
    {
        var svg = new Markup().Open("svg height=\"20\" aria-hidden=\"true\"");
        foreach (var tick in scale.Ticks())
        {
            svg.Raw($"<text x=\"{Markup.Percent(scale.At(tick))}\" y=\"14\" text-anchor=\"middle\">").Text(label(tick)).Raw("</text>");
        }

        return svg.Close("svg").ToString();
    }

    /// <summary>A share as a bar from zero, its interval as a whisker over it.</summary>
    public static string Bar(string css, double full, Share share, string title)
    {
        double At(double rate) => Math.Clamp(rate / full, 0, 1);
        var svg = new Markup().Open("svg class=\"arm\" height=\"26\" role=\"img\"").Element("title", title);
        svg.Raw($"<rect class=\"{css}\" x=\"0\" y=\"3\" width=\"{Markup.Percent(At(share.Rate))}\" height=\"20\" rx=\"3\"/>");
        svg.Raw(Line("whisker", At(share.Interval.Low), 13, At(share.Interval.High), 13));
        svg.Raw(Line("cap", At(share.Interval.Low), 8, At(share.Interval.Low), 18))
            .Raw(Line("cap", At(share.Interval.High), 8, At(share.Interval.High), 18));
        return svg.Close("svg").ToString();
    }

    /// <summary>A plain bar, its length a share of the longest.</summary>
    public static string Plain(string css, double share) =>
        $"<svg height=\"12\" aria-hidden=\"true\"><rect class=\"{css}\" width=\"{Markup.Percent(Math.Max(0.015, share))}\" height=\"12\" rx=\"2\"/></svg>";

    public static string Class(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Line(string css, double x1, double y1, double x2, double y2) =>
        $"<line class=\"{css}\" x1=\"{Markup.Percent(x1)}\" y1=\"{Markup.Number(y1)}\" x2=\"{Markup.Percent(x2)}\" y2=\"{Markup.Number(y2)}\"/>";
}
