namespace RetentionFuncs.Customers;

/// <summary>One telephone number in international form, such as <c>+8613812345678</c> (ITU-T E.164: at most 15 digits).</summary>
public sealed record PhoneNumber
{
    private const int LongestDigits = 15;
    private const int FewestDigits = 7;

    private PhoneNumber(string value) => Value = value;

    /// <summary>A plus sign and digits only; numbers are compared by it.</summary>
    public string Value { get; }

    /// <summary>
    /// Whether a text message can reach it: where a country's mobile numbers are known by how they begin, only those; elsewhere (as in
    /// North America) the number alone does not tell, and it may.
    /// </summary>
    public bool MayTakeSms =>
        Value.StartsWith("+86", StringComparison.Ordinal) ? IsChineseMobile(Value.AsSpan(3)) : DialCodes.MayBeMobile(Value.AsSpan(1));

    /// <summary>As it is dialled inside its country, where that is known: Chinese numbers without +86.</summary>
    public string Local => Value.StartsWith("+86", StringComparison.Ordinal) ? Value[3..] : Value;

    /// <summary>Reads a number as people write it; digits may be full-width and parted by spaces, dashes, dots or brackets.</summary>
    /// <param name="country">ISO 3166 alpha-2 of the contact: tells the code of a number written without one. Null: it must have one.</param>
    /// <param name="problem">Why it is refused, as a clause: "is masked".</param>
    public static bool TryParse(string? text, string? country, out PhoneNumber number, out Findings.Phrase problem)
    {
        number = null!;
        var folded = (text ?? "").Normalize(System.Text.NormalizationForm.FormKC).Trim().TrimStart('\'');
        if (folded.Contains('*', StringComparison.Ordinal))
        {
            problem = new("is masked with asterisks; export the file with whole numbers", "号码被星号隐藏；请导出完整号码");
            return false;
        }

        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        if (folded.Any(c => !char.IsAsciiDigit(c) && c is not (' ' or '-' or '.' or '(' or ')' or '+' or '/')))
        {
            problem = new("has characters in it that no telephone number has", "含有电话号码里不会出现的字符");
            return false;
        }

        var whole = International(folded, digits, country);
        if (whole is null || whole.Length is < FewestDigits or > LongestDigits)
        {
            problem = new(
                "is not a telephone number; write it with its country code, such as +8613812345678",
                "不是电话号码；请写成带国家代码的形式，如 +8613812345678"
            );
            return false;
        }

        (number, problem) = (new PhoneNumber("+" + whole), new("", ""));
        return true;
    }

    public override string ToString() => Value;

    private static string? International(string text, string digits, string? country) =>
        text.StartsWith('+') ? digits
        : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..]
        : IsChineseMobile(digits) && country is null or "CN" ? "86" + digits
        : country is not null && DialCodes.Of(country) is { } code ? code + (DialCodes.KeepsZero(country) ? digits : digits.TrimStart('0'))
        : null;

    private static bool IsChineseMobile(ReadOnlySpan<char> digits) =>
        digits.Length == 11 && digits[0] == '1' && digits[1] is >= '3' and <= '9';
}
