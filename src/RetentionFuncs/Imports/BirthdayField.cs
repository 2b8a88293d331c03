using RetentionFuncs.Customers;

namespace RetentionFuncs.Imports;

/// <summary>
/// Reads birthdays: <c>1990-03-05</c>, <c>03-05</c>, <c>--03-05</c>, 1990年3月5日, 3月5日, and other orders when declared. A year of 1 or 1900 is what
/// programs write when they have none.
/// </summary>
internal static class BirthdayField
{
    /// <param name="thisYear">The last year anyone can have been born in.</param>
    public static bool TryRead(ReadOnlySpan<char> text, DateOrder? order, int thisYear, out Birthday birthday, out Wording problem)
    {
        birthday = default;
        text = text.Trim();
        if (TryMonthAndDay(text, order, out var month, out var dayOfMonth))
        {
            // 2000 is a leap year, so 29 February passes.
            var exists = month is >= 1 and <= 12 && dayOfMonth >= 1 && dayOfMonth <= DateTime.DaysInMonth(2000, month);
            birthday = new Birthday(null, month, dayOfMonth);
            problem = exists ? default : new("is not a day of the calendar", "日历上没有这一天");
            return exists;
        }

        if (!DateText.TryDay(ref text, order, out var day, out problem) || !IsMidnight(text, ref problem))
        {
            return false;
        }

        problem =
            day.Year > thisYear ? new("lies in the future", "是将来的日期")
            : day.Year is < 1900 and not 1 ? new("lies before 1900", "早于 1900 年")
            : default;
        birthday = new Birthday(day.Year is 1 or 1900 ? null : day.Year, day.Month, day.Day);
        return problem == default;
    }

    private static bool IsMidnight(ReadOnlySpan<char> rest, ref Wording problem)
    {
        if (rest.IsEmpty || (rest[0] is 'T' or ' ' && TimeText.TryTime(rest[1..].Trim(), out _, out _)))
        {
            return true;
        }

        problem = new("is not a birthday; write it as 1990-03-05 or 03-05", "不是生日；请写成 1990-03-05 或 03-05");
        return false;
    }

    private static bool TryMonthAndDay(ReadOnlySpan<char> text, DateOrder? order, out int month, out int day)
    {
        (month, day) = (0, 0);
        text = text.StartsWith("--") ? text[2..] : text;
        text = text.EndsWith('日') ? text[..^1] : text;
        var first = DateText.CountDigits(text);
        if (first is 0 or > 2 || text.Length <= first || text[first] is not ('-' or '/' or '.' or '月'))
        {
            return false;
        }

        var rest = text[(first + 1)..];
        if (rest.Length is 0 or > 2 || DateText.CountDigits(rest) != rest.Length)
        {
            return false;
        }

        (month, day) = (DateText.Number(text[..first]), DateText.Number(rest));
        (month, day) = order == DateOrder.DayMonthYear && text[first] is '/' or '.' ? (day, month) : (month, day);
        return true;
    }
}
