using RetentionFuncs.Explanations;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;
using static RetentionFuncs.Tests.Scoring.Values.ValueWorks;

namespace RetentionFuncs.Tests.Explanations;

public sealed class ValueExplanationTests
{
    private static readonly BuyingHistory Key = Every(20, 19, 100) with { ProfitRate = 0.4m };
    private static readonly BuyingHistory[] Others = [.. Enumerable.Range(1, 20).Select(i => Every(25 + i, 5, 10))];

    [Fact]
    public void The_tier_is_told_with_every_number_it_rests_on()
    {
        var fit = Fit(20 / 365.0, spend: new SpendModel(6.25, 3.74, 15.44));
        var cuts = TierCutPoints.Of([.. Others, Key], fit, Today, "EUR", Plain);

        var told = ValueExplanation.Of(
            Assess(Key, cuts, new ValueSignals { Families = 4 }, fit),
            new TierStanding(ValueTier.Key, new DateOnly(2026, 2, 1), null, 7, "{}")
        )!;

        told.Sentences.ShouldHaveSingleItem()
            .En.ShouldBe(
                "Value key since 2026-02-01: 18 purchase days in a year (top 1 %); net spend EUR 1,800 in a year (top 1 %); "
                    + "profit rate 40%, the base has 40%; steady every 20 days, 4 families, customer for 380 days; "
                    + $"about EUR {told.Value.Worth.Expected!.Value:N0} expected in the next 365 days."
            );
        told.Sentences[0].Zh.ShouldStartWith("价值层级：关键客户（自 2026-02-01）。近一年 18 天有购买（前 1%）；");
    }

    [Fact]
    public void A_tier_recorded_after_the_day_asked_about_is_not_told()
    {
        var later = new TierStanding(ValueTier.Ineffective, Today.AddDays(1), null, 7, "{}");

        ValueExplanation
            .Of(Assess(Key, Measure(Plain, [.. Others, Key])), later)!
            .Sentences[0]
            .En.ShouldStartWith("Value key: 18 purchase days");
    }

    [Fact]
    public void A_tier_kept_by_leeway_says_what_the_numbers_of_today_would_give()
    {
        var kept = new TierStanding(ValueTier.Major, Today.AddDays(-9), null, 7, "{}");

        ValueExplanation
            .Of(Assess(Key, Measure(Plain, [.. Others, Key])), kept)!
            .Sentences[0]
            .En.ShouldStartWith($"Value major since {Today.AddDays(-9):yyyy-MM-dd} (by today's numbers key): ");
    }

    [Fact]
    public void A_false_key_account_is_named_with_its_reason_once()
    {
        var value = Assess(Key, Measure(Plain, [.. Others, Key]), new ValueSignals { ReturnShare = 0.5m });

        ValueExplanation
            .Of(value, null)!
            .Sentences.Skip(1)
            .Select(s => (s.En, s.Zh))
            .ShouldBe([("Not key: 50% of what was bought was given back.", "未列为关键客户：退货退款占消费额的 50%。")]);
    }

    [Fact]
    public void Near_tells_how_much_is_there_already()
    {
        var cuts = Measure(Plain, Every(20, 18, 100), Every(50, 2, 475), Every(50, 2, 200), Every(50, 2, 100));

        ValueExplanation
            .Of(Assess(Every(20, 18, 95), cuts), null)!
            .Sentences[^1]
            .ShouldBe(new RetentionFuncs.Findings.Phrase("Near key: 95 % of what it takes.", "接近关键客户：已达所需的 95%。"));
    }

    [Fact]
    public void Before_the_first_refit_nothing_is_told() => ValueExplanation.Of(null, null).ShouldBeNull();
}
