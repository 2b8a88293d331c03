using RetentionFuncs.Findings;

namespace RetentionFuncs.Segments;

/// <summary>Looks at names and types; collects every mistake, not only the first.</summary>
internal sealed class AudienceChecker
{
    private static readonly AudienceClause Broken = new AudienceClause.Everyone();

    private readonly List<ExpressionError> _errors = [];

    public static AudienceClause? Check(AudienceSyntax syntax, out IReadOnlyList<ExpressionError> errors)
    {
        var checker = new AudienceChecker();
        var clause = checker.Clause(syntax);
        errors = [.. checker._errors.OrderBy(e => e.Column)];
        return errors.Count == 0 ? clause : null;
    }

    private AudienceClause Clause(AudienceSyntax syntax) =>
        syntax switch
        {
            AudienceSyntax.Name name => Name(name.Token),
            AudienceSyntax.Comparison comparison => Comparison(comparison),
            AudienceSyntax.Between between => Between(between),
            AudienceSyntax.In list => In(list),
            AudienceSyntax.Not not => new AudienceClause.Not(Clause(not.Inner)),
            AudienceSyntax.And => new AudienceClause.All(Chain(syntax, s => s is AudienceSyntax.And(var l, var r) ? (l, r) : null)),
            _ => new AudienceClause.Any(Chain(syntax, s => s is AudienceSyntax.Or(var l, var r) ? (l, r) : null)),
        };

    /// <summary>The parts of a chain in the order written; brackets that change nothing disappear.</summary>
    private List<AudienceClause> Chain(AudienceSyntax syntax, Func<AudienceSyntax, (AudienceSyntax Left, AudienceSyntax Right)?> split)
    {
        var parts = new List<AudienceClause>();
        var open = new Stack<AudienceSyntax>([syntax]);
        while (open.TryPop(out var next))
        {
            if (split(next) is { } pair)
            {
                open.Push(pair.Right);
                open.Push(pair.Left);
            }
            else
            {
                parts.Add(Clause(next));
            }
        }

        return parts;
    }

    private AudienceClause Name(AudienceToken token)
    {
        if (token.IsWord(AudienceFields.Everyone))
        {
            return new AudienceClause.Everyone();
        }

        if (Field(token) is not { } field)
        {
            return Broken;
        }

        return field.Kind is FactKind.Flag
            ? new AudienceClause.Flag(field)
            : Wrong(
                token,
                new Phrase($"'{field}' needs a comparison.", $"“{field}”后面要写比较。"),
                new Phrase($"It is {field.Kind.Noun.En}: {field.Meaning.En}.", $"它是{field.Kind.Noun.Zh}：{field.Meaning.Zh}。")
            );
    }

    private AudienceClause Comparison(AudienceSyntax.Comparison syntax)
    {
        if (Field(syntax.Field) is not { } field || NotAFlag(syntax.Field, field) is not { } || Value(field, syntax.Value) is not { } value)
        {
            return Broken;
        }

        return syntax.Operator.Text is "=" or "!=" || field.Kind.IsOrdered
            ? new AudienceClause.Comparison(field, syntax.Operator.Text, value)
            : Unordered(syntax.Operator, field);
    }

    private AudienceClause Between(AudienceSyntax.Between syntax)
    {
        if (Field(syntax.Field) is not { } field || NotAFlag(syntax.Field, field) is not { })
        {
            return Broken;
        }

        var (low, high) = (Value(field, syntax.Low), Value(field, syntax.High));
        if (low is null || high is null)
        {
            return Broken;
        }

        if (!field.Kind.IsOrdered)
        {
            return Unordered(syntax.Field, field);
        }

        return field.Kind.Order(low.Value, high.Value) <= 0
            ? new AudienceClause.Between(field, low.Value, high.Value)
            : Wrong(
                syntax.Low,
                new Phrase("The first end lies above the second, so no one could match.", "前一个值大于后一个值，没有人会符合。"),
                new Phrase("Write the lower end first; both ends count.", "请把较小的写在前面；两端都包含在内。")
            );
    }

    private AudienceClause In(AudienceSyntax.In syntax)
    {
        if (Field(syntax.Field) is not { } field || NotAFlag(syntax.Field, field) is not { })
        {
            return Broken;
        }

        var values = syntax.Values.Select(v => Value(field, v)).ToList();
        return values.TrueForAll(v => v is not null)
            ? new AudienceClause.OneOf(field, [.. values.Select(v => v!.Value).Distinct()])
            : Broken;
    }

    private AudienceField? Field(AudienceToken token)
    {
        var field = AudienceFields.Find(token.Text);
        if (field is null)
        {
            Wrong(
                token,
                token.IsWord(AudienceFields.Everyone)
                    ? new Phrase("'everyone' stands alone.", "everyone 只能单独写。")
                    : new Phrase($"The name '{token.Text}' is not known.", $"没有“{token.Text}”这个名称。"),
                NearestName.Hint(token.Text, AudienceFields.Names)
            );
        }

        return field;
    }

    private AudienceField? NotAFlag(AudienceToken token, AudienceField field)
    {
        if (field.Kind is not FactKind.Flag)
        {
            return field;
        }

        Wrong(
            token,
            new Phrase($"'{field}' is yes or no and takes no comparison.", $"“{field}”本身就是“是或否”，不用比较。"),
            new Phrase($"Write {field} or not {field}.", $"请写 {field} 或 not {field}。")
        );
        return null;
    }

    private FactValue? Value(AudienceField field, AudienceToken token)
    {
        var value = field.Kind.TryRead(token);
        if (value is null)
        {
            Wrong(
                token,
                new Phrase(
                    $"{token.Shown} is not {field.Kind.Noun.En} for '{field}'.",
                    $"{token.ShownZh}不能作为“{field}”的值，这里需要{field.Kind.Noun.Zh}。"
                ),
                field.Kind.Hint(token)
            );
        }

        return value;
    }

    private AudienceClause Unordered(AudienceToken at, AudienceField field) =>
        Wrong(
            at,
            new Phrase($"'{field}' has no order, so nothing is above or below it.", $"“{field}”没有大小之分。"),
            new Phrase("Use =, != or in ( … ).", "请用 =、!= 或 in ( … )。")
        );

    private AudienceClause Wrong(AudienceToken at, Phrase message, Phrase? hint = null)
    {
        _errors.Add(new ExpressionError(at.Column, at.Length, message, hint));
        return Broken;
    }
}
