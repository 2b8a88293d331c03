using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Keeping;
using RetentionFuncs.Reports;
using RetentionFuncs.Reports.TextReports;
using RetentionFuncs.Reviews;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Backlogs;

/// <summary>What explain and the report say of a backlog, and what of it is kept.</summary>
public sealed class BacklogTellingTests
{
    private readonly TripWorld _world = new();

    /// <summary>Four of five in the audience, two places a day, the first day over.</summary>
    private async Task<string[]> FirstDayAsync()
    {
        await _world.SlippedAsync(5);
        var byWorth = BacklogWorks.ByWorth(5);
        await _world.CustomerAsync(byWorth[4], n => n with { Country = "FR" });
        await _world.LaunchAsync(BacklogWorks.Backlog(2, "country = \"DE\""));
        await _world.TickAsync("2026-03-02");
        return byWorth;
    }

    private async Task<string> ToldAsync(string customer, string until = "2026-03-03T00:00:00+01:00") =>
        (await _world.Product.ExplainCustomer.RunAsync(customer, DateTimeOffset.Parse(until, null)))!.Campaigns.Single().Summary.En;

    [Fact]
    public async Task Explain_tells_who_waits_how_many_are_ahead_and_about_when_the_turn_comes()
    {
        var byWorth = await FirstDayAsync();

        (await ToldAsync(byWorth[0])).ShouldContain("a message was planned");
        (await ToldAsync(byWorth[2])).ShouldBe(
            "Waits in line for a place: it happened on 2026-01-29, before the campaign began, and 2 a day are let in, the most valuable first. 0 are ahead, so the turn comes about 2026-03-03."
        );
        (await ToldAsync(byWorth[3])).ShouldContain("1 is ahead, so the turn comes about 2026-03-03.");
        (await ToldAsync(byWorth[3], "2026-03-02T09:59:00+01:00")).ShouldNotContain("in line");
        (await ToldAsync(byWorth[4])).ShouldStartWith(
            "No place in the backlog: it happened on 2026-01-29, before the campaign began, and the customer is not in the audience – it "
        );
    }

    [Fact]
    public async Task Explain_tells_what_stood_in_the_way_of_who_had_a_turn_and_still_waits()
    {
        await _world.SlippedAsync(2);
        await _world.LaunchAsync(BacklogWorks.Backlog(1) with { Priority = 60 });
        await _world.LaunchAsync(BacklogWorks.Backlog(1) with { Key = "weaker" });
        await _world.TickAsync("2026-03-02");
        var first = BacklogWorks.ByWorth(2)[0];

        var told = (await _world.Product.ExplainCustomer.RunAsync(first, DateTimeOffset.Parse("2026-03-03T00:00:00+01:00", null)))!;
        told.Campaigns.Single(c => c.Campaign == "weaker").Summary.En.ShouldContain("When the turn came last, it waited because");
    }

    [Fact]
    public async Task The_report_tells_how_many_slipped_entered_and_wait_and_until_when()
    {
        await FirstDayAsync();

        var report = await _world.Product.BuildReport.RunAsync(new DateOnly(2026, 3, 2));
        var day = new DateOnly(2026, 3, 2);
        report.Campaigns.Single().Backlog.ShouldBe(new BacklogStanding(day, 2, 5, 4, 2, 2, 2, day.AddDays(1), null));
        string.Join(' ', TextReport.Write(report, "en").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldContain("5 had slipped before the launch, 4 of them in the audience. On 2026-03-02, 2 of 2 places were used");
        ReportJson.Write(report).ShouldContain("\"throughOn\": \"2026-03-03\"");
    }

    [Fact]
    public async Task Who_is_erased_leaves_the_line()
    {
        var byWorth = await FirstDayAsync();
        await _world.Product.EraseCustomer.RunAsync(new ErasureWish(byWorth[2], null, true, "tester", "asked"));

        _world.Store.Everything(StoreTable.Campaigns).ShouldNotContain(r => r.Row.Key.Contains(_world.KeyOf(byWorth[2]).Value));
        await _world.TickAsync("2026-03-03");
        (await _world.EnteredAsync(5)).On("2026-03-03").ShouldBe([byWorth[3]]);
    }

    [Fact]
    public async Task A_review_planned_for_the_backlog_by_an_earlier_version_puts_the_customer_in_line()
    {
        var byWorth = await FirstDayAsync();
        var key = _world.KeyOf(byWorth[2]);
        await new WaitingLine(_world.Rows, "win-back").RemoveAsync(key);
        await new DueIndex(_world.Rows).AddAsync(new DueRow(new DateOnly(2026, 3, 3), DueKind.Backlog, key, "win-back|2025-10-01"));

        await _world.TickAsync("2026-03-03");
        (await _world.EnteredAsync(5)).On("2026-03-03").ShouldBe(byWorth[2..4], ignoreOrder: true);
    }
}
