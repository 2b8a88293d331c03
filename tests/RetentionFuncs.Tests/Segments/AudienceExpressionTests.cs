using RetentionFuncs.Customers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Tests.Segments;

public sealed class AudienceExpressionTests
{
    private static AudienceFacts Anna => AudienceFactsOf.Anna;

    [Theory]
    [InlineData("value_tier >= major", true)]
    [InlineData("value_tier = key", false)]
    [InlineData("value_tier between standard and major", true)]
    [InlineData("value_tier in (key, 'Major')", true)]
    [InlineData("value_tier < ineffective", false)]
    [InlineData("expected_profit > 120.40 and chance_of_return <= 18 and chance_alive > 50", true)]
    [InlineData("chance_of_return < 18", false)]
    [InlineData("false_key and loyal and not potential", true)]
    public void Worth_and_chances_can_be_asked_for(string text, bool expected) =>
        Read(text)
            .Matches(Anna with { Value = new ValueFacts(ValueTier.Major, 300, 120.50m, true, false, true, 0.18, 0.99) })
            .ShouldBe(expected);

    [Theory]
    [InlineData("value_tier >= ineffective")]
    [InlineData("not (value_tier >= ineffective)")]
    [InlineData("value_tier != key")]
    [InlineData("chance_of_return < 100")]
    [InlineData("has_email and expected_profit >= 0")]
    public void What_is_not_known_neither_holds_nor_fails_to_hold(string text)
    {
        Read(text).Matches(Anna).ShouldBeFalse();
        Read(text).Explain(Anna)!.Actual.ShouldEndWith("unknown");
    }

    [Fact]
    public void Before_the_first_refit_nobody_is_a_false_key_account() => Read("not false_key and has_email").Matches(Anna).ShouldBeTrue();

    private static AudienceExpression Read(string text)
    {
        AudienceExpression
            .TryParse(text, out var expression, out var errors)
            .ShouldBeTrue(string.Join("; ", errors.Select(e => e.Render(text, "en"))));
        return expression;
    }

    [Theory]
    [InlineData("everyone", true)]
    [InlineData("not everyone", false)]
    [InlineData("stage >= lapsing and spend > 200 and country in (\"DE\", \"FR\") and not bought_once", false)]
    [InlineData("stage >= cooling and spend > 200 and country in (\"DE\", \"FR\") and not bought_once", true)]
    // both ends of between count
    [InlineData("days_silent between 90 and 120", true)]
    [InlineData("days_silent between 60 and 90", true)]
    [InlineData("days_silent between 91 and 120", false)]
    [InlineData("days_silent not between 91 and 120", true)]
    [InlineData("monetary_rank >= 4 or orders >= 5", true)]
    // and binds tighter than or, not tighter than and
    [InlineData("orders = 4 or orders = 9 and spend > 1000", true)]
    [InlineData("(orders = 4 or orders = 9) and spend > 1000", false)]
    [InlineData("not bought_once and has_email", true)]
    [InlineData("not (bought_once and has_email)", true)]
    [InlineData("not bought_once or not has_email", true)]
    [InlineData("not not has_email", true)]
    // amounts
    [InlineData("spend = 240.00", true)]
    [InlineData("spend > 239.99", true)]
    [InlineData("spend < -1", false)]
    [InlineData("average_order = 60", true)]
    // strings: case does not matter, a shorter locale covers its regions
    [InlineData("country = \"de\"", true)]
    [InlineData("country = DE", true)]
    [InlineData("country != \"DE\"", false)]
    [InlineData("country not in (\"FR\", \"IT\")", true)]
    [InlineData("locale = \"de\"", true)]
    [InlineData("locale = \"DE-de\"", true)]
    [InlineData("locale = \"de-AT\"", false)]
    [InlineData("kind = person", true)]
    [InlineData("kind = account", false)]
    [InlineData("kind in (account, person)", true)]
    [InlineData("STAGE = Cooling AND Has_Email", true)]
    // signals
    [InlineData("likely_reason = price", true)]
    [InlineData("likely_reason in (forgot, unknown)", false)]
    [InlineData("partial_defection and discount_share >= 75", true)]
    [InlineData("discount_share > 75", false)]
    [InlineData("families between 2 and 3", true)]
    public void An_audience_says_who_is_in_it(string text, bool expected) => Read(text).Matches(Anna).ShouldBe(expected);

    [Theory]
    // new and active are the same height, and yet two names
    [InlineData(LapseStage.New, "stage = new", true)]
    [InlineData(LapseStage.New, "stage = active", false)]
    [InlineData(LapseStage.New, "stage >= active", true)]
    [InlineData(LapseStage.Active, "stage <= new", true)]
    [InlineData(LapseStage.Active, "stage > new", false)]
    [InlineData(LapseStage.Active, "stage < cooling", true)]
    [InlineData(LapseStage.Lapsed, "stage between lapsing and lost", true)]
    [InlineData(LapseStage.Cooling, "stage between lapsing and lost", false)]
    [InlineData(LapseStage.Lost, "stage in (new, lost)", true)]
    [InlineData(LapseStage.Lost, "stage > lapsed", true)]
    [InlineData(LapseStage.Lapsed, "stage > lapsed", false)]
    public void Stages_compare_by_how_far_a_customer_has_slipped(LapseStage stage, string text, bool expected) =>
        Read(text).Matches(Anna with { Stage = stage }).ShouldBe(expected);

