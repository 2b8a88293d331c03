using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class TextFieldTests
{
    [Theory]
    [InlineData("  Ann  ", "Ann")]
    [InlineData("\u00A0Ann\u200B", "Ann")]
    [InlineData("Ann\nSmith\tJr", "Ann Smith Jr")]
    [InlineData("A\u0007nn\u0000", "Ann")]
    [InlineData("👩‍👩‍👧 Zoë", "👩‍👩‍👧 Zoë")]
    [InlineData("नमस्ते", "नमस्ते")]
    public void Names_keep_their_letters_and_lose_what_breaks_a_line(string text, string expected) =>
        TextField.Clean(text, out _).ShouldBe(expected);

    [Fact]
    public void Catalogue_044_a_flood_of_combining_marks_is_capped()
    {
        var clean = TextField.Clean("Z" + new string('\u0300', 1000) + "oe", out _);
        clean.Count(c => c == '\u0300').ShouldBe(TextField.MaxMarks);
        clean.ShouldEndWith("oe");
    }

    [Theory]
    [InlineData("abc\u202Egnp.exe")]
    [InlineData("abc\u2066gnp.exe\u2069")]
    [InlineData("abc\u200Fgnp.exe")]
    public void Catalogue_045_bidi_overrides_and_isolates_are_stripped(string text) => TextField.Clean(text, out _).ShouldBe("abcgnp.exe");

    [Theory]
    [InlineData("{{name}}")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("=cmd|' /C calc'!A0")]
    public void Catalogue_046_code_as_a_name_is_kept_as_text(string text) => TextField.Clean(text, out _).ShouldBe(text);

    [Theory]
    [InlineData("null")]
    [InlineData("N/A")]
    [InlineData("#REF!")]
    [InlineData("NaN")]
    public void Catalogue_048_placeholders_count_as_nothing(string text) => TextField.IsPlaceholder(text).ShouldBeTrue();

    [Fact]
    public void Catalogue_048_a_person_called_Nullmann_keeps_the_name() => TextField.IsPlaceholder("Nullmann").ShouldBeFalse();

    [Fact]
    public void Catalogue_049_a_name_of_20000_characters_is_cut_between_text_elements()
    {
        var clean = TextField.Clean(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 20_000)), out var wasCut);
        wasCut.ShouldBeTrue();
        new StringInfo(clean).LengthInTextElements.ShouldBe(TextField.MaxElements);
        clean.ShouldEndWith("👧");
    }

    [Theory]
    [InlineData("1990-03-05", null, 1990, 3, 5)]
    [InlineData("03-05", null, null, 3, 5)]
    [InlineData("--03-05", null, null, 3, 5)]
    [InlineData("3月5日", null, null, 3, 5)]
    [InlineData("1990年3月5日", null, 1990, 3, 5)]
    [InlineData("1900-03-05", null, null, 3, 5)]
    [InlineData("0001-03-05", null, null, 3, 5)]
    [InlineData("1990-03-05 00:00:00", null, 1990, 3, 5)]
    [InlineData("05/03/1990", DateOrder.DayMonthYear, 1990, 3, 5)]
    [InlineData("05.03", DateOrder.DayMonthYear, null, 3, 5)]
    public void Catalogue_067_birthdays_with_and_without_a_year(string text, DateOrder? order, int? year, int month, int day)
    {
        BirthdayField.TryRead(text, order, 2025, out var birthday, out _).ShouldBeTrue();
        birthday.ShouldBe(new Birthday(year, month, day));
    }

    [Theory]
    [InlineData("02-29", true)]
    [InlineData("1992-02-29", true)]
    [InlineData("1991-02-29", false)]
    [InlineData("02-30", false)]
    public void Catalogue_066_the_29th_of_February_is_a_birthday(string text, bool isRead) =>
        BirthdayField.TryRead(text, null, 2025, out _, out _).ShouldBe(isRead);

    [Theory]
    [InlineData("2031-01-01")]
    [InlineData("1850-01-01")]
    [InlineData("05/03/1990")]
    [InlineData("32874")]
    [InlineData("March 5")]
    public void Other_birthdays_are_refused(string text)
    {
        BirthdayField.TryRead(text, null, 2025, out _, out var problem).ShouldBeFalse();
        problem.En.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("yes", ConsentState.Granted, ConsentBasis.Express)]
    [InlineData("TRUE", ConsentState.Granted, ConsentBasis.Express)]
    [InlineData("1", ConsentState.Granted, ConsentBasis.Express)]
    [InlineData("同意", ConsentState.Granted, ConsentBasis.Express)]
    [InlineData("soft_opt_in", ConsentState.Granted, ConsentBasis.SoftOptIn)]
    [InlineData("Soft opt-in", ConsentState.Granted, ConsentBasis.SoftOptIn)]
    [InlineData("implied", ConsentState.Granted, ConsentBasis.Implied)]
    [InlineData("no", ConsentState.Denied, ConsentBasis.Express)]
    [InlineData("0", ConsentState.Denied, ConsentBasis.Express)]
    [InlineData("denied", ConsentState.Denied, ConsentBasis.Express)]
    [InlineData("否", ConsentState.Denied, ConsentBasis.Express)]
    public void Consent_is_read_in_the_words_of_shops(string text, ConsentState state, ConsentBasis basis) =>
        ChoiceFields.ConsentOf(text, out _).ShouldBe((state, basis));

    [Fact]
    public void Consent_that_nobody_understands_is_not_a_yes()
    {
        ChoiceFields.ConsentOf("maybe", out var problem).ShouldBeNull();
        problem.En.ShouldContain("yes, no, express");
    }
}
