using RetentionFuncs.Customers;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports.Shops;

public sealed class DeclaredConsentTests
{
    private static readonly DeclaredConsent Terms = new([Channel.Sms, Channel.Phone], ConsentBasis.Express, "会员入会条款 2024-03");

    private static ShopFile TwoOrders =>
        TaobaoTests
            .File.Row(TaobaoTests.Order("2", "a", "9", ("订单创建时间", "2024-04-01 08:00:00")))
            .Row(TaobaoTests.Order("1", "a", "5"));

    [Fact]
    public async Task A_yes_declared_for_the_file_counts_from_each_buyers_earliest_order()
    {
        using var world = new ShopWorld();
        await world.ImportAsync(TwoOrders.Gb18030, o => o with { Consent = Terms });
        var contact = (await world.ContactAsync("a"))!;
        contact.SmsConsent!.ShouldSatisfyAllConditions(
            c => (c.State, c.Basis, c.Source).ShouldBe((ConsentState.Granted, ConsentBasis.Express, "会员入会条款 2024-03")),
            c => c.OccurredAt.ShouldBe(new DateTimeOffset(2024, 3, 5, 21, 40, 3, TimeSpan.FromHours(8)))
        );
        contact.PhoneConsent!.OccurredAt.ShouldBe(contact.SmsConsent!.OccurredAt);
        contact.EmailConsent.ShouldBeNull();
        contact.Number!.Value.ShouldBe("+8613812345678");
    }

    [Theory]
    [InlineData("2024-05-01T00:00:00Z")]
    [InlineData("2024-01-01T00:00:00Z")]
    public async Task It_never_takes_the_place_of_a_no_whatever_the_moments_are(string deniedAt)
    {
        using var world = new ShopWorld();
        var no = new Consent(
            ConsentState.Denied,
            ConsentBasis.Express,
            "phone call",
            DateTimeOffset.Parse(deniedAt, null),
            world.Trip.Clock.Now
        );
        var news = new CustomerNews("a", null, null, null, Contact.Primary, null, null, null, null, null, null, null, null, null)
        {
            SmsConsent = no,
        };
        await world.Trip.Product.RecordCustomer.RunAsync(news, world.Trip.Clock.Now);
        await world.ImportAsync(TwoOrders.Gb18030, o => o with { Consent = Terms });
        var contact = (await world.ContactAsync("a"))!;
        contact.SmsConsent!.State.ShouldBe(ConsentState.Denied);
        contact.PhoneConsent!.State.ShouldBe(ConsentState.Granted);
    }

    [Fact]
    public async Task A_later_no_of_the_person_takes_the_place_of_the_yes_and_the_same_file_does_not_bring_it_back()
    {
        using var world = new ShopWorld();
        await world.ImportAsync(TwoOrders.Gb18030, o => o with { Consent = Terms });
        var no = new Consent(ConsentState.Denied, ConsentBasis.Express, "phone call", world.Trip.Clock.Now, world.Trip.Clock.Now);
        var news = new CustomerNews("a", null, null, null, Contact.Primary, null, null, null, null, null, null, null, null, null)
        {
            SmsConsent = no,
        };
        await world.Trip.Product.RecordCustomer.RunAsync(news, world.Trip.Clock.Now);
        await world.ImportAsync(TwoOrders.Gb18030, o => o with { Consent = Terms });
        (await world.ContactAsync("a"))!.SmsConsent!.State.ShouldBe(ConsentState.Denied);
    }

    [Fact]
    public async Task A_buyer_whose_orders_are_no_sales_has_not_said_yes()
    {
        using var world = new ShopWorld();
        await world.ImportAsync(
            TaobaoTests.File.Row(TaobaoTests.Order("1", "a", "0", ("订单状态", "交易关闭"))).Gb18030,
            o => o with { Consent = Terms }
        );
        (await world.ContactAsync("a"))!.SmsConsent.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_row_says_itself_outranks_the_declaration()
    {
        using var world = new ImportWorld();
        await world
            .OrdersAsync(
                "customer_id,order_id,date,amount,consent\n1,o1,2025-01-01,5,no\n2,o2,2025-01-01,5,\n",
                o => o with { Consent = Terms with { Channels = [Channel.Email] } }
            )
            .Report();
        world.Sink.Orders["1"].Contact!.EmailConsent!.State.ShouldBe(ConsentState.Denied);
        world.Sink.Orders["2"].Contact!.EmailConsent!.Source.ShouldBe("会员入会条款 2024-03");
    }

    [Theory]
    [InlineData("sms phone", "express", "", "consent-source")]
    [InlineData("sms phone", "express", null, "consent-source")]
    [InlineData("sms fax", "express", "x", "consent:")]
    [InlineData("", "express", "x", "consent:")]
    [InlineData(null, "express", "x", "consent:")]
    [InlineData("sms", "maybe", "x", "consent-basis")]
    [InlineData("sms", null, "x", "consent-basis: say on what ground")]
    public void Half_a_declaration_is_refused(string? channels, string? basis, string? source, string says)
    {
        DeclaredConsent.TryRead(channels, basis, source, out _, out var problem).ShouldBeFalse();
        problem.En.ShouldStartWith(says);
    }

    [Fact]
    public void Channels_are_read_with_spaces_or_commas()
    {
        DeclaredConsent.TryRead("phone, SMS email", "soft-opt-in", " till ", out var read, out _).ShouldBeTrue();
        read!.Channels.ShouldBe([Channel.Email, Channel.Sms, Channel.Phone]);
        (read.Basis, read.Source).ShouldBe((ConsentBasis.SoftOptIn, "till"));
    }
}