    [Fact]
    public void The_locale_zh_covers_its_regions_and_not_its_namesakes()
    {
        var chinese = Read("locale = \"zh\"");
        foreach (var locale in (string[])["zh", "zh-CN", "ZH-tw", "zh_CN", "zh-Hant-TW"])
        {
            chinese.Matches(Anna with { Locale = locale }).ShouldBeTrue(locale);
        }

        foreach (var locale in (string?[])["zhx", "en", "", null])
        {
            chinese.Matches(Anna with { Locale = locale }).ShouldBeFalse(locale);
        }
    }

    [Fact]
    public void An_unknown_country_is_in_no_list_and_outside_every_list()
    {
        var nowhere = Anna with { Country = null };
        Read("country in (\"DE\", \"FR\")").Matches(nowhere).ShouldBeFalse();
        Read("country not in (\"DE\", \"FR\")").Matches(nowhere).ShouldBeTrue();
        Read("country != \"DE\"").Matches(nowhere).ShouldBeTrue();
    }

    [Theory]
    [InlineData("stage>=lapsing  AND (spend>200.50)", "stage >= lapsing and spend > 200.5")]
    [InlineData("days_silent == 60", "days_silent = 60")]
    [InlineData("country in (de,'fr', de)", "country in (\"DE\", \"FR\")")]
    [InlineData("locale = \"ZH-cn\"", "locale = \"zh-CN\"")]
    [InlineData("not (country in (DE))", "country not in (\"DE\")")]
    [InlineData("bought_once and (has_email and consent)", "bought_once and has_email and consent")]
    [InlineData("bought_once and has_email or consent", "(bought_once and has_email) or consent")]
    [InlineData("not (has_email or consent)", "not (has_email or consent)")]
    // what a Chinese input method writes
    [InlineData(
        "spend ＞＝ 200 and （country in （“DE”，“FR”）） or orders ≥ 5",
        "(spend >= 200 and country in (\"DE\", \"FR\")) or orders >= 5"
    )]
    [InlineData("orders ≠ 2 and orders ≤ 9 and orders ！＝ 3", "orders != 2 and orders <= 9 and orders != 3")]
    public void One_expression_has_one_spelling(string text, string canonical)
    {
        Read(text).ToString().ShouldBe(canonical);
        Read(text).ShouldBe(Read(canonical));
    }

    [Theory]
    [InlineData("spend > 500", "spend > 500", "spend 240.00")]
    [InlineData("has_email and spend > 500", "spend > 500", "spend 240.00")]
    [InlineData("has_email and (orders > 9 or spend > 500)", "orders > 9 or spend > 500", "orders 4, spend 240.00")]
    [InlineData("not has_email", "not has_email", "has_email yes")]
    [InlineData("stage >= lapsed", "stage >= lapsed", "stage cooling")]
    [InlineData("country = \"FR\" and bought_once", "country = \"FR\"", "country \"DE\"")]
    [InlineData(
        "orders > 9 or (has_email and bought_once)",
        "orders > 9 or (has_email and bought_once)",
        "orders 4, has_email yes, bought_once no"
    )]
    [InlineData("not everyone", "not everyone", "none")]
    public void Explain_names_the_condition_that_failed_and_the_facts(string text, string clause, string actual) =>
        Read(text).Explain(Anna).ShouldBe(new FailedClause(clause, actual));

    [Fact]
    public void Explain_says_nothing_about_a_customer_who_is_in() => Read("has_email").Explain(Anna).ShouldBeNull();

    [Fact]
    public void Explain_tells_an_unknown_country_as_unknown() =>
        Read("country = \"FR\"").Explain(Anna with { Country = null }).ShouldBe(new FailedClause("country = \"FR\"", "country unknown"));

    [Fact]
    public void Catalogue_079_a_bare_everyone_is_told_apart()
    {
        Read("everyone").IsEveryone.ShouldBeTrue();
        Read("(everyone)").IsEveryone.ShouldBeTrue();
        Read("everyone and has_email").IsEveryone.ShouldBeFalse();
    }

    [Theory]
    [InlineData("stage >= lapsed", LapseStage.Cooling, false)]
    [InlineData("stage >= lapsed", LapseStage.Lost, true)]
    [InlineData("stage >= lapsed and spend > 100", LapseStage.Cooling, false)]
    [InlineData("stage >= lapsed or spend > 100", LapseStage.Cooling, true)]
    [InlineData("not (stage >= lapsed and spend > 100)", LapseStage.Lapsed, true)]
    [InlineData("not stage >= lapsed and spend > 100", LapseStage.Lapsed, false)]
    [InlineData("bought_once", LapseStage.Lapsed, true)]
    public void Whether_a_stage_can_match_is_known_without_the_other_facts(string text, LapseStage stage, bool expected) =>
        Read(text).CouldMatchAt(stage).ShouldBe(expected);

    [Fact]
    public void Accounts_are_told_from_persons() =>
        Read("kind = account").Matches(Anna with { Kind = CustomerKind.Account }).ShouldBeTrue();
}
