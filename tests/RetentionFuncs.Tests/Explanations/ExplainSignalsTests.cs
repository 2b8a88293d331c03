using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Explanations;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Segments;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Tests.Explanations;

/// <summary>What went already and likely reasons, from the events to what a marketer reads and a campaign picks.</summary>
public sealed class ExplainSignalsTests
{
    private readonly TripWorld _world = new("2026-03-02T10:00:00+01:00");

    [Fact]
    public async Task A_dropped_family_and_a_likely_reason_are_told_with_their_numbers_in_both_languages()
    {
        await CoffeeStopsAsync();
        var told = await ExplainAsync("2026-03-02");
        told.Signals.Select(s => s.En)
            .ShouldBe([
                "Partly gone: has not bought 'coffee' for 161 days, usually every 24; other families were bought on 13 days since.",
                "Possible reason: dissatisfied (weight 25 %) – an order came 4 days late on 2026-02-27.",
            ]);
        told.Signals.ShouldAllBe(s => s.Zh.Length > 10);
        var document = ExplanationDocument.Of(told, _world.Product.Calendar, "zh");
        document.Text().ShouldContain("部分流失：已有 161 天没买“coffee”");
        using var json = System.Text.Json.JsonDocument.Parse(document.Json());
        json.RootElement.GetProperty("signals")[0].GetString().ShouldStartWith("部分流失");
    }

    [Fact]
    public async Task On_a_past_day_only_what_was_known_to_have_happened_is_told()
    {
        await CoffeeStopsAsync();
        (await ExplainAsync("2025-10-10")).Signals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_refused_profiling_has_no_signals()
    {
        await CoffeeStopsAsync();
        await _world.CustomerAsync("c1", n => n with { DoNotProfile = true });
        (await ExplainAsync("2026-03-02")).Signals.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_customers_own_answer_is_told_as_such_and_more_evidence_is_counted()
    {
        await CoffeeStopsAsync();
        for (var i = 0; i < 4; i++)
        {
            await TellAsync(new ExperienceNews.Returned("r" + i, _world.Clock.Now.AddDays(-20 - i), "O", null, ReturnCause.Quality));
        }

        await TellAsync(new ExperienceNews.Answered("a", _world.Clock.Now.AddDays(-1), null, ReasonKind.Dissatisfied));
        var told = (await ExplainAsync("2026-03-02")).Signals[1];
        told.En.ShouldStartWith("Reason given: dissatisfied – said so when asked on 2026-03-01: dissatisfied;");
        told.En.ShouldEndWith("; and 3 more.");
        told.Zh.ShouldStartWith("本人所述原因：不满意——2026-03-01 回访时本人表示：不满意；");
    }

    [Theory]
    [InlineData("partial_defection", 1)]
    [InlineData("families >= 2 and discount_share = 0", 1)]
    [InlineData("likely_reason = dissatisfied", 0)]
    [InlineData("likely_reason = unknown and not partial_defection", 0)]
    public async Task A_campaign_picks_by_signals(string audience, int customers)
    {
        await CoffeeStopsAsync();
        var campaign = CampaignWorks.WinBack() with { Audience = AudienceExpression.Parse(audience).ToString() };
        await _world.Product.LaunchCampaign.ApplyAsync(CampaignWorks.VersionOf(campaign));
        var done = (await _world.Product.LaunchCampaign.LaunchAsync(campaign.Key)).ShouldBeOfType<CampaignCommand.Done>();
        done.Head.AudienceAtLaunch.ShouldBe(customers);
    }

    /// <summary>Coffee every 24 days up to 2025-09-22, tea every 12 days to the end, one late delivery.</summary>
    private async Task CoffeeStopsAsync()
    {
        await _world.CustomerAsync("c1");
        var first = new DateOnly(2025, 2, 18);
        var orders = Enumerable
            .Range(0, 32)
            .Select(i => OrderOf(first.AddDays(12 * i), i % 2 == 0 && i <= 18 ? ["tea", "coffee"] : ["tea"]))
            .ToArray();
        await _world.Product.RecordOrders.RunAsync("c1", orders, _world.Clock.Now);
        var on = DateTimeOffset.Parse("2026-02-27T12:00:00+01:00", null);
        await TellAsync(new ExperienceNews.Delivery("d1", on, "O-9", new(2026, 2, 23), new(2026, 2, 27), null, null));
    }

    private async Task TellAsync(ExperienceNews news) => await _world.Product.RecordExperience.RunAsync("c1", news, _world.Clock.Now);

    private async Task<Explanation> ExplainAsync(string day) =>
        (await _world.Product.ExplainCustomer.RunAsync("c1", _world.Product.Calendar.StartOf(DateOnly.Parse(day, null).AddDays(1))))!;

    private static Order OrderOf(DateOnly day, string[] families) =>
        new(
            "o" + day,
            new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(1)),
            DateTimeOffset.UnixEpoch,
            OrderStatus.Placed,
            new Money(40, "EUR"),
            0,
            [.. families.Select(f => new OrderLine("s-" + f, f, 1, 40m / families.Length, 0, null, null))],
            []
        );
}
