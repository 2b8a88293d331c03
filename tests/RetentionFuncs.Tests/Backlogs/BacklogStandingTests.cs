using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Explanations;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Backlogs;

public sealed class BacklogStandingTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    private static LiveCampaign Live(int perDay, int startsIn = 0, int? endsIn = null) =>
        new(
            new CampaignHead("win-back", CampaignStatus.Live, "v", default, default(DateTimeOffset), Monday.AddDays(startsIn), 0, 0)
            {
                Backlog = new BacklogAtLaunch(1_234, 300, perDay),
            },
            CampaignWorks.VersionOf(
                CampaignWorks.WinBack() with
                {
                    BacklogPerDay = perDay,
                    End = endsIn is { } days ? Monday.AddDays(days) : null,
                }
            )
        );

    /// <summary>Places left today are used today, the rest at so many a day.</summary>
    [Theory]
    [InlineData(60, 0, false, 60, 0)]
    [InlineData(60, 0, false, 61, 1)]
    [InlineData(60, 60, false, 240, 4)]
    [InlineData(60, 60, false, 241, 5)]
    [InlineData(60, 50, false, 10, 0)]
    [InlineData(60, 50, false, 11, 1)]
    [InlineData(60, 50, true, 10, 1)]
    [InlineData(1, 1, false, 3, 3)]
    public void All_have_had_their_turn_on_the_day_that_the_places_last_until(int perDay, int given, bool through, int waiting, int days)
    {
        var state = new BacklogState(Monday, given, "", through, 0);
        BacklogStanding.Of(Live(perDay), state, waiting, Monday).ThroughOn.ShouldBe(Monday.AddDays(days));
    }

    [Fact]
    public void A_day_on_which_nothing_was_given_yet_has_all_its_places()
    {
        var standing = BacklogStanding.Of(Live(60), new BacklogState(Monday, 60, "9", true, 30), 100, Monday.AddDays(1));
        (standing.Day, standing.GivenThatDay, standing.Given, standing.ThroughOn).ShouldBe((Monday.AddDays(1), 0, 90, Monday.AddDays(2)));
    }

    [Fact]
    public void Before_the_first_day_it_counts_from_the_first_day() =>
        BacklogStanding.Of(Live(60, startsIn: 10), BacklogState.None, 60, Monday).ThroughOn.ShouldBe(Monday.AddDays(10));

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void A_campaign_that_ends_before_says_so(int endsIn, bool before)
    {
        var standing = BacklogStanding.Of(Live(60, endsIn: endsIn), BacklogState.None, 300, Monday);
        (standing.EndsOn, standing.ThroughOn).ShouldBe(
            before ? (Monday.AddDays(endsIn), null) : ((DateOnly?)null, (DateOnly?)Monday.AddDays(4))
        );
    }

    [Fact]
    public void Launch_and_report_tell_how_many_slipped_and_until_when_it_takes()
    {
        var live = Live(60);
        var launch = BacklogSentences.AtLaunch(live.Head)!;
        launch.En.ShouldBe(
            "1,234 customers had slipped past its trigger before; 300 of them are in the audience and wait in line, the most valuable first: 60 a day, through about 2026-03-06."
        );
        launch.Zh.ShouldBe(
            "上线前已有 1,234 位存量顾客进入该阶段，其中 300 位符合目标人群，按价值从高到低排队，每天 60 个名额，预计 2026-03-06 前后排完。"
        );
        var told = BacklogSentences.Of(BacklogStanding.Of(live, new BacklogState(Monday, 60, "", false, 0), 240, Monday));
        told.En.ShouldBe(
            "Backlog, the most valuable first: 1,234 had slipped before the launch, 300 of them in the audience. On 2026-03-02, 60 of 60 places were used, 60 in all; 240 wait, through about 2026-03-06."
        );
        told.Zh.ShouldBe(
            "存量顾客（价值高者优先）：上线前已有 1,234 人进入该阶段，其中 300 人符合目标人群。2026-03-02 已用名额 60/60，累计 60；还有 240 人排队，预计 2026-03-06 前后排完。"
        );
    }
}
