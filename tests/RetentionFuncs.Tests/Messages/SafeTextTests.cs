using System.Globalization;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Tests.Messages;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("Anna", "Anna")]
    [InlineData("  Anna \t\r\n Lind ", "Anna Lind")]
    [InlineData("李华", "李华")]
    [InlineData("Anna\u00A0Lind", "Anna Lind")]
    [InlineData("An\u202Ena", "Anna")]
    [InlineData("An\u200Bna\uFEFF", "Anna")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    [InlineData("e\u0301", "é")]
    [InlineData("An\ud800na", "Anna")]
    [InlineData("Null", "Null")]
    public void A_name_is_one_clean_line(string given, string shown) => SafeText.Name(given).ShouldBe(shown);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u00A0\u200B ")]
    [InlineData("null")]
    [InlineData("N/A")]
    [InlineData("#REF!")]
    [InlineData("12345")]
    [InlineData("---")]
    [InlineData("未知")]
    [InlineData("{{name}}")]
    [InlineData("x}}")]
    [InlineData("https://evil.example")]
    [InlineData("anna@mail.example")]
    public void Catalogue_048_what_is_no_name_is_none(string? given) => SafeText.Name(given).ShouldBeNull();

    [Theory]
    [InlineData("אבי")]
    [InlineData("محمد")]
    public void Catalogue_045_right_to_left_names_are_isolated(string name) => SafeText.Name(name).ShouldBe($"\u2068{name}\u2069");

    [Fact]
    public void Catalogue_045_direction_characters_are_stripped_and_cannot_close_our_isolate()
    {
        SafeText.Name("א\u2069\u202Eב\u2066").ShouldBe("\u2068אב\u2069");
    }

    [Fact]
    public void Catalogue_044_a_flood_of_marks_is_cut_down()
    {
        SafeText.Name("a" + new string('\u0338', 1_000))!.Length.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void Catalogue_049_a_very_long_name_is_cut_by_what_a_reader_counts()
    {
        var cut = SafeText.Name(string.Concat(Enumerable.Repeat("👨‍👩‍👧", 20_000)))!;

        new StringInfo(cut).LengthInTextElements.ShouldBe(SafeText.NameLength);
        cut.ShouldEndWith("👧…");
    }
}
