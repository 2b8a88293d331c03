using RetentionFuncs.Customers;

namespace RetentionFuncs.Tests.HandOffs;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("13812345678", null, "+8613812345678")]
    [InlineData("138 1234 5678", "CN", "+8613812345678")]
    [InlineData("'13812345678", "CN", "+8613812345678")]
    [InlineData("１３８１２３４５６７８", "CN", "+8613812345678")]
    [InlineData("+86-138-1234-5678", null, "+8613812345678")]
    [InlineData("0086 13812345678", null, "+8613812345678")]
    [InlineData("010-62345678", "CN", "+861062345678")]
    [InlineData("030 / 123 45 67", "DE", "+49301234567")]
    [InlineData("(020) 7946 0018", "GB", "+442079460018")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    public void Numbers_as_people_write_them_become_one_international_number(string text, string? country, string expected)
    {
        PhoneNumber.TryParse(text, country, out var number, out _).ShouldBeTrue();
        number.Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("138****5678", "CN")]
    [InlineData("030 1234567", null)]
    [InlineData("call me", "DE")]
    [InlineData("1234", "DE")]
    [InlineData("+123456789012345678", null)]
    [InlineData("", "CN")]
    [InlineData("+49 30 123\r\n+1 2", null)]
    public void What_is_no_whole_number_is_refused(string text, string? country) =>
        PhoneNumber.TryParse(text, country, out _, out _).ShouldBeFalse();

    [Fact]
    public void A_contacts_number_is_read_once_and_anew_for_a_copy_with_another_number_or_country()
    {
        var contact = new Contact(new ContactKey("k"), "primary", [], null, null, "030 1234567", "DE", null, null, null, null);
        var twin = contact with { };
        contact.Number!.Value.ShouldBe("+49301234567");
        contact.Number.ShouldBeSameAs(contact.Number);
        contact.ShouldBe(twin, "having been read makes no difference");
        contact.GetHashCode().ShouldBe(twin.GetHashCode());

        (contact with { Country = "AT" }).Number!.Value.ShouldBe("+43301234567");
        (contact with { Phone = "040 7654321" }).Number!.Value.ShouldBe("+49407654321");
        (contact with { Phone = null }).Number.ShouldBeNull();
        contact.Number!.Value.ShouldBe("+49301234567");
    }
}
