namespace RetentionFuncs.Imports;

/// <summary>Currency signs and codes written beside an amount.</summary>
internal static class CurrencyMarks
{
    private static readonly (string Sign, string[] Currencies)[] Signs =
    [
        ("US$", ["USD"]),
        ("HK$", ["HKD"]),
        ("NT$", ["TWD"]),
        ("C$", ["CAD"]),
        ("A$", ["AUD"]),
        ("R$", ["BRL"]),
        ("S$", ["SGD"]),
        ("$", ["USD", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "MXN", "ARS", "CLP", "COP"]),
        ("€", ["EUR"]),
        ("£", ["GBP", "EGP"]),
        ("¥", ["CNY", "JPY"]),
        ("￥", ["CNY", "JPY"]),
        ("元", ["CNY", "TWD", "HKD"]),
        ("円", ["JPY"]),
        ("₹", ["INR"]),
        ("₩", ["KRW"]),
        ("₽", ["RUB"]),
        ("₺", ["TRY"]),
        ("₫", ["VND"]),
        ("฿", ["THB"]),
        ("₱", ["PHP"]),
        ("zł", ["PLN"]),
        ("kr", ["SEK", "NOK", "DKK", "ISK"]),
        ("RMB", ["CNY"]),
    ];

    /// <summary>Whether nothing but digits and one kind of mark is left, so that folding can be skipped.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789.,");

    /// <summary>Takes one sign or code off either end, inside or outside of a minus; false with a problem when it disagrees.</summary>
    public static bool Strip(ref ReadOnlySpan<char> text, string? currency, out Wording problem)
    {
        problem = default;
        if (text.IsEmpty || (char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])))
        {
            return true;
        }

        var body = text.TrimStart("-+(（ ");
        foreach (var (sign, currencies) in Signs)
        {
            if (body.StartsWith(sign, StringComparison.Ordinal) || body.TrimEnd("-)） ").EndsWith(sign, StringComparison.Ordinal))
            {
                return Agree(currencies, currency, sign, out problem) && Cut(ref text, sign);
            }
        }

        return !TryCode(body, out var code) || (Agree([code], currency, code, out problem) && Cut(ref text, code));
    }

    private static bool TryCode(ReadOnlySpan<char> body, out string code)
    {
        var tail = body.TrimEnd("-)） ");
        code = "";
        if (body.Length > 3 && IsCode(body[..3]) && !char.IsLetter(body[3]))
        {
            code = body[..3].ToString();
        }
        else if (tail.Length > 3 && IsCode(tail[^3..]) && !char.IsLetter(tail[^4]))
        {
            code = tail[^3..].ToString();
        }

        return code.Length > 0;
    }

    private static bool IsCode(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('A', 'Z');

    private static bool Agree(string[] currencies, string? currency, string sign, out Wording problem)
    {
        problem =
            currency is not null && currencies.Contains(currency)
                ? default
                : new(
                    $"is marked '{sign}' but counted in {currency ?? "no currency"}; add a currency column or declare the currency",
                    $"标有“{sign}”，但按 {currency ?? "无币种"} 计；请增加 currency 列或声明币种"
                );
        return problem == default;
    }

    private static bool Cut(ref ReadOnlySpan<char> text, string sign)
    {
        var at = text.IndexOf(sign, StringComparison.Ordinal);
        var head = text[..at].Trim();
        var tail = text[(at + sign.Length)..].Trim();

        // "-$5" and "$5-" keep their minus; what stands before the sign is at most that.
        text =
            tail.IsEmpty ? head
            : head.IsEmpty ? tail
            : string.Concat(head, tail);
        return true;
    }
}
