using RetentionFuncs.Findings;

namespace RetentionFuncs.Segments;

/// <summary>A Pratt parser: <c>or</c> binds loosest, then <c>and</c>, then <c>not</c>, then one comparison.</summary>
internal sealed class AudienceParser(IReadOnlyList<AudienceToken> tokens)
{
    /// <summary>Deepest nesting of brackets and <c>not</c>.</summary>
    public const int MaxDepth = 32;

    private const int OrPower = 1;
    private const int AndPower = 2;
    private const int NotPower = 3;

    private int _at;
    private int _depth;

    private AudienceToken Current => tokens[_at];

    /// <summary>The whole text as one expression, or null with the first error.</summary>
    public static AudienceSyntax? Parse(IReadOnlyList<AudienceToken> tokens, out ExpressionError? error)
    {
        try
        {
            var parser = new AudienceParser(tokens);
            var syntax = parser.Expression(0);
            error = parser.Current.Kind == TokenKind.End ? null : parser.Trailing();
            return error is null ? syntax : null;
        }
        catch (SyntaxStop stop)
        {
            error = stop.Error;
            return null;
        }
    }

    private AudienceSyntax Expression(int power)
    {
        var left = Prefix();
        while (PowerOf(Current) is var next && next > power)
        {
            _at++;
            var right = Expression(next);
            left = next == AndPower ? new AudienceSyntax.And(left, right) : new AudienceSyntax.Or(left, right);
        }

        return left;
    }

    private static int PowerOf(AudienceToken token) =>
        token.IsWord("and") ? AndPower
        : token.IsWord("or") ? OrPower
        : 0;

    private AudienceSyntax Prefix()
    {
        var token = Current;
        if (token.IsWord("not"))
        {
            _at++;
            return Nested(token, () => new AudienceSyntax.Not(Expression(NotPower)));
        }

        if (token.Kind == TokenKind.Open)
        {
            _at++;
            return Nested(token, () => Bracketed(token));
        }

        if (token.Kind != TokenKind.Word || IsReserved(token))
        {
            throw Stop(
                token,
                $"A condition is expected here, not {token.Shown}.",
                $"这里应该写一个条件，而不是{token.ShownZh}。",
                ConditionHint(token)
            );
        }

        _at++;
        return Condition(token);
    }

    private AudienceSyntax Bracketed(AudienceToken open)
    {
        var inner = Expression(0);
        if (Current.Kind != TokenKind.Close)
        {
            throw Current.Kind == TokenKind.End
                ? Stop(open, "This bracket is never closed.", "这个括号没有结束。")
                : new SyntaxStop(Trailing());
        }

        _at++;
        return inner;
    }

    private AudienceSyntax Condition(AudienceToken field)
    {
        if (Current.Kind == TokenKind.Operator)
        {
            var op = tokens[_at++];
            return new AudienceSyntax.Comparison(field, op, Value());
        }

        if (Current.IsWord("not") && (tokens[_at + 1].IsWord("in") || tokens[_at + 1].IsWord("between")))
        {
            _at++;
            return new AudienceSyntax.Not(Condition(field));
        }

        return Current.IsWord("between") ? Between(field)
            : Current.IsWord("in") ? In(field)
            : new AudienceSyntax.Name(field);
    }

    private AudienceSyntax.Between Between(AudienceToken field)
    {
        _at++;
        var low = Value();
        if (!Current.IsWord("and"))
        {
            throw Stop(
                Current,
                $"'and' is expected between the two ends, not {Current.Shown}.",
                $"between 的两端要用 and 连接，而不是{Current.ShownZh}。"
            );
        }

        _at++;
        return new AudienceSyntax.Between(field, low, Value());
    }

    private AudienceSyntax.In In(AudienceToken field)
    {
        _at++;
        Expect(TokenKind.Open, "(");
        var values = new List<AudienceToken> { Value() };
        while (Current.Kind == TokenKind.Comma)
        {
            _at++;
            values.Add(Value());
        }

        Expect(TokenKind.Close, ")");
        return new AudienceSyntax.In(field, values);
    }

    private AudienceToken Value()
    {
        var token = Current;
        if (token.Kind is not (TokenKind.Number or TokenKind.Text or TokenKind.Word) || IsReserved(token))
        {
            throw Stop(
                token,
                $"A value is expected here, not {token.Shown}.",
                $"这里应该写一个值，而不是{token.ShownZh}。",
                IsReserved(token)
                    ? new Phrase($"If it is meant as a code, quote it: \"{token.Text}\".", $"如果这是代码，请加引号：\"{token.Text}\"。")
                    : null
            );
        }

        _at++;
        return token;
    }

    private void Expect(TokenKind kind, string shown)
    {
        if (Current.Kind != kind)
        {
            throw Stop(Current, $"'{shown}' is expected here, not {Current.Shown}.", $"这里应该是“{shown}”，而不是{Current.ShownZh}。");
        }

        _at++;
    }

    private AudienceSyntax Nested(AudienceToken at, Func<AudienceSyntax> read)
    {
        if (++_depth > MaxDepth)
        {
            throw Stop(at, $"Brackets and 'not' are nested deeper than {MaxDepth}.", $"括号和 not 的嵌套超过了 {MaxDepth} 层。");
        }

        var inner = read();
        _depth--;
        return inner;
    }

    private ExpressionError Trailing() =>
        Current.Kind switch
        {
            TokenKind.Close => Error(Current, "This bracket closes nothing.", "这个右括号没有对应的左括号。"),
            TokenKind.Comma => Error(
                Current,
                "A comma belongs in a list only.",
                "逗号只能用在列表里。",
                new Phrase(
                    "Write 1000, not 1,000; join conditions with 'and' or 'or'.",
                    "数字写 1000，不要写 1,000；条件之间用 and 或 or 连接。"
                )
            ),
            _ => Error(
                Current,
                $"'and' or 'or' is expected before {Current.Shown}.",
                $"{Current.ShownZh}之前应该有 and 或 or。",
                new Phrase(
                    "A condition reads: name, comparison, value, as in spend > 200.",
                    "一个条件的写法是“名称 比较 值”，例如 spend > 200。"
                )
            ),
        };

    private static Phrase? ConditionHint(AudienceToken token) =>
        token.Kind is TokenKind.Number or TokenKind.Text
            ? new Phrase("Write the name first, as in spend > 200.", "请先写名称，例如 spend > 200。")
            : null;

    private static bool IsReserved(AudienceToken token) =>
        token.IsWord("and") || token.IsWord("or") || token.IsWord("not") || token.IsWord("in") || token.IsWord("between");

    private static SyntaxStop Stop(AudienceToken at, string en, string zh, Phrase? hint = null) => new(Error(at, en, zh, hint));

    private static ExpressionError Error(AudienceToken at, string en, string zh, Phrase? hint = null) =>
        new(at.Column, at.Length, new Phrase(en, zh), hint);

    /// <summary>Leaves the recursion; never leaves this class.</summary>
    private sealed class SyntaxStop(ExpressionError error) : Exception
    {
        public ExpressionError Error => error;
    }
}
