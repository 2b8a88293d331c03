using System.Globalization;

namespace RetentionFuncs.Reports.Wordings;

/// <summary>Numbers as the two languages write them, whatever the machine's culture: 1,234; 7.1 % or 7.1%; 4,310 EUR or 4,310 欧元.</summary>
internal sealed class ReportNumbers(bool chinese)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public string Whole(double value) => Minus(Math.Round(value, MidpointRounding.AwayFromZero).ToString("#,0", Plain));

    /// <summary>A proportion as percent with one decimal.</summary>
    public string Percent(double proportion) => Minus((100 * proportion).ToString("0.0", Plain)) + (chinese ? "%" : " %");

    /// <summary>A proportion as percentage points, without the word.</summary>
    public string Points(double proportion) => Minus((100 * proportion).ToString("0.0", Plain));

    public string SignedPoints(double proportion) => (Math.Round(100 * proportion, 1) > 0 ? "+" : "") + Points(proportion);

    public string Money(double amount, string currency) => $"{Whole(amount)} {Currency(currency)}";

    public string Cents(double amount) => Minus(amount.ToString("#,0.00", Plain));

    public string Cents(double amount, string currency) => $"{Cents(amount)} {Currency(currency)}";

    public string SignedCents(double amount, string currency) => (Math.Round(amount, 2) > 0 ? "+" : "") + Cents(amount, currency);

    public string Day(DateOnly day) => chinese ? $"{day.Year}年{day.Month}月{day.Day}日" : day.ToString("d MMMM yyyy", Plain);

    public string Month(DateOnly day) => chinese ? $"{day.Month}月" : day.ToString("MMM", Plain);

    private string Currency(string code) =>
        (chinese, code) switch
        {
            (true, "EUR") => "欧元",
            (true, "CNY") => "元",
            (true, "USD") => "美元",
            (true, "GBP") => "英镑",
            (true, "HKD") => "港元",
            (true, "JPY") => "日元",
            _ => code,
        };

    // A true minus sign; and no "-0.0" for what rounds to nothing.
    private static string Minus(string number) =>
        number.StartsWith('-') ? (number.AsSpan(1).ContainsAnyExcept("0.,") ? "−" + number[1..] : number[1..]) : number;
}
