namespace RetentionFuncs.Imports;

/// <summary>Finds the decimal mark of an unsigned number and checks that all other marks part groups of three.</summary>
internal static class NumberShape
{
    private static readonly Wording NotANumber = new("is not a number", "不是数字");

    /// <param name="mark">The place of the decimal mark, or -1 when there is none.</param>
    public static bool TryFindMark(ReadOnlySpan<char> text, DecimalMark? declared, out int mark, out Wording problem)
    {
        mark = -1;
        problem = NotANumber;
        if (text.IsEmpty || text.ContainsAnyExcept("0123456789., ") || !text.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        var (points, commas) = (text.Count('.'), text.Count(','));
        if (declared is { } said)
        {
            return Declared(text, said == DecimalMark.Point ? '.' : ',', out mark, out problem);
        }

        var sign =
            points > 0 && commas > 0 ? (text.LastIndexOf('.') > text.LastIndexOf(',') ? '.' : ',')
            : points + commas == 1 ? (points == 1 ? '.' : ',')
            : '\0';
        if (points + commas == 1 && IsAmbiguous(text, sign))
        {
            problem = new(
                "can be read as thousands or as decimals; declare how numbers are written, e.g. en or de",
                "分不清是千分位还是小数点；请声明数字写法，例如 en 或 de"
            );
            return false;
        }

        mark = sign == '\0' ? -1 : text.LastIndexOf(sign);
        return IsWellGrouped(text, mark, out problem);
    }

    private static bool Declared(ReadOnlySpan<char> text, char sign, out int mark, out Wording problem)
    {
        mark = text.LastIndexOf(sign);
        if (IsWellGrouped(text, mark, out problem))
        {
            return true;
        }

        problem = new(
            $"does not fit the declared way of writing numbers, with '{sign}' before the decimals",
            $"与声明的数字写法不符（小数点应为“{sign}”）"
        );
        return false;
    }

    /// <summary>One mark with one to three digits before it, not a lone zero, and exactly three after.</summary>
    private static bool IsAmbiguous(ReadOnlySpan<char> text, char sign)
    {
        var at = text.IndexOf(sign);
        return at is >= 1 and <= 3 && text.Length - at == 4 && text[0] != '0' && !text.Contains(' ');
    }

    private static bool IsWellGrouped(ReadOnlySpan<char> text, int mark, out Wording problem)
    {
        problem = NotANumber;
        var whole = mark < 0 ? text : text[..mark];
        if (mark >= 0 && text[(mark + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var at = whole.IndexOfAnyExceptInRange('0', '9');
        if (at >= 0)
        {
            var separator = whole[at];
            if (at is 0 or > 3)
            {
                return false;
            }

            for (var i = at; i < whole.Length; i += 4)
            {
                if (whole[i] != separator || i + 4 > whole.Length || whole[(i + 1)..(i + 4)].ContainsAnyExceptInRange('0', '9'))
                {
                    return false;
                }
            }
        }

        problem = default;
        return true;
    }
}
