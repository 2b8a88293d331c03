using System.Text.RegularExpressions;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Segments;

/// <summary>Cuts an expression into tokens. Full-width punctuation is read like its ASCII twin, as Chinese input methods write it.</summary>
internal static partial class AudienceTokenizer
{
    /// <returns>Tokens ending in <see cref="TokenKind.End"/>, or null with the first error.</returns>
    public static List<AudienceToken>? Read(string text, out ExpressionError? error)
    {
        var tokens = new List<AudienceToken>();
        error = null;
        for (var at = 0; at < text.Length; )
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            error = Next(text, at, out var token);
            if (error is not null)
            {
                return null;
            }

            tokens.Add(token);
            at += token.Length;
        }

        tokens.Add(new AudienceToken(TokenKind.End, "", text.Length + 1, 1));
        return tokens;
    }

    private static ExpressionError? Next(string text, int at, out AudienceToken token)
    {
        if (Punctuation(text, at) is { } mark)
        {
            token = mark;
            return null;
        }

        if (QuoteClosing(text[at]) is { } closing)
        {
            return Quoted(text, at, closing, out token);
        }

        if (WordShape().Match(text, at) is { Success: true } word)
        {
            token = new AudienceToken(TokenKind.Word, word.Value, at + 1, word.Length);
            return null;
        }

        if (NumberShape().Match(text, at) is { Success: true } number)
        {
            token = new AudienceToken(TokenKind.Number, number.Value, at + 1, number.Length);
            return NumberProblem(text, token);
        }

        token = default;
        return Unknown(text, at);
    }

    private static AudienceToken? Punctuation(string text, int at)
    {
        AudienceToken Token(TokenKind kind, string shown, int length = 1) => new(kind, shown, at + 1, length);
        var followedByEquals = at + 1 < text.Length && text[at + 1] is '=' or '＝';
        return text[at] switch
        {
            '(' or '（' => Token(TokenKind.Open, "("),
            ')' or '）' => Token(TokenKind.Close, ")"),
            ',' or '，' or '、' => Token(TokenKind.Comma, ","),
            '=' or '＝' => Token(TokenKind.Operator, "=", followedByEquals ? 2 : 1),
            '!' or '！' when followedByEquals => Token(TokenKind.Operator, "!=", 2),
            '≠' => Token(TokenKind.Operator, "!="),
            '<' or '＜' => followedByEquals ? Token(TokenKind.Operator, "<=", 2) : Token(TokenKind.Operator, "<"),
            '>' or '＞' => followedByEquals ? Token(TokenKind.Operator, ">=", 2) : Token(TokenKind.Operator, ">"),
            '≤' => Token(TokenKind.Operator, "<="),
            '≥' => Token(TokenKind.Operator, ">="),
            _ => null,
        };
    }

    private static string? QuoteClosing(char opening) =>
        opening switch
        {
            '"' => "\"",
            '\'' => "'",
            '“' or '”' or '＂' => "”“＂",
            _ => null,
        };

    private static ExpressionError? Quoted(string text, int at, string closing, out AudienceToken token)
    {
        var end = text.AsSpan(at + 1).IndexOfAny(closing);
        token = end < 0 ? default : new AudienceToken(TokenKind.Text, text.Substring(at + 1, end), at + 1, end + 2);
        return end < 0
            ? new ExpressionError(
                at + 1,
                text.Length - at,
                new Phrase("This quotation mark is never closed.", "这个引号没有结束。"),
                new Phrase("Add the closing one, as in \"DE\".", "请补上后引号，例如 \"DE\"。")
            )
            : null;
    }

    private static ExpressionError? NumberProblem(string text, AudienceToken number)
    {
        var end = number.Column - 1 + number.Length;
        if (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.' or '%'))
        {
            return new ExpressionError(
                number.Column,
                number.Length + 1,
                new Phrase("This is not a plain number.", "这不是一个普通数字。"),
                new Phrase(
                    "Write digits with an optional decimal point, such as 200 or 49.90, without unit or currency.",
                    "请只写数字，可带小数点，例如 200 或 49.90，不要带单位或货币符号。"
                )
            );
        }

        return number.Length > 20
            ? new ExpressionError(number.Column, number.Length, new Phrase("This number is too long.", "这个数字太长了。"))
            : null;
    }

    private static ExpressionError Unknown(string text, int at)
    {
        var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        var shown = char.IsControl(text[at]) || char.IsSurrogate(text[at]) && length == 1 ? "?" : text.Substring(at, length);
        var hint = text[at] switch
        {
            '&' => new Phrase("Write 'and'.", "请写 and。"),
            '|' => new Phrase("Write 'or'.", "请写 or。"),
            '!' or '！' => new Phrase("Write 'not'.", "请写 not。"),
            '€' or '$' or '£' or '¥' or '￥' => new Phrase(
                "Amounts are in the business's currency; write the number alone.",
                "金额一律按店铺货币计算，只写数字即可。"
            ),
            _ => null,
        };
        return new ExpressionError(at + 1, length, new Phrase($"'{shown}' has no meaning here.", $"这里不能出现“{shown}”。"), hint);
    }

    [GeneratedRegex(@"\G[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant)]
    private static partial Regex WordShape();

    [GeneratedRegex(@"\G-?[0-9]+(\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex NumberShape();
}
