using RetentionFuncs.Customers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Tests.Segments;

public sealed class AudiencePropertyTests
{
    private static readonly string[] Pieces =
    [
        "stage",
        "spend",
        "orders",
        "country",
        "locale",
        "bought_once",
        "everyone",
        "and",
        "or",
        "not",
        "in",
        "between",
        "(",
        ")",
        ",",
        "=",
        "!=",
        "<",
        ">=",
        "lapsing",
        "200",
        "-3",
        "1.5",
        "\"DE\"",
        "\"",
        "'zh'",
        "“",
        "”",
        "（",
        "&",
        "\0",
        "\n",
        "\t",
        "😀",
        "\uD800",
        "é",
        "_",
        ".",
        "%",
        "9999999999999999999999999999999",
    ];

    [Fact]
    public void Reading_what_was_printed_gives_the_same_audience()
    {
        var random = new Random(20260925);
        for (var i = 0; i < 3000; i++)
        {
            var clause = RandomClause(random, 4);
            var text = clause.Print();
            AudienceExpression.TryParse(text, out var again, out var errors).ShouldBeTrue($"{text}: {errors.FirstOrDefault()}");
            var facts = RandomFacts(random);
            again.Matches(facts).ShouldBe(clause.Holds(f => f.Read(facts)) == true, text);
            AudienceExpression.Parse(again.ToString()).ToString().ShouldBe(again.ToString());
        }
    }

    [Fact]
    public void De_Morgan_double_negation_and_the_order_of_parts_hold_for_everyone()
    {
        var random = new Random(7);
        for (var i = 0; i < 800; i++)
        {
            var (a, b) = (RandomClause(random, 2).Print(), RandomClause(random, 2).Print());
            var facts = RandomFacts(random);
            bool Holds(string text) => AudienceExpression.Parse(text).Matches(facts);
            Holds($"not (({a}) and ({b}))").ShouldBe(Holds($"not ({a}) or not ({b})"), $"{a} | {b} | {facts}");
            Holds($"not (({a}) or ({b}))").ShouldBe(Holds($"not ({a}) and not ({b})"), $"{a} | {b} | {facts}");
            Holds($"not not ({a})").ShouldBe(Holds(a));
            Holds($"({a}) and ({b})").ShouldBe(Holds($"({b}) and ({a})"));
            AudienceExpression.Parse($"({a}) or not ({a})").Matches(RandomFacts(random, known: true)).ShouldBeTrue();
            Holds($"({a}) and not ({a})").ShouldBeFalse();
        }
    }

    [Fact]
    public void Explain_speaks_exactly_when_the_audience_does_not_match()
    {
        var random = new Random(11);
        for (var i = 0; i < 3000; i++)
        {
            var expression = AudienceExpression.Parse(RandomClause(random, 4).Print());
            var facts = RandomFacts(random);
            var failed = expression.Explain(facts);
            (failed is null).ShouldBe(expression.Matches(facts));
            if (failed is not null)
            {
                AudienceExpression.Parse(failed.Text).Matches(facts).ShouldBeFalse(failed.Text);
            }
        }
    }

    [Fact]
    public void A_stage_that_is_said_to_be_impossible_never_matches()
    {
        var random = new Random(13);
        for (var i = 0; i < 5000; i++)
        {
            var expression = AudienceExpression.Parse(RandomClause(random, 3).Print());
            var facts = RandomFacts(random);
            if (expression.Matches(facts))
            {
                expression.CouldMatchAt(facts.Stage).ShouldBeTrue($"{expression} | {facts}");
            }
        }
    }

    [Fact]
    public void No_text_makes_the_reader_throw_and_every_error_lies_in_the_text()
    {
        var random = new Random(17);
        for (var i = 0; i < 20000; i++)
        {
            var text = string.Join(
                random.Next(2) == 0 ? " " : "",
                Enumerable.Range(0, random.Next(1, 14)).Select(_ => Pieces[random.Next(Pieces.Length)])
            );
            if (AudienceExpression.TryParse(text, out var expression, out var errors))
            {
                errors.ShouldBeEmpty();
                expression.Explain(RandomFacts(random));
                continue;
            }

            foreach (var error in errors)
            {
                error.Column.ShouldBeInRange(1, text.Length + 1, text);
                error.Render(text, "zh").ShouldNotBeNullOrWhiteSpace();
            }
        }
    }

    /// <param name="known">Whether everything is known of the customer.</param>
    internal static AudienceFacts RandomFacts(Random random, bool known = false) =>
        new(
            (LapseStage)random.Next(6),
            random.Next(0, 6),
            random.Next(0, 6),
            random.Next(1, 4),
            random.Next(-2, 6),
            random.Next(0, 6),
            random.Next(0, 6),
            random.Next(0, 6),
            random.Next(0, 6),
            Pick(random, null, "DE", "de", "CN"),
            Pick(random, null, "zh", "zh-CN", "en-GB"),
            (CustomerKind)random.Next(2),
            random.Next(2) == 0,
            random.Next(2) == 0
        )
        {
            Signals = new SignalFacts(null, false, known || random.Next(2) == 0 ? random.Next(6) : null),
            Value =
                known || random.Next(2) == 0
                    ? new ValueFacts(
                        (ValueTier)random.Next(5),
                        random.Next(-2, 6),
                        known || random.Next(2) == 0 ? random.Next(6) : null,
                        random.Next(2) == 0,
                        random.Next(2) == 0,
                        random.Next(2) == 0,
                        known || random.Next(2) == 0 ? random.Next(6) / 100.0 : null,
                        known || random.Next(2) == 0 ? random.Next(6) / 100.0 : null
                    )
                    : null,
        };

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    internal static AudienceClause RandomClause(Random random, int depth)
    {
        switch (depth == 0 ? 0 : random.Next(5))
        {
            case 1:
                return new AudienceClause.Not(RandomClause(random, depth - 1));
            case 2:
                return new AudienceClause.All([RandomClause(random, depth - 1), RandomClause(random, depth - 1)]);
            case 3:
                return new AudienceClause.Any([
                    RandomClause(random, depth - 1),
                    RandomClause(random, depth - 1),
                    RandomClause(random, depth - 1),
                ]);
            default:
                return RandomLeaf(random);
        }
    }

    private static AudienceClause RandomLeaf(Random random)
    {
        var field = AudienceFields.All[random.Next(AudienceFields.All.Count)];
        if (field.Kind is FactKind.Flag)
        {
            return random.Next(8) == 0 ? new AudienceClause.Everyone() : new AudienceClause.Flag(field);
        }

        var (one, two) = (RandomValue(random, field), RandomValue(random, field));
        if (random.Next(3) == 0)
        {
            return new AudienceClause.OneOf(field, [one, two]);
        }

        if (!field.Kind.IsOrdered)
        {
            return new AudienceClause.Comparison(field, Pick(random, "=", "!="), one);
        }

        return random.Next(3) == 0 && field.Kind.Order(one, two) <= 0
            ? new AudienceClause.Between(field, one, two)
            : new AudienceClause.Comparison(field, Pick(random, "=", "!=", "<", "<=", ">", ">="), one);
    }

    private static FactValue RandomValue(Random random, AudienceField field) =>
        field.Name switch
        {
            "country" => new FactValue(0, Pick(random, "DE", "CN")),
            "locale" => new FactValue(0, Pick(random, "zh", "zh-CN", "en")),
            "kind" => new FactValue(random.Next(2)),
            "value_tier" => new FactValue(random.Next(5)),
            "spend" or "average_order" => new FactValue(random.Next(-20, 50) / 10m),
            _ => new FactValue(random.Next(6)),
        };
}
