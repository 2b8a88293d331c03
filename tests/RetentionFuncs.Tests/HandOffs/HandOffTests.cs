using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Offers;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.HandOffs;

public sealed class HandOffTests
{
    [Fact]
    public async Task A_step_that_calls_becomes_one_line_of_a_list_with_the_reason_the_words_and_the_offer()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone, new PercentOffer(10, 14));
        var row = (await world.ListAsync(Channel.Phone)).Rows.ShouldHaveSingleItem();
        row.Number.Local.ShouldBe("13812345678");
        row.Card.Words.ShouldStartWith("王芳，优惠码");
        row.Card.Brief.WhyNow.ShouldBe("下单后第 7 天；上次下单 2026-03-02，已过 7 天；累计 1 单、50 EUR");
        row.Card.Brief.MayOffer.ShouldBe("立减 10%");
        row.Card.Brief.Code.ShouldBe((await world.TouchAsync()).Coupon!.Code);
        (await world.TouchAsync()).State.ShouldBe(TouchpointState.Sent);
        world.Trip.Provider.Accepted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_message_names_its_sender_in_front_and_says_how_to_refuse_at_the_end()
    {
        var world = await HandOffWorld.OneAsync(Channel.Sms);
        var row = (await world.ListAsync(Channel.Sms)).Rows.ShouldHaveSingleItem();
        row.Card.Words.ShouldBe("【山间茶舍】王芳，您好！拒收请回复R");
    }

    [Fact]
    public async Task Nobody_is_called_or_texted_without_a_yes_on_that_very_channel()
    {
        var world = new HandOffWorld();
        await world.LaunchAsync(Channel.Phone);
        await world.CustomerAsync("c1", sms: true, calls: false);
        await world.Trip.OrderAsync("c1", "2026-03-02");
        await world.Trip.TickAsync("2026-03-09");
        (await world.Trip.TouchesAsync("c1")).ShouldBeEmpty();
        (await world.Trip.LedgerAsync("c1")).ShouldHaveSingleItem().Reason.ShouldBe(GateReason.NoConsent);
    }

    [Theory]
    [InlineData(null, GateReason.NoNumber)]
    [InlineData("138****5678", GateReason.NoNumber)]
    [InlineData("010-62345678", GateReason.NotAMobile)]
    public async Task A_number_that_takes_no_text_message_is_skipped_with_the_reason(string? phone, GateReason reason)
    {
        var world = new HandOffWorld();
        await world.LaunchAsync(Channel.Sms);
        await world.CustomerAsync("c1", phone);
        await world.Trip.OrderAsync("c1", "2026-03-02");
        await world.Trip.TickAsync("2026-03-09");
        (await world.Trip.LedgerAsync("c1")).ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task A_contact_gets_into_one_list_only()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone);
        var first = (await world.Trip.Product.MakeBatch.RunAsync(Channel.Phone))!;
        first.Id.ShouldBe("phone-2026-03-09-01");
        (await world.Trip.Product.MakeBatch.RunAsync(Channel.Phone)).ShouldBeNull();
        (await world.Trip.Product.HandOffList.ReadAsync(first)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_people_with_one_number_are_called_once_within_the_cap()
    {
        var world = new HandOffWorld();
        await world.LaunchAsync(Channel.Phone);
        foreach (var id in (string[])["c1", "c2", "c3"])
        {
            await world.CustomerAsync(id);
            await world.Trip.OrderAsync(id, "2026-03-02");
        }

        await world.Trip.TickAsync("2026-03-09");
        (await world.ListAsync(Channel.Phone)).Rows.Count.ShouldBe(world.Trip.Settings.Cap.Messages);
    }

    [Fact]
    public async Task Who_refuses_after_the_handing_over_is_left_out_of_the_list_with_the_reason()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone);
        PhoneNumber.TryParse("13812345678", "CN", out var number, out _);
        await new Suppress(world.Trip.Rows).RunAsync(
            world.Trip.Secret.AddressKeyOf(number),
            new Suppression(SuppressionReason.Unsubscribed, world.Trip.Clock.Now, "import")
        );
        var list = await world.ListAsync(Channel.Phone);
        list.Rows.ShouldBeEmpty();
        list.LeftOut.ShouldHaveSingleItem().Value.ShouldBe(1);
    }

    [Fact]
    public async Task The_file_opens_in_a_spreadsheet_and_a_name_in_it_is_never_a_formula()
    {
        var world = new HandOffWorld();
        await world.LaunchAsync(Channel.Phone);
        await world.CustomerAsync("c1", name: "=HYPERLINK(\"http://x\")");
        await world.Trip.OrderAsync("c1", "2026-03-02");
        await world.Trip.TickAsync("2026-03-09");
        var text = new HandOffFile(world.Trip.Product.Calendar, "zh").Write(await world.ListAsync(Channel.Phone));
        text.ShouldStartWith(
            "\uFEFF姓名,电话,为什么现在联系,怎么说,可以给的优惠,优惠码,优惠截止,客户价值,最晚联系,客户编号,活动,触点编号,结果,结果时间,备注\r\n"
        );
        text.ShouldContain("\r\n\"'=HYPERLINK(\"\"http://x\"\")\",13812345678,");
    }

    [Fact]
    public async Task The_kill_switch_keeps_contacts_out_of_the_tray()
    {
        var world = new HandOffWorld();
        await world.LaunchAsync(Channel.Phone);
        await world.CustomerAsync("c1");
        await world.Trip.OrderAsync("c1", "2026-03-02");
        await world.Trip.Product.Campaigns.KillAsync(true, "ops");
        await world.Trip.TickAsync("2026-03-09");
        (await world.Trip.Product.MakeBatch.RunAsync(Channel.Phone)).ShouldBeNull();
    }
}
