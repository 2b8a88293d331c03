using System.Globalization;
using System.Net;
using System.Text;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>Writes elements and escapes every text and attribute that goes through it.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();

    /// <summary>Our own markup, written as it is.</summary>
    public Markup Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public Markup Text(string text) => Raw(WebUtility.HtmlEncode(text));

    /// <param name="tag">The tag with its attributes, all of our own making: <c>p class="lead"</c>.</param>
    public Markup Element(string tag, string text) => Open(tag).Text(text).Close(tag);

    public Markup Open(string tag) => Raw($"<{tag}>");

    public Markup Close(string tag) => Raw($"</{tag.Split(' ')[0]}>\n");

    /// <summary>A coordinate or percentage for SVG, whatever the culture, two decimals.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Percent(double proportion) => Number(100 * proportion) + "%";

    public override string ToString() => _text.ToString();
}
