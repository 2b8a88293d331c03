using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Imports;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportSuppressionsTests : IDisposable
{
    private readonly KindsWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("unsubscribe", SuppressionReason.Unsubscribed)]
    [InlineData("UNSUBSCRIBED", SuppressionReason.Unsubscribed)]
    [InlineData("Unsubscribed from all email", SuppressionReason.Unsubscribed)]
    [InlineData("已退订", SuppressionReason.Unsubscribed)]
    [InlineData("SPAM_COMPLAINT", SuppressionReason.Complaint)]
    [InlineData("Marked as spam", SuppressionReason.Complaint)]
    [InlineData("投诉", SuppressionReason.Complaint)]
    [InlineData("HARD_BOUNCE", SuppressionReason.HardBounce)]
    [InlineData("550 5.1.1 The email account does not exist", SuppressionReason.HardBounce)]
    [InlineData("5.1.1", SuppressionReason.HardBounce)]
    [InlineData("空号", SuppressionReason.HardBounce)]
    [InlineData("USER_SUPPRESSED", SuppressionReason.Manual)]
    [InlineData("黑名单", SuppressionReason.Manual)]
    [InlineData("never liked them", SuppressionReason.Manual)]
    [InlineData("", SuppressionReason.Manual)]
    public async Task Reasons_are_read_in_the_words_of_other_tools(string word, SuppressionReason reason)
    {
        await _world.TakeAsync("suppressions", $"email,reason\na@post.linden.shop,{word}\n");
        (await _world.StandingOfAsync("a@post.linden.shop"))!.Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("Soft bounce")]
    [InlineData("452 4.2.2 mailbox full")]
    public async Task A_failure_that_passes_is_no_reason_to_suppress(string word)
    {
        (await _world.ImportAsync("suppressions", $"email,reason\na@post.linden.shop,{word}\n").OnlyRefusal()).Column.ShouldBe("reason");
        (await _world.StandingOfAsync("a@post.linden.shop")).ShouldBeNull();
    }

    [Fact]
    public async Task Mailchimps_list_of_cleaned_addresses_is_one_of_hard_bounces()
    {
        await _world.TakeAsync(
            "suppressions",
            "Email Address,First Name,MEMBER_RATING,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE\nA@post.linden.shop,Ada,2,2024-05-06 07:08:09,May\n"
        );
        var standing = await _world.StandingOfAsync("a@post.linden.shop");
        (standing!.Reason, standing.At, standing.Source).ShouldBe(
            (SuppressionReason.HardBounce, DateTimeOffset.Parse("2024-05-06T07:08:09+02:00", null), "import")
        );
    }

    [Fact]
    public async Task Mailchimps_list_of_unsubscribed_is_read_and_a_spam_reason_in_it_is_a_complaint()
    {
        await _world.TakeAsync(
            "suppressions",
            """
            Email Address,First Name,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON
            a@post.linden.shop,Ada,2024-05-06 07:08:09,May,NORMAL
            b@post.linden.shop,Ben,2024-05-06 07:08:09,May,SPAM

            """
        );
        (await _world.StandingOfAsync("a@post.linden.shop"))!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
        (await _world.StandingOfAsync("b@post.linden.shop"))!.Reason.ShouldBe(SuppressionReason.Complaint);
    }

    [Fact]
    public async Task SendGrids_created_is_seconds_since_1970()
    {
        await _world.TakeAsync("suppressions", "email,created\na@post.linden.shop,1700000000\n");
        (await _world.StandingOfAsync("a@post.linden.shop"))!.At.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
    }

    [Fact]
    public async Task A_number_where_a_date_belongs_is_still_refused() =>
        (await _world.ImportAsync("suppressions", "email,date\na@post.linden.shop,1700000000\n").OnlyRefusal()).Column.ShouldBe("date");

    [Fact]
    public async Task Numbers_are_suppressed_under_Chinese_headers_however_they_are_written()
    {
        await _world.TakeAsync("suppressions", "手机号,原因,日期\n138 1234 5678,退订,2025年3月5日\n+86-139-1234-5678,投诉,2025-03-05\n");
        (await _world.StandingOfNumberAsync("+8613812345678"))!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
        (await _world.StandingOfNumberAsync("+8613912345678"))!.Reason.ShouldBe(SuppressionReason.Complaint);
    }

    [Fact]
    public async Task One_column_may_hold_addresses_of_both_kinds()
    {
        await _world.TakeAsync("suppressions", "address,reason\na@post.linden.shop,spam\n+4915112345678,spam\n");
        (await _world.StandingOfAsync("a@post.linden.shop")).ShouldNotBeNull();
        (await _world.StandingOfNumberAsync("+4915112345678")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_channel_says_which_address_of_a_row_is_meant()
    {
        await _world.TakeAsync("suppressions", "email,phone,country,channel\na@post.linden.shop,0151 1234567,DE,sms\n");
        (await _world.StandingOfAsync("a@post.linden.shop")).ShouldBeNull();
        (await _world.StandingOfNumberAsync("+491511234567")).ShouldNotBeNull();
        (await _world.ImportAsync("suppressions", "email,channel\nb@post.linden.shop,sms\n").OnlyRefusal()).Reason.ShouldBe(
            "names no address"
        );
    }

    [Fact]
    public async Task The_same_address_many_times_is_suppressed_for_the_strongest_reason()
    {
        var report = await _world.TakeAsync(
            "suppressions",
            "email,reason\na@post.linden.shop,unsubscribe\nA@Post.Linden.shop,bounce\na@post.linden.shop,manual\n"
        );
        (report.Rows, report.Accepted, report.Customers).ShouldBe((3, 3, 0));
        (await _world.StandingOfAsync("a@post.linden.shop"))!.Reason.ShouldBe(SuppressionReason.HardBounce);
    }

    [Fact]
    public async Task The_same_list_again_changes_nothing_and_a_weaker_one_takes_nothing_away()
    {
        const string List = "email,reason\na@post.linden.shop,bounce\n";
        await _world.TakeAsync("suppressions", List);
        var before = await _world.StandingOfAsync("a@post.linden.shop");
        (await _world.TakeAsync("suppressions", List)).Unchanged.ShouldBe(1);
        (await _world.TakeAsync("suppressions", "email,reason\na@post.linden.shop,unsubscribe\n")).Unchanged.ShouldBe(1);
        (await _world.StandingOfAsync("a@post.linden.shop")).ShouldBe(before);
    }

    [Fact]
    public async Task Catalogue_151_a_person_imported_after_the_suppression_is_planned_for_and_never_written_to()
    {
        await _world.TakeAsync("suppressions", "email,reason\nada@post.linden.shop,unsubscribe\n");
        await _world.TakeAsync(
            "customers",
            "customer_id,name,email,country,consent,consent_at\nada,Ada,ada@post.linden.shop,DE,yes,2026-02-01\nben,Ben,ben@post.linden.shop,DE,yes,2026-02-01\n"
        );
        await _world.Trip.OrderAsync("ada", "2026-03-01");
        await _world.Trip.OrderAsync("ben", "2026-03-01");
        await _world.Trip.LaunchAsync(CampaignWorks.AfterOrder(2));
        await _world.Trip.TickEveryDayAsync("2026-03-02", "2026-03-05");
        _world.Trip.Provider.Accepted.Select(s => s.Message.To.Address).ShouldBe(["ben@post.linden.shop"]);
        (await _world.StandingOfAsync("ada@post.linden.shop"))!.Blocks(MessagePurpose.Care).ShouldBeTrue();
    }

    [Fact]
    public async Task A_row_without_any_address_is_refused_in_both_languages()
    {
        (await _world.ImportAsync("suppressions", "email,phone\n,\n", o => o with { Language = "zh" }).OnlyRefusal()).Reason.ShouldBe(
            "没有写明地址"
        );
        (await _world.ImportAsync("suppressions", "name\nAda\n").Refusal()).Reason.ShouldContain("no column email");
    }
}
