using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class EmailFieldTests
{
    [Theory]
    [InlineData("ann@shop.com\r\nBcc: all@x.com")]
    [InlineData("ann\0@shop.com")]
    [InlineData("ann\t@shop.com")]
    public void Catalogue_031_line_breaks_NUL_and_tab_are_refused(string text) => Refused(text);

    [Theory]
    [InlineData(" ann@shop.com ")]
    [InlineData("\u00A0ann@shop.com\u200B")]
    [InlineData("\uFEFFann@shop.com\r\n")]
    public void Catalogue_032_white_space_around_is_taken_off(string text) => Read(text).ShouldBe("ann@shop.com");

    [Theory]
    [InlineData("an\u200Bn@shop.com")]
    [InlineData("ann@sh\u200Bop.com")]
    [InlineData("ann@shop\u00AD.com")]
    public void Catalogue_032_invisible_characters_inside_are_refused(string text) => Refused(text);

    [Fact]
    public void Catalogue_033_a_plus_tag_is_kept() => Read("ann+news@shop.com").ShouldBe("ann+news@shop.com");

    [Fact]
    public void Catalogue_034_an_international_domain_becomes_punycode() =>
        Read("ann@bücher.example.de").ShouldBe("ann@xn--bcher-kva.example.de");

    [Theory]
    [InlineData("ann@paypаl.com", true)]
    [InlineData("ann@bücher.de", false)]
    [InlineData("ann@пример.com", false)]
    public void Catalogue_034_a_domain_of_mixed_alphabets_is_noticed(string text, bool isOdd) =>
        EmailField.LooksConfusable(text).ShouldBe(isOdd);

    [Fact]
    public void Catalogue_035_a_non_ASCII_local_part_is_refused() => Refused("jürgen@shop.com");

    [Theory]
    [InlineData("\"a b\"@shop.com")]
    [InlineData("a(comment)@shop.com")]
    [InlineData("a@[1.2.3.4]")]
    [InlineData("a@1.2.3.4")]
    public void Catalogue_036_quoted_parts_comments_and_literals_are_refused(string text) => Refused(text);

    [Theory]
    [InlineData("a@b@shop.com")]
    [InlineData("a@shop")]
    [InlineData("a@shop.com.")]
    [InlineData("a@shop..com")]
    [InlineData("a..b@shop.com")]
    [InlineData(".a@shop.com")]
    [InlineData("a.@shop.com")]
    [InlineData("@shop.com")]
    [InlineData("a.shop.com")]
    [InlineData("a@-shop.com")]
    [InlineData("a@")]
    public void Catalogue_037_misplaced_signs_and_dots_are_refused(string text) => Refused(text);

    [Fact]
    public void Catalogue_038_64_before_the_sign_and_254_in_all_are_the_most()
    {
        Read(new string('a', 64) + "@shop.com").ShouldNotBeNull();
        Refused(new string('a', 65) + "@shop.com");
        var longest = string.Join('.', Enumerable.Repeat(new string('d', 61), 3)) + ".com";
        Read(new string('a', 254 - 1 - longest.Length) + "@" + longest).Length.ShouldBe(254);
        Refused(new string('a', 254 - longest.Length) + "@" + longest);
    }

    [Theory]
    [InlineData("a@x.com;b@y.com")]
    [InlineData("a@x.com, b@y.com")]
    public void Catalogue_039_two_addresses_in_one_field_are_refused(string text) => Refused(text);

    [Fact]
    public void Catalogue_040_a_display_name_is_refused() => Refused("Ann <ann@shop.com>");

    [Fact]
    public void Catalogue_041_the_domain_is_lowered_and_the_local_part_kept()
    {
        EmailField.TryRead("Ann.Smith@SHOP.Com", out var address, out _).ShouldBeTrue();
        (address.Value, address.Folded).ShouldBe(("Ann.Smith@shop.com", "ann.smith@shop.com"));
    }

    private static string Read(string text)
    {
        EmailField.TryRead(text, out var address, out var problem).ShouldBeTrue(problem.En);
        return address.Value;
    }

    private static void Refused(string text)
    {
        EmailField.TryRead(text, out _, out var problem).ShouldBeFalse();
        problem.En.ShouldNotBeNullOrEmpty();
        problem.Zh.ShouldNotBe(problem.En, "every refusal has its Chinese");
    }
}
