using System.Globalization;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class AmountFieldTests
{
    [Theory]
    [InlineData("12", "12")]
    [InlineData("12.5", "12.5")]
    [InlineData("12,5", "12.5")]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("1.234,56", "1234.56")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1 234,56", "1234.56")]
    [InlineData("1\u00A0234,56", "1234.56")]
    [InlineData("1\u202F234", "1234")]
    [InlineData("1'234.56", "1234.56")]
    [InlineData("1’234", "1234")]
    [InlineData("139.12000000000001", "139.12000000000001")]
    [InlineData("12345.678", "12345.678")]
    [InlineData("0.125", "0.125")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-5.25", "-5.25")]
    [InlineData("5.25-", "-5.25")]
    [InlineData("(5.25)", "-5.25")]
    [InlineData("\u22125.25", "-5.25")]
    [InlineData("+5.25", "5.25")]
    [InlineData("１２．５０", "12.50")]
    [InlineData("007", "7")]
    [InlineData("1,234", null)]
    [InlineData("1.234", null)]
    [InlineData("123.456", null)]
    [InlineData("-1,234", null)]
    [InlineData("12,34,567", null)]
    [InlineData("1,2345.6", null)]
    [InlineData("1.2.3", null)]
    [InlineData("1,234.567,8", null)]
    [InlineData(",", null)]
    [InlineData("-", null)]
    [InlineData("--5", null)]
    [InlineData("abc", null)]
    [InlineData("5 apples", null)]
    public void Catalogue_052_undeclared_numbers_are_read_when_there_is_one_way_to_read_them(string text, string? expected) =>
        Check(text, null, expected);

    [Theory]
    [InlineData("1,234", DecimalMark.Point, "1234")]
    [InlineData("1.234", DecimalMark.Point, "1.234")]
    [InlineData("1,234.56", DecimalMark.Point, "1234.56")]
    [InlineData("1.234,56", DecimalMark.Point, null)]
    [InlineData("12,5", DecimalMark.Point, null)]
    [InlineData("1,234", DecimalMark.Comma, "1.234")]
    [InlineData("1.234", DecimalMark.Comma, "1234")]
    [InlineData("1.234,56", DecimalMark.Comma, "1234.56")]
    [InlineData("1,234.56", DecimalMark.Comma, null)]
    [InlineData("12.5", DecimalMark.Comma, null)]
    [InlineData("1 234,5", DecimalMark.Comma, "1234.5")]
    public void Catalogue_052_declared_numbers_are_read_only_as_declared(string text, DecimalMark mark, string? expected) =>
        Check(text, mark, expected);

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("1e308")]
    [InlineData("1E+05")]
    [InlineData("0x10")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    [InlineData("0.00000000000000000000000000001")]
    public void Catalogue_051_what_no_amount_can_be_is_refused(string text) => Check(text, null, null);

    [Theory]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("0000000000000000000000000000000000000000000000001", "1")]
    public void Catalogue_051_twenty_eight_digits_are_read(string text, string expected) => Check(text, null, expected);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.001", "0.001")]
    public void Catalogue_054_zero_and_a_tenth_of_a_cent_are_amounts(string text, string expected) => Check(text, null, expected);

    [Theory]
    [InlineData("$12.50", "USD", "12.50")]
    [InlineData("$12.50", "CAD", "12.50")]
    [InlineData("$12.50", "EUR", null)]
    [InlineData("US$12.50", "USD", "12.50")]
    [InlineData("US$12.50", "CAD", null)]
    [InlineData("12,50 €", "EUR", "12.50")]
    [InlineData("-£3.10", "GBP", "-3.10")]
    [InlineData("£-3.10", "GBP", "-3.10")]
    [InlineData("($3.10)", "USD", "-3.10")]
    [InlineData("¥1,234.00", "CNY", "1234.00")]
    [InlineData("￥88", "JPY", "88")]
    [InlineData("¥88", "USD", null)]
    [InlineData("88元", "CNY", "88")]
    [InlineData("EUR 12.50", "EUR", "12.50")]
    [InlineData("12.50 EUR", "EUR", "12.50")]
    [InlineData("12.50 USD", "EUR", null)]
    [InlineData("12.50 USD-", "USD", "-12.50")]
    [InlineData("$", "USD", null)]
    public void Catalogue_053_a_currency_beside_the_number_must_agree(string text, string currency, string? expected) =>
        Check(text, null, expected, currency);

    [Theory]
    [InlineData("en", DecimalMark.Point)]
    [InlineData("en-US", DecimalMark.Point)]
    [InlineData("zh_CN", DecimalMark.Point)]
    [InlineData("de", DecimalMark.Comma)]
    [InlineData("fr-FR", DecimalMark.Comma)]
    [InlineData("de-CH", DecimalMark.Point)]
    [InlineData("en-ZA", DecimalMark.Comma)]
    public void A_culture_has_its_mark(string culture, DecimalMark expected)
    {
        DecimalMarks.TryOf(culture, out var mark).ShouldBeTrue();
        mark.ShouldBe(expected);
    }

    [Fact]
    public void An_unknown_culture_is_not_guessed() => DecimalMarks.TryOf("xx", out _).ShouldBeFalse();

    private static void Check(string text, DecimalMark? mark, string? expected, string currency = "EUR")
    {
        var isRead = new AmountField(mark).TryRead(text, currency, out var amount, out var problem);
        isRead.ShouldBe(expected is not null, $"{text}: {amount} {problem.En}");
        (isRead ? default : problem.En).ShouldNotBe(isRead ? "" : null);
        if (expected is not null)
        {
            amount.ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));
        }
    }
}
