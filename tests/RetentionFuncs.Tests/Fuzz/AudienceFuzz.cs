using RetentionFuncs.Customers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;
using RetentionFuncs.Tests.Segments;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>Audience expressions, whole and damaged, over facts at the ends of their ranges.</summary>
public sealed class AudienceFuzz(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
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
        "everyone",
        "bought_once",
        "stage",
        "spend",
        "lapsing",
        "\"",
        "'",
        "“",
        "”",
        "（",
        "）",
        "，",
        "＞",
        "或",
        "且",
        "不",
        "200",
        "-3",
        "1.5",
        "99999999999999999999999999999",
        "%",
        "\0",
        "\uD800",
    ];

    [Fact]
    public void What_is_read_prints_and_reads_back_the_same_and_has_an_answer_for_everybody() =>
        FuzzRun.Run(
            output,
            12_000,
            c =>
            {
                var whole = AudiencePropertyTests.RandomClause(c.Random, c.Random.Next(0, 6)).Print();
                var text = c.Try(c.OneIn(3) ? whole : OddTexts.Damage(c, whole, Pieces));
                if (!AudienceExpression.TryParse(text, out var read, out var errors))
                {
                    errors.ShouldNotBeEmpty();
                    errors.ShouldAllBe(e => e.Column >= 1 && e.Column <= text.Length + 1 && e.Render(text, "zh").Length > 0);
                    text.ShouldNotBe(whole);
                    return;
                }

                AudienceExpression.Parse(read.ToString()).ShouldBe(read);
                var facts = c.OneIn(2) ? AudiencePropertyTests.RandomFacts(c.Random) : Extremes(c);
                (read.Explain(facts) is null).ShouldBe(read.Matches(facts));
                (read.Matches(facts) && !read.CouldMatchAt(facts.Stage)).ShouldBeFalse();
            }
        );

    [Fact]
    public void An_expression_deeper_than_anybody_writes_is_refused_and_not_run_out_of_stack() =>
        FuzzRun.Run(
            output,
            2_000,
            c =>
            {
                var depth = c.Random.Next(1, 3000);
                var text = c.Of(["(", "not ", "not (", "（"]);
                text = c.Try(string.Concat(Enumerable.Repeat(text, depth)) + "everyone" + new string(')', c.Random.Next(0, depth + 1)));
                if (AudienceExpression.TryParse(text, out var read, out _))
                {
                    AudienceExpression.Parse(read.ToString()).ShouldBe(read);
                    read.Matches(Extremes(c));
                }
            }
        );

    private static AudienceFacts Extremes(FuzzCase c)
    {
        int Whole() => c.Of([0, 1, -1, int.MaxValue, int.MinValue]);
        decimal Money() => c.Of([0m, -1m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m]);
        double Real() => c.Of([0.0, 1.0, 0.5, -0.0, double.Epsilon]);
        return new AudienceFacts(
            (LapseStage)c.Random.Next(6),
            Whole(),
            Whole(),
            Whole(),
            Money(),
            Whole(),
            Whole(),
            Whole(),
            Whole(),
            OddTexts.Any(c),
            OddTexts.Any(c),
            (CustomerKind)c.Random.Next(2),
            c.OneIn(2),
            c.OneIn(2)
        )
        {
            Value = c.OneIn(2)
                ? new ValueFacts((ValueTier)c.Random.Next(5), Money(), c.OneIn(2) ? Money() : null, true, false, true, Real(), Real())
                : null,
        };
    }
}
