using RetentionFuncs.Campaigns;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Operations;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Deliverability;

public sealed class WatchSendingTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static string Verdict(long delivered, long complained, long bounced = 0, long refused = 0, long accepted = 0) =>
        SendingRates.Judge(new SendingCounts(accepted, refused, delivered, bounced, complained)).GetType().Name;

    [Theory]
    [InlineData(1_000, 0, "Fine")]
    [InlineData(1_250, 0, "Fine")]
    [InlineData(1_250, 1, "Warn")]
    [InlineData(1_251, 1, "Fine")]
    [InlineData(1_000, 1, "Warn")]
    [InlineData(1_000, 2, "Stop")]
    [InlineData(1_001, 2, "Warn")]
    [InlineData(999, 2, "Fine")]
    [InlineData(999, 999, "Fine")]
    [InlineData(3, 3, "Fine")]
    [InlineData(100_000, 199, "Warn")]
    [InlineData(100_000, 200, "Stop")]
    public void L5_complaints_warn_at_8_and_stop_at_20_in_ten_thousand_and_say_nothing_below_a_thousand(
        long delivered,
        long complained,
        string verdict
    ) => Verdict(delivered, complained).ShouldBe(verdict);

    [Theory]
    [InlineData(190, 10, 0, 0, "Fine")]
    [InlineData(189, 11, 0, 0, "Stop")]
    [InlineData(2, 1, 0, 0, "Fine")]
    [InlineData(0, 199, 0, 0, "Fine")]
    [InlineData(0, 200, 0, 0, "Stop")]
    [InlineData(0, 0, 11, 189, "Stop")]
    [InlineData(0, 0, 10, 190, "Fine")]
    public void L6_more_than_5_percent_back_stops_whether_told_by_events_or_refused_at_once(
        long delivered,
        long bounced,
        long refused,
        long accepted,
        string verdict
    ) => Verdict(delivered, 0, bounced, refused, accepted).ShouldBe(verdict);

    private static async Task<TripWorld> RunningAsync(params string[] keys)
    {
        var world = new TripWorld("2026-03-02T10:00:00+01:00");
        foreach (var key in keys)
        {
            await world.LaunchAsync(CampaignWorks.WinBack() with { Key = key });
        }

        return world;
    }

    private static ValueTask CountAsync(TripWorld world, string campaign, SendingCounts counts, int daysAgo = 0, string shard = "03") =>
        new SendingRows(world.Rows).AddAsync(campaign, Today.AddDays(-daysAgo), shard, counts);

    private static async Task<CampaignStatus> StatusAsync(TripWorld world, string key)
    {
        world.Product.Campaigns.Forget();
        return (await world.Product.Campaigns.FindAsync(key))!.Head.Status;
    }

    private static async Task<List<Operation>> OperationsAsync(TripWorld world)
    {
        var all = new List<Operation>();
        await foreach (var operation in new OperatorLog(world.Rows).ReadAsync())
        {
            all.Add(operation);
        }

        return all;
    }

    [Fact]
    public async Task Too_many_complaints_pause_the_campaign_with_the_reason_on_file_and_a_person_can_go_on()
    {
        var world = await RunningAsync("win-back");
        await CountAsync(world, "win-back", new SendingCounts(0, 0, 700, 0, 1), daysAgo: 6, shard: "01");
        await CountAsync(world, "win-back", new SendingCounts(0, 0, 700, 0, 3));

        var finding = (await world.Product.WatchSending.RunAsync()).ShouldHaveSingleItem();

        finding.Stopped.ShouldBeTrue();
        (await StatusAsync(world, "win-back")).ShouldBe(CampaignStatus.Paused);
        var note = (await OperationsAsync(world)).ShouldHaveSingleItem();
        (note.By, note.What, note.Subject).ShouldBe(("retention", "pause-campaign", "win-back"));
        note.Why.ShouldBe("4 of 1400 delivered messages of the last 7 days were reported as spam (0.29%; the limit is 0.2%).");

        await world.Product.LaunchCampaign.LaunchAsync("win-back");
        (await world.Product.WatchSending.RunAsync()).ShouldBeEmpty();
        (await StatusAsync(world, "win-back")).ShouldBe(CampaignStatus.Live);
    }

    [Fact]
    public async Task What_lies_more_than_a_week_back_does_not_count()
    {
        var world = await RunningAsync("win-back");
        await CountAsync(world, "win-back", new SendingCounts(0, 0, 2_000, 0, 100), daysAgo: 7);

        (await world.Product.WatchSending.RunAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_warning_is_noted_once_a_day_and_stops_nothing()
    {
        var world = await RunningAsync("win-back");
        await CountAsync(world, "win-back", new SendingCounts(0, 0, 1_000, 0, 1));

        (await world.Product.WatchSending.RunAsync()).ShouldHaveSingleItem().Stopped.ShouldBeFalse();
        await world.Product.WatchSending.RunAsync();

        (await OperationsAsync(world)).ShouldHaveSingleItem().What.ShouldBe("warn-sending");
        (await StatusAsync(world, "win-back")).ShouldBe(CampaignStatus.Live);
    }

    [Fact]
    public async Task Campaigns_of_one_domain_are_held_against_it_together()
    {
        var world = await RunningAsync("one", "two");
        await CountAsync(world, "one", new SendingCounts(0, 0, 600, 0, 2));
        await CountAsync(world, "two", new SendingCounts(0, 0, 600, 0, 1));

        (await world.Product.WatchSending.RunAsync()).ShouldHaveSingleItem().Campaign.ShouldBeNull();

        (await StatusAsync(world, "one"), await StatusAsync(world, "two")).ShouldBe((CampaignStatus.Paused, CampaignStatus.Paused));
    }

    [Fact]
    public async Task L1_a_domain_near_the_bulk_limit_is_flagged_once_and_for_good()
    {
        var world = await RunningAsync("one", "two");
        await CountAsync(world, "one", new SendingCounts(2_500, 0, 0, 0, 0));
        await world.Product.WatchSending.RunAsync();
        (await OperationsAsync(world)).ShouldBeEmpty();
        await CountAsync(world, "two", new SendingCounts(2_500, 0, 0, 0, 0));

        await world.Product.WatchSending.RunAsync();
        await world.Product.WatchSending.RunAsync();

        var note = (await OperationsAsync(world)).ShouldHaveSingleItem();
        (note.What, note.Subject).ShouldBe(("bulk-sender", "linden.shop"));
        world.Clock.Now = world.Clock.Now.AddDays(60);
        (await world.Product.WatchSending.LookAsync()).ShouldHaveSingleItem().Why.En.ShouldContain("linden.shop sent 5000 messages");
    }

    [Fact]
    public async Task Each_message_counts_once_however_often_its_events_are_told()
    {
        var world = new TripWorld();
        await WarmUpTests.SentOnLaunchAsync(world, 3, "2026-03-01");
        var touch = (await world.TouchesAsync("c1")).Single();
        DeliveryEvent Told(DeliveryEventKind kind, int minutes) =>
            new(touch.Reference, touch.AttemptId!, kind, null, world.Clock.Now.AddMinutes(minutes), null);
        for (var i = 0; i < 3; i++)
        {
            await world.Product.RecordDeliveryEvents.RunAsync([
                Told(DeliveryEventKind.Delivered, 1),
                Told(DeliveryEventKind.Delivered, 2 + i),
                Told(DeliveryEventKind.Opened, 3),
                Told(DeliveryEventKind.Complained, 4),
            ]);
        }

        await world.Product.WatchSending.RunAsync();

        (await new SendingRows(world.Rows).ReadAsync("everyone", new DateOnly(2026, 6, 20)))
            .ShouldHaveSingleItem()
            .Counts.ShouldBe(new SendingCounts(3, 0, 1, 0, 1));
    }

    [Theory]
    [InlineData("linden.shop", "linden.shop")]
    [InlineData("news.linden.shop", "linden.shop")]
    [InlineData("a.b.C.linden.shop.", "linden.shop")]
    [InlineData("linden.co.uk", "linden.co.uk")]
    [InlineData("m.linden.co.uk", "linden.co.uk")]
    [InlineData("mail.dian.com.cn", "dian.com.cn")]
    [InlineData("com.cn", "com.cn")]
    public void The_organisational_domain_is_the_one_that_was_registered(string domain, string organisation) =>
        SendingDomain.Organisational(domain).ShouldBe(organisation);
}
