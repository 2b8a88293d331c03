using System.Globalization;
using System.Text.RegularExpressions;
using RetentionFuncs.Findings;

namespace RetentionFuncs.YamlFiles;

/// <summary>How one kind of value is written in our files.</summary>
/// <param name="Expected">What to write, as the end of "Write …".</param>
internal sealed record YamlScalar<T>(Func<string, T?> TryRead, Phrase Expected)
    where T : struct;

/// <summary>The kinds of values in our files; all culture-invariant, none reads NaN or infinity.</summary>
internal static partial class YamlScalars
{
    public static YamlScalar<bool> TrueOrFalse { get; } =
        new(
            text =>
                text is "true" ? true
                : text is "false" ? false
                : null,
            new Phrase("true or false", " true 或 false")
        );

    public static YamlScalar<DateOnly> Date { get; } =
        new(
            text =>
                DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day.Year is >= 2000 and < 2200
                    ? day
                    : null,
            new Phrase("a day as 2026-09-25", "日期，例如 2026-09-25")
        );

    public static YamlScalar<TimeOnly> TimeOfDay { get; } =
        new(
            text => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
            new Phrase("a time of day as \"20:00\"", "时间，例如 \"20:00\"")
        );

    /// <summary>Both ends included.</summary>
    public static YamlScalar<int> Whole(int least, int most) =>
        new(
            text =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
                    ? number
                    : null,
            Invariant($"a whole number from {least} to {most}", $" {least} 到 {most} 之间的整数")
        );

    /// <summary>Both ends included.</summary>
    public static YamlScalar<decimal> Number(decimal least, decimal most) =>
        new(text => Decimal(text, least, most), Invariant($"a number from {least} to {most}", $" {least} 到 {most} 之间的数字"));

    /// <summary>Days, or weeks of seven; both ends in days and included.</summary>
    public static YamlScalar<int> Days(int least, int most) =>
        new(
            text =>
                Duration().Match(text) is { Success: true } match && InDays(match) is var days && days >= least && days <= most
                    ? days
                    : null,
            Invariant(
                $"a duration such as 3 days or 2 weeks, from {least} to {most} days",
                $"时长，例如 3 days 或 2 weeks（{least} 到 {most} 天）"
            )
        );

    /// <summary><c>50 per day</c>; both ends included.</summary>
    public static YamlScalar<int> PerDay(int least, int most) =>
        new(
            text =>
                PerDayShape().Match(text) is { Success: true } match
                && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var number
                && number >= least
                && number <= most
                    ? number
                    : null,
            Invariant($"a number per day such as 50 per day, from {least} to {most}", $"每天的数量，例如 50 per day（{least} 到 {most}）")
        );

    /// <summary><c>7 days before</c>, from the day itself; the last included.</summary>
    public static YamlScalar<int> DaysBefore(int most) =>
        new(
            text =>
                DaysBeforeShape().Match(text) is { Success: true } match
                && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var number
                && number <= most
                    ? number
                    : null,
            Invariant($"a lead such as 7 days before, from 0 to {most} days", $"提前的天数，例如 7 days before 或 7 天前（0 到 {most} 天）")
        );

    /// <summary>A percentage with or without its sign, as the number before the sign; ends included or not as told.</summary>
    public static YamlScalar<decimal> Percent(decimal least, decimal most, bool endsIncluded)
    {
        var (en, zh) = endsIncluded ? ("from", "") : ("strictly between", "（不含两端）");
        return new(
            text =>
                Decimal(text.EndsWith('%') ? text[..^1].TrimEnd() : text, least, most) is { } number
                && (endsIncluded || (number > least && number < most))
                    ? number
                    : null,
            Invariant(
                $"a percentage {en} {least} {(endsIncluded ? "to" : "and")} {most}, such as 15%",
                $" {least} 到 {most} 之间的百分数{zh}，例如 15%"
            )
        );
    }

    private static decimal? Decimal(string text, decimal least, decimal most) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : null;

    private static int InDays(Match duration)
    {
        var count = int.Parse(duration.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return duration.Groups[2].Value[0] is 'w' or '周' ? count * 7 : count;
    }

    private static Phrase Invariant(FormattableString en, FormattableString zh) =>
        new(FormattableString.Invariant(en), FormattableString.Invariant(zh));

    [GeneratedRegex(@"\A(-?[0-9]{1,6}) ?(days?|weeks?|天|周)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\A([0-9]{1,6}) ?(?:days? before|天前)\z", RegexOptions.CultureInvariant)]
    private static partial Regex DaysBeforeShape();

    [GeneratedRegex(@"\A([0-9]{1,7}) (?:per day)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PerDayShape();
}
