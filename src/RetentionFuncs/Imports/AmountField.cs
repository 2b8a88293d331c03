using System.Globalization;

namespace RetentionFuncs.Imports;

/// <summary>
/// Reads amounts. With a declared mark only that culture's form is read; without one, a text that could be read both ways
/// (<c>1,234</c>, <c>1.234</c>) is refused. A leading or trailing minus and brackets mean negative.
/// </summary>
internal sealed class AmountField(DecimalMark? declared)
{
    private const int MaxLength = 80;

    private static readonly Wording NotANumber = new("is not a number", "不是数字");

    private static readonly Wording TooLong = new("has more than 28 digits", "超过 28 位数字");

    /// <param name="currency">What a sign or code in the text must agree with; null: none is allowed.</param>
    public bool TryRead(ReadOnlySpan<char> text, string? currency, out decimal amount, out Wording problem)
    {
        amount = 0;
        text = text.Trim();
        if (text.Length > MaxLength)
        {
            problem = TooLong;
            return false;
        }

        if (CurrencyMarks.Strip(ref text, currency, out problem) && !CurrencyMarks.IsPlain(text))
        {
            Span<char> folded = stackalloc char[MaxLength];
            var plain = Fold(text, folded, out var isNegative);
            return TryDigits(plain, out amount, out problem) && Negate(isNegative, ref amount);
        }

        return problem == default && TryDigits(text, out amount, out problem);
    }

    private static bool Negate(bool isNegative, ref decimal amount)
    {
        amount = isNegative ? -amount : amount;
        return true;
    }

    /// <summary>Takes off sign and spaces, and makes full-width characters and apostrophes plain.</summary>
    private static ReadOnlySpan<char> Fold(ReadOnlySpan<char> text, Span<char> folded, out bool isNegative)
    {
        isNegative = text.Length > 2 && text[0] is '(' or '（' && text[^1] is ')' or '）';
        text = isNegative ? text[1..^1].Trim() : text;
        var length = 0;
        foreach (var c in text)
        {
            folded[length++] = c switch
            {
                >= '０' and <= '９' => (char)(c - '０' + '0'),
                '．' => '.',
                '，' => ',',
                '\u2212' or '－' => '-',
                '\u00A0' or '\u202F' or '\u2009' or '\'' or '’' => ' ',
                _ => c,
            };
        }

        var plain = folded[..length];
        if (!isNegative && length > 1 && plain[0] is '-' or '+')
        {
            isNegative = plain[0] == '-';
            plain = plain[1..].TrimStart(' ');
        }
        else if (!isNegative && length > 1 && plain[^1] == '-')
        {
            isNegative = true;
            plain = plain[..^1].TrimEnd(' ');
        }

        return plain;
    }

    private bool TryDigits(ReadOnlySpan<char> text, out decimal amount, out Wording problem)
    {
        amount = 0;
        if (!NumberShape.TryFindMark(text, declared, out var mark, out problem))
        {
            return false;
        }

        Span<char> plain = stackalloc char[MaxLength];
        var (length, digits, started) = (0, 0, false);

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                started |= text[i] != '0';
                digits += started ? 1 : 0;
                plain[length++] = text[i];
            }
            else if (i == mark)
            {
                plain[length++] = '.';
            }
        }

        if (digits > 28 || (mark >= 0 && text.Length - mark > 29))
        {
            problem = TooLong;
            return false;
        }

        problem = NotANumber;
        var isRead = decimal.TryParse(plain[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
        problem = isRead ? default : problem;
        return isRead;
    }
}
