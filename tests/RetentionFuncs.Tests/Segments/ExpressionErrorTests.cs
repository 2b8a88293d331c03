using RetentionFuncs.Segments;

namespace RetentionFuncs.Tests.Segments;

public sealed class ExpressionErrorTests
{
    private static IReadOnlyList<ExpressionError> ErrorsOf(string? text)
    {
        AudienceExpression.TryParse(text, out _, out var errors).ShouldBeFalse(text);
        errors.ShouldNotBeEmpty();
        return errors;
    }

    [Theory]
    [InlineData("stage >= lapsng", 10, 6, "'lapsng' is not a stage for 'stage'. Did you mean 'lapsing'?")]
    [InlineData("spnd > 200", 1, 4, "The name 'spnd' is not known. Did you mean 'spend'?")]
    [InlineData("days_slient > 3", 1, 11, "The name 'days_slient' is not known. Did you mean 'days_silent'?")]
    [InlineData(
        "spend > many",
        9,
        4,
        "'many' is not an amount for 'spend'. Write a number such as 200 or 49.90, in the business's currency."
    )]
    [InlineData("orders > 2.5", 10, 3, "'2.5' is not a whole number for 'orders'. Write a whole number from 0 to 1000000.")]
    [InlineData("monetary_rank >= 6", 18, 1, "'6' is not a rank for 'monetary_rank'. Write a whole number from 0 to 5.")]
    [InlineData("days_silent > -1", 15, 2, "'-1' is not a number of days for 'days_silent'. Write a whole number from 0 to 36500.")]
    [InlineData(
        "country = \"Germany\"",
        11,
        9,
        "'Germany' is not a country code for 'country'. Countries have two letters, as in \"DE\" or \"CN\"."
    )]
    [InlineData("country > \"DE\"", 9, 1, "'country' has no order, so nothing is above or below it. Use =, != or in ( … ).")]
    [InlineData(
        "days_silent between 90 and 60",
        21,
        2,
        "The first end lies above the second, so no one could match. Write the lower end first; both ends count."
    )]
    [InlineData("spend", 1, 5, "'spend' needs a comparison. It is an amount: net spend in the business's currency.")]
    [InlineData("bought_once = 1", 1, 11, "'bought_once' is yes or no and takes no comparison. Write bought_once or not bought_once.")]
    [InlineData("everyone = 1", 1, 8, "'everyone' stands alone. Did you mean 'everyone'?")]
    [InlineData("200 < spend", 1, 3, "A condition is expected here, not '200'. Write the name first, as in spend > 200.")]
    [InlineData(
        "spend > 200 EUR",
        13,
        3,
        "'and' or 'or' is expected before 'EUR'. A condition reads: name, comparison, value, as in spend > 200."
    )]
    [InlineData("spend > 1,000", 10, 1, "A comma belongs in a list only. Write 1000, not 1,000; join conditions with 'and' or 'or'.")]
    [InlineData("spend > €200", 9, 1, "'€' has no meaning here. Amounts are in the business's currency; write the number alone.")]
    [InlineData(
        "spend > 200eur",
        9,
        4,
        "This is not a plain number. Write digits with an optional decimal point, such as 200 or 49.90, without unit or currency."
    )]
    [InlineData("has_email && consent", 11, 1, "'&' has no meaning here. Write 'and'.")]
    [InlineData("has_email and", 14, 1, "A condition is expected here, not the end.")]
    [InlineData("(has_email", 1, 1, "This bracket is never closed.")]
    [InlineData("has_email)", 10, 1, "This bracket closes nothing.")]
    [InlineData("country in \"DE\"", 12, 4, "'(' is expected here, not 'DE'.")]
    [InlineData("country = IN", 11, 2, "A value is expected here, not 'IN'. If it is meant as a code, quote it: \"IN\".")]
    [InlineData("country in ()", 13, 1, "A value is expected here, not ')'.")]
    [InlineData("country = \"DE", 11, 3, "This quotation mark is never closed. Add the closing one, as in \"DE\".")]
    [InlineData("days_silent between 60 or 120", 24, 2, "'and' is expected between the two ends, not 'or'.")]
    [InlineData("", 1, 1, "The audience is empty. Write everyone if every customer is meant.")]
    [InlineData("   ", 1, 1, "The audience is empty. Write everyone if every customer is meant.")]
    public void A_mistake_is_told_with_its_place_and_what_to_write(string text, int column, int length, string sentence)
    {
        var error = ErrorsOf(text)[0];
        (error.Column, error.Length, error.Sentence.En).ShouldBe((column, length, sentence));
        error.Sentence.Zh.ShouldContain(c => c > 0x4E00, "a Chinese sentence");
    }

    [Fact]
    public void Nothing_at_all_is_an_empty_audience() => ErrorsOf(null)[0].Message.En.ShouldBe("The audience is empty.");

    [Fact]
    public void Every_mistake_of_kind_is_told_at_once()
    {
        var errors = ErrorsOf("spnd > 200 and stage = gone and orders > 1.5");
        errors.Select(e => e.Column).ShouldBe([1, 24, 42]);
    }

    [Fact]
    public void The_caret_line_points_under_the_place()
    {
        const string Text = "stage >= lapsng";
        ErrorsOf(Text)[0]
            .Render(Text, "zh-CN")
            .ShouldBe("stage >= lapsng\n         ^^^^^^\n“lapsng”不能作为“stage”的值，这里需要流失阶段。是不是想写“lapsing”？");
    }

    [Fact]
    public void Nesting_and_length_have_limits()
    {
        AudienceExpression.TryParse(Nested(32), out _, out _).ShouldBeTrue();
        ErrorsOf(Nested(33))[0].Message.En.ShouldBe("Brackets and 'not' are nested deeper than 32.");
        ErrorsOf(Nested(900))[0].Column.ShouldBe(33);
        ErrorsOf(new string(' ', 2000) + "x")[0].Message.En.ShouldBe("An audience has at most 2000 characters.");

        static string Nested(int depth) => new string('(', depth) + "has_email" + new string(')', depth);
    }

    [Fact]
    public void A_text_whose_canonical_form_breaks_a_limit_is_refused()
    {
        var codes = Enumerable
            .Range(0, 640)
            .Select(i => $"{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}")
            .Where(c => c is not ("in" or "or"));
        var text = $"country in ({string.Join(',', codes)})";
        text.Length.ShouldBeLessThan(2000);
        ErrorsOf(text)[0].Message.En.ShouldBe("This audience is too complicated.");
    }
}
