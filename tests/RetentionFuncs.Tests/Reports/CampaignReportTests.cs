using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Findings;
using RetentionFuncs.Reports;
using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Reports;

public sealed class CampaignReportTests
{
    private static readonly CampaignSentences English = new(new ReportWords("en"), "EUR");
    private static readonly CampaignSentences Chinese = new(new ReportWords("zh-CN"), "EUR");

    [Fact]
    public void Arms_are_compared_as_drawn_over_closed_windows_only()
    {
        var report = Report([
            .. Arm(TestArm.Treatment, 100, 20, 30),
            .. Arm(TestArm.Control, 50, 5, 30),
            .. Arm(TestArm.Treatment, 40, 40, 99, closed: false),
        ]);
        (report.Treated, report.Control, report.Open).ShouldBe((100, 50, 40));
        report.Conversion!.Difference.ShouldBe(0.1, 1e-12);
        report.Money!.Difference.ShouldBe(6 - 3, 1e-9);
    }

    [Fact]
    public void A_shown_effect_leads_with_points_interval_and_worth()
    {
        var report = Report([.. Arm(TestArm.Treatment, 1000, 142, 40), .. Arm(TestArm.Control, 1000, 71, 40)]);
        English
            .Headline(report)
            .ShouldBe("Win-back brought back 7.1 points more customers than doing nothing (95 % between 4.4 and 9.8); worth 2,840 EUR.");
        Chinese
            .Headline(report)
            .ShouldBe("“老客召回”让客户回流率比不触达高出 7.1 个百分点（95% 置信区间 4.4 至 9.8），带来增量收入 2,840 欧元。");
        English.Gained(report)!.ShouldStartWith("Extra customers: about 71 (44 to 98); extra revenue: 2,840 EUR (");
    }

    [Fact]
    public void An_effect_within_chance_is_not_claimed()
    {
        var report = Report([.. Arm(TestArm.Treatment, 60, 6, 40), .. Arm(TestArm.Control, 60, 4, 40)]);
        English.Headline(report).ShouldBe("Win-back: not shown yet whether it works (+3.3 points, 95 % between −7.4 and 14.3).");
        Chinese.Headline(report).ShouldContain("是否有效还看不出来");
        English.Power(report).ShouldStartWith("With 120 people (60 written to, 60 left alone) one can see a rise of ");
    }

    [Fact]
    public void Harm_is_called_harm()
    {
        var report = Report([.. Arm(TestArm.Treatment, 1000, 50, 40), .. Arm(TestArm.Control, 1000, 100, 40)]);
        English.Headline(report).ShouldStartWith("Win-back did harm: 5.0 points fewer customers ordered than if they had been left alone");
        Chinese.Headline(report).ShouldContain("适得其反");
    }

    [Fact]
    public void Without_anybody_to_compare_the_sentence_says_why()
    {
        English.Headline(Report([])).ShouldBe("Win-back has entered nobody yet.");
        English.Headline(Report(Arm(TestArm.Treatment, 9, 1, 10, closed: false))).ShouldContain("still within their 30 days");
        English.Headline(Report(Arm(TestArm.Treatment, 9, 1, 10))).ShouldContain("leaves nobody alone");
        English.Gained(Report([])).ShouldBeNull();
    }

    [Theory]
    [InlineData(700, 300, false)]
    [InlineData(685, 315, false)]
    [InlineData(500, 500, true)]
    [InlineData(1000, 0, true)]
    public void Arms_that_are_not_split_as_drawn_raise_a_warning(int treated, int control, bool warns)
    {
        var report = Report(
            [.. Arm(TestArm.Treatment, treated, 10, 40), .. Arm(TestArm.Control, control, Math.Min(10, control), 40)],
            share: 0.3m
        );
        report.DrawLooksWrong.ShouldBe(warns);
        (English.DrawWarning(report) is not null).ShouldBe(warns);
    }

    [Fact]
    public void The_truth_of_a_generated_shop_stands_beside_the_estimate()
    {
        var facts = Facts([.. Arm(TestArm.Treatment, 1000, 142, 40), .. Arm(TestArm.Control, 1000, 71, 40)], 0.5m);
        English
            .Truth(CampaignReport.Of(facts with { HiddenTruth = 0.06 }))!
            .ShouldEndWith("+6.0 points. The estimate says +7.1; its interval holds the truth.");
        English.Truth(CampaignReport.Of(facts with { HiddenTruth = 0.12 }))!.ShouldContain("misses the truth, as one in twenty does");
        English.Truth(CampaignReport.Of(facts)).ShouldBeNull();
    }

    [Fact]
    public void Win_back_leads_then_the_larger_and_those_without_an_answer_come_last()
    {
        CampaignFacts With(string key, CampaignJob job, int people) =>
            Facts(people == 0 ? [] : [.. Arm(TestArm.Treatment, people, 2, 10), .. Arm(TestArm.Control, people, 1, 10)], 0.5m) with
            {
                Key = key,
                Job = job,
            };

        var report = RetentionReport.Of(
            new DateOnly(2026, 6, 30),
            "Shop",
            "EUR",
            365,
            StageSeries.Empty,
            [
                With("empty", CampaignJob.WinBack, 0),
                With("care", CampaignJob.PreventLoss, 900),
                With("small", CampaignJob.WinBack, 10),
                With("big", CampaignJob.WinBack, 50),
            ],
            DeliveryCounts.None,
            []
        );
        report.Campaigns.Select(c => c.Key).ShouldBe(["big", "small", "care", "empty"]);
    }

    [Theory]
    [InlineData("zh-CN", "老客召回")]
    [InlineData("zh", "老客召回")]
    [InlineData("en-GB", "Win-back")]
    [InlineData("fr", "Win-back")]
    public void A_title_falls_back_to_a_related_language_then_to_English(string language, string title) =>
        Report([]).TitleIn(language).ShouldBe(title);

    [Fact]
    public void Skips_stand_with_the_most_people_first_and_empty_ones_are_left_out()
    {
        var facts = Facts([], 0.3m) with { Skips = [Skip("Cap", 3), Skip("Budget", 0), Skip("Consent", 20)] };
        var report = CampaignReport.Of(facts);
        report.Skips.Select(s => s.Gate).ShouldBe(["Consent", "Cap"]);
        report.Skipped.ShouldBe(23);
    }

    private static SkipCount Skip(string gate, int people) => new(gate, new Phrase(gate, gate), people);

    private static CampaignReport Report(IReadOnlyList<EntryOutcome> entries, decimal share = 0.5m) =>
        CampaignReport.Of(Facts(entries, share));

    private static CampaignFacts Facts(IReadOnlyList<EntryOutcome> entries, decimal share) =>
        new(
            "win-back",
            new Dictionary<string, string> { ["en"] = "Win-back", ["zh-CN"] = "老客召回" },
            CampaignJob.WinBack,
            30,
            share,
            entries,
            new Dictionary<TouchpointState, int>(),
            [],
            CouponCounts.None
        );

    private static List<EntryOutcome> Arm(TestArm arm, int people, int converted, decimal each, bool closed = true) =>
        [
            .. Enumerable
                .Range(0, people)
                .Select(i => new EntryOutcome(
                    new CustomerKey($"{arm}{i}"),
                    arm,
                    new DateOnly(2026, 4, 1),
                    "DE",
                    closed,
                    i < converted,
                    i < converted ? 1 : 0,
                    i < converted ? each : 0,
                    0
                )),
        ];
}
