namespace RetentionFuncs.Imports;

/// <param name="Time">Null when the text has only a day.</param>
/// <param name="Offset">Null when the text has none.</param>
internal readonly record struct DateParts(DateOnly Day, TimeOnly? Time, TimeSpan? Offset);

/// <summary>
/// The grammar of dates: <c>y-m-d</c>, <c>d-m-y</c> or <c>m-d-y</c> with <c>- / .</c> or 年月日, or eight digits; then perhaps a time
/// (<c>T</c> or space, <c>AM</c>/<c>PM</c> allowed, second 60 counts as 59) and an offset.
/// </summary>
internal static class DateText
{
    private static readonly Wording NotADate = new(
        "is not a date; write it as 2025-03-04 or 2025-03-04T10:11:12+08:00",
        "不是日期；请写成 2025-03-04 或 2025-03-04T10:11:12+08:00"
    );

    private static readonly Wording NoSuchDay = new("is not a day of the calendar", "日历上没有这一天");

    public static bool TryParse(ReadOnlySpan<char> text, DateOrder? order, out DateParts parts, out Wording problem)
    {
        parts = default;
        text = text.Trim();
        if (!TryDay(ref text, order, out var day, out problem))
        {
            return false;
        }

        if (text.IsEmpty)
        {
            parts = new DateParts(day, null, null);
            return true;
        }

        if (text[0] is not ('T' or 't' or ' ') || !TimeText.TryTime(text[1..].Trim(), out var time, out var offset))
        {
            problem = NotADate;
            return false;
        }

        parts = new DateParts(day, time, offset);
        return true;
    }

    /// <summary>Takes a day off the front of the text.</summary>
    public static bool TryDay(ref ReadOnlySpan<char> text, DateOrder? order, out DateOnly day, out Wording problem)
    {
        day = default;
        problem = NotADate;
        var digits = CountDigits(text);
        if (digits == 8)
        {
            var whole = Number(text[..8]);
            text = text[8..];
            return TryMake(whole / 10000, whole / 100 % 100, whole % 100, out day, out problem);
        }

        if (digits == text.Length && digits > 0)
        {
            problem = new(
                "looks like a spreadsheet's serial number or a time stamp; format the column as a date such as 2025-03-04",
                "像是表格软件的日期序号或时间戳；请把该列设为 2025-03-04 这样的日期格式"
            );
            return false;
        }

        Span<int> numbers = stackalloc int[3];
        Span<int> widths = stackalloc int[3];
        for (var i = 0; i < 3; i++)
        {
            widths[i] = CountDigits(text);
            if (
                widths[i] is 0 or > 4
                || (i < 2 && (text.Length <= widths[i] || text[widths[i]] is not ('-' or '/' or '.' or '年' or '月')))
            )
            {
                return false;
            }

            numbers[i] = Number(text[..widths[i]]);
            text = text[(widths[i] + (i < 2 ? 1 : 0))..];
        }

        text = text.StartsWith('日') ? text[1..] : text;
        return TryOrder(numbers, widths, order, out day, out problem);
    }

    public static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }

    public static int Number(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var c in digits)
        {
            value = (value * 10) + (c - '0');
        }

        return value;
    }

    private static bool TryOrder(Span<int> numbers, Span<int> widths, DateOrder? order, out DateOnly day, out Wording problem)
    {
        day = default;
        if (widths[0] == 4)
        {
            return TryMake(numbers[0], numbers[1], numbers[2], out day, out problem);
        }

        if (widths[2] != 4)
        {
            problem = new("needs a year of four digits", "年份要写四位数");
            return false;
        }

        switch (order)
        {
            case DateOrder.DayMonthYear:
                return TryMake(numbers[2], numbers[1], numbers[0], out day, out problem);
            case DateOrder.MonthDayYear:
                return TryMake(numbers[2], numbers[0], numbers[1], out day, out problem);
            case DateOrder.YearMonthDay:
                problem = new("does not begin with the year, as the declared order ymd has it", "没有以年份开头，与声明的 ymd 顺序不符");
                return false;
            default:
                problem = new(
                    "can be read day first or month first; declare the order: dmy or mdy",
                    "分不清是日在前还是月在前；请声明顺序：dmy 或 mdy"
                );
                return false;
        }
    }

    private static bool TryMake(int year, int month, int dayOfMonth, out DateOnly day, out Wording problem)
    {
        day = default;
        if (year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            problem = NoSuchDay;
            return false;
        }

        (day, problem) = (new DateOnly(year, month, dayOfMonth), default);
        return true;
    }
}
