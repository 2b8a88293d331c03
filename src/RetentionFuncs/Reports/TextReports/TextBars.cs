namespace RetentionFuncs.Reports.TextReports;

/// <summary>Small drawings in block and line characters.</summary>
internal static class TextBars
{
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>A bar of eighths of a cell; anything above nothing shows at least one eighth.</summary>
    public static string Bar(double value, double full, int cells)
    {
        var eighths = full <= 0 ? 0 : (int)Math.Round(8 * cells * Math.Clamp(value / full, 0, 1));
        eighths = value > 0 ? Math.Max(1, eighths) : 0;
        return new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8].ToString() : "");
    }

    /// <summary>One character for each of so many evenly spaced values, the last always among them.</summary>
    public static string Sparkline(IReadOnlyList<double> values, int cells)
    {
        if (values.Count == 0)
        {
            return "";
        }

        var count = Math.Min(cells, values.Count);
        var picked = Enumerable
            .Range(0, count)
            .Select(i => values[values.Count - 1 - (int)((long)(count - 1 - i) * (values.Count - 1) / Math.Max(1, count - 1))])
            .ToList();
        var (low, high) = (picked.Min(), picked.Max());
        return string.Concat(picked.Select(v => high > low ? Heights[(int)Math.Round(7 * (v - low) / (high - low))] : Heights[0]));
    }

    /// <summary>An interval with its estimate on a scale from low to high, zero marked: <c>┊   ├───●───┤ </c>.</summary>
    public static string Interval(ConfidenceInterval interval, double estimate, double low, double high, int cells)
    {
        int At(double value) => Math.Clamp((int)Math.Round((value - low) / (high - low) * (cells - 1)), 0, cells - 1);
        var line = new string(' ', cells).ToCharArray();
        for (var i = At(interval.Low); i <= At(interval.High); i++)
        {
            line[i] = '─';
        }

        line[At(0)] = '┊';
        line[At(interval.Low)] = '├';
        line[At(interval.High)] = '┤';
        line[At(estimate)] = '●';
        return new string(line);
    }
}
