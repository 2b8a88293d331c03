using RetentionFuncs.Findings;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class CampaignLintTests
{
    private const string File = "win-back.yaml";

    private static CampaignTexts Texts => new();

    /// <summary>Line and column are those of the changed file, counted from 1.</summary>
    [Theory]
    [InlineData("job: win-back", "job: winback", 3, 6, "'job' cannot be 'winback'. Did you mean 'win-back'?")]
    [InlineData("sender: shop", "sendr: shop", 15, 1, "The key 'sendr' is not known here. Did you mean 'sender'?")]
    [InlineData("stage: lapsing}", "stage: lapsd}", 5, 18, "'stage' cannot be 'lapsd'. Did you mean 'lapsed'?")]
    [InlineData("stage: lapsing}", "stage: active}", 5, 18, "'stage' cannot be 'active'. Known here: cooling, lapsing, lapsed, lost.")]
    [InlineData("{stage: lapsing}", "birthdy", 5, 10, "The trigger 'birthdy' is not known. Did you mean 'birthday'?")]
    [InlineData("{stage: lapsing}", "{dates: [2026-09-25, 2026-9-5]}", 5, 31, "'dates' cannot be '2026-9-5'. Write a day as 2026-09-25.")]
    [InlineData("{stage: lapsing}", "{dates: [2026-02-30]}", 5, 19, "'dates' cannot be '2026-02-30'. Write a day as 2026-09-25.")]
    [InlineData("{stage: lapsing}", "{dates: []}", 5, 18, "The list of dates is empty.")]
    [InlineData(
        "{stage: lapsing}",
        "{stage: lapsing, days_after_order: 3}",
        5,
        10,
        "A trigger is exactly one thing. Write one of {stage: lapsing}, {days_after_order: 14}, {replenish: 7 days before}, birthday, consent_requested, {dates: [2026-09-25]}, {tier: up, to: key}."
    )]
    [InlineData("{stage: lapsing}", "{tier: upp}", 5, 17, "'tier' cannot be 'upp'. Did you mean 'up'?")]
    [InlineData("{stage: lapsing}", "{tier: up, to: kay}", 5, 25, "'to' cannot be 'kay'. Did you mean 'key'?")]
    [InlineData("{stage: lapsing}", "{tier: up, too: key}", 5, 21, "The key 'too' is not known here. Did you mean 'to'?")]
    [InlineData(
        "{stage: lapsing}",
        "{tier: up, to: ineffective}",
        5,
        10,
        "No tier is below ineffective, so nobody rises to it. Write another tier, or leave 'to' out for any."
    )]
    [InlineData(
        "{stage: lapsing}",
        "{tier: near, to: ineffective}",
        5,
        10,
        "No tier is below ineffective, so nobody rises to it. Write another tier, or leave 'to' out for any."
    )]
    [InlineData(
        "{stage: lapsing}",
        "{tier: down, to: key}",
        5,
        10,
        "No tier is above key, so nobody moves down to it. Write another tier, or leave 'to' out for any."
    )]
    [InlineData("purpose: promotion", "purpose: advert", 12, 16, "'purpose' cannot be 'advert'. Known here: promotion, care, service.")]
    [InlineData("to: primary", "to: bayer", 7, 47, "'to' cannot be 'bayer'. Did you mean 'buyer'?")]
    [InlineData(
        "id: hello",
        "id: Hello There",
        7,
        19,
        "'id' cannot be 'Hello There'. Use lower-case letters, digits and dashes, at most 64, such as win-back-2."
    )]
    [InlineData("- wait: {for: 7 days}", "- pause: 7 days", 8, 5, "The step 'pause' is not known. Known here: message, wait.")]
    [InlineData("exit_on_order: true", "exit_on_order: yes", 14, 16, "'exit_on_order' cannot be 'yes'. Write true or false.")]
    [InlineData(
        "control: 15%",
        "control: 60%",
        17,
        10,
        "'control' cannot be '60%'. Write auto, or a percentage from 0 to 50, such as 15%."
    )]
    [InlineData("priority: 40", "priority: high", 18, 11, "'priority' cannot be 'high'. Write a whole number from 0 to 100.")]
    [InlineData("priority: 40", "priority: .nan", 18, 11, "'priority' cannot be '.nan'. Write a whole number from 0 to 100.")]
    [InlineData("messages: 500", "messages: 0", 21, 20, "'messages' cannot be '0'. Write a whole number from 1 to 2147483647.")]
    [InlineData(
        "backlog: 50 per day",
        "backlog: 50",
        22,
        10,
        "'backlog' cannot be '50'. Write a number per day such as 50 per day, from 0 to 1000000."
    )]
    [InlineData("sender: shop", "sender: shopp", 15, 9, "There is no file senders/shopp.yaml. Did you mean 'shop'?")]
    [InlineData("template: hello", "template: helo", 7, 36, "There is no file templates/helo.yaml. Did you mean 'hello'?")]
    [InlineData("spend > 20", "spnd > 20", 4, 32, "In the audience, column 22: The name 'spnd' is not known. Did you mean 'spend'?")]
    [InlineData("zh-CN: 老客唤回", "chinese: 老客唤回", 2, 23, "'chinese' is not a locale. Write a locale such as en, de-AT or zh-CN.")]
    public void A_mistake_is_found_with_its_place_and_a_way_out(string from, string to, int line, int column, string sentence)
    {
        var finding = Texts.Change(File, from, to).Read().Findings.First(f => f.Line == line);
        (finding.File, finding.Line, finding.Column).ShouldBe((File, line, column));
        finding.IsError.ShouldBeTrue();
        finding.Describe("en").ShouldBe($"{File}:{line}:{column}: error: {sentence}");
        finding.Message.Zh.ShouldContain(c => c > 0x4E00, "a Chinese sentence");
    }

    [Theory]
    [InlineData("job: win-back\n", "'job' is missing.")]
    [InlineData("audience: stage >= lapsing and spend > 20\n", "'audience' is missing.")]
    [InlineData("trigger: {stage: lapsing}\n", "'trigger' is missing.")]
    [InlineData("sender: shop\n", "'sender' is missing.")]
    [InlineData("title: {en: Win back, zh-CN: 老客唤回}\n", "'title' is missing.")]
    public void What_must_be_there_is_missed(string line, string message) =>
        Texts.Change(File, line, "").Finding().Message.En.ShouldBe(message);

    [Theory]
    [InlineData("{for: 7 days}", "{for: 0 days}")]
    [InlineData("{for: 7 days}", "{for: -7 days}")]
    [InlineData("{for: 7 days}", "{for: 7}")]
    [InlineData("{for: 7 days}", "{for: 1.5 days}")]
    [InlineData("{for: 7 days}", "{for: 2000000000 days}")]
    [InlineData("valid_for: 3 days", "valid_for: 0 days")]
    [InlineData("attribution: 30 days", "attribution: -1 days")]
    [InlineData("{stage: lapsing}", "{days_after_order: 0}")]
    [InlineData("{stage: lapsing}", "{days_after_order: -14}")]
    public void Catalogue_073_negative_and_zero_delays_are_refused(string from, string to) =>
        Texts.Change(File, from, to).Read().Findings.ShouldContain(f => f.IsError && f.Message.En.Contains("cannot be '"));

    [Theory]
    [InlineData("end: 2027-09-01", "end: 2026-09-01")]
    [InlineData("end: 2027-09-01", "end: 2025-09-01")]
    public void Catalogue_073_an_end_that_is_not_after_the_start_is_refused(string from, string to)
    {
        var finding = Texts.Change(File, from, to).Finding();
        (finding.Line, finding.IsError, finding.Message.En).ShouldBe((20, true, "The end is not after the start."));
    }

    [Theory]
    [InlineData("templates/hello.yml", CampaignTexts.Hello)]
    [InlineData("senders/shop.yml", CampaignTexts.Sender)]
    [InlineData("win-back.yml", CampaignTexts.Campaign)]
    public void Catalogue_074_two_files_for_one_key_are_refused(string file, string text)
    {
        var finding = Texts.With(file, text).Finding();
        (finding.File, finding.IsError).ShouldBe((file, true));
        finding.Message.En.ShouldStartWith("There is already a file for the key");
    }

    [Theory]
    [InlineData("Win-Back.yaml")]
    [InlineData("win back.yaml")]
    [InlineData("老客.yaml")]
    public void A_file_name_that_is_no_key_is_refused(string file) =>
        Texts.With(file, CampaignTexts.Campaign).Finding().Message.En.ShouldEndWith("is not a key.");

    [Fact]
    public void Catalogue_075_a_step_id_twice_is_refused_and_steps_have_no_jumps()
    {
        Texts.Change(File, "id: offer", "id: hello").Finding().Message.En.ShouldBe("The step id 'hello' is taken by line 7.");
        Texts
            .Change(File, "      purpose: promotion", "      purpose: promotion\n      next: hello")
            .Finding()
            .Message.En.ShouldBe("The key 'next' is not known here.");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100")]
    [InlineData("150")]
    [InlineData("-5")]
    [InlineData("0%")]
    [InlineData(".inf")]
    [InlineData("ten")]
    public void Catalogue_076_a_discount_of_nothing_or_everything_is_refused(string percent)
    {
        var finding = Texts.Change(File, "percent: 10,", $"percent: {percent},").Finding();
        (finding.Line, finding.Column).ShouldBe((13, 24));
        finding.Hint!.En.ShouldBe("Write a percentage strictly between 0 and 100, such as 15%.");
    }

    [Fact]
    public void An_offer_under_another_name_than_promotion_is_refused() =>
        Texts
            .Change(File, "purpose: promotion", "purpose: service")
            .Finding()
            .Message.En.ShouldBe("A message with an offer is a promotion, whatever it is called.");

    [Fact]
    public void Win_back_that_begins_with_a_discount_gets_a_word_of_advice()
    {
        var folder = Texts
            .Change(File, "- message: {id: hello, template: hello, to: primary, purpose: care, valid_for: 3 days}", "- wait: 1 day")
            .With("templates/hello.yaml", CampaignTexts.Offer)
            .Read();
        var advice = folder.Findings.Single(f => f.File == File);
        advice.Severity.ShouldBe(LintSeverity.Warning);
        advice.Message.En.ShouldStartWith("The first thing a lapsed customer hears is a discount.");
        folder.Versions.Count.ShouldBe(1, "advice does not refuse");
    }

    [Fact]
    public void The_same_discount_in_a_campaign_that_keeps_customers_is_no_matter() =>
        Texts
            .Change(File, "job: win-back", "job: keep")
            .Change(File, "template: hello", "template: offer")
            .Read()
            .Findings.ShouldNotContain(f => f.Message.En.StartsWith("The first thing"));

    [Theory]
    [InlineData(
        "attribution: 30 days",
        "attribution: 7 days",
        "Orders count for 7 days, but the last step comes after 7: its effect would not be seen."
    )]
    [InlineData("  - wait: {for: 7 days}\n", "", "This message goes out together with the one before it.")]
    public void A_journey_that_works_badly_is_a_warning(string from, string to, string message)
    {
        var finding = Texts.Change(File, from, to).Finding();
        (finding.Severity, finding.Message.En).ShouldBe((LintSeverity.Warning, message));
    }

    [Fact]
    public void A_wait_at_the_end_is_pointed_out() =>
        Texts
            .Change(File, "exit_on_order", "  - wait: 3 days\nexit_on_order")
            .Finding()
            .Message.En.ShouldBe("Nothing comes after this wait, so it is never reached for anything.");

    [Fact]
    public void Steps_nobody_can_reach_are_refused()
    {
        Texts.Change(File, "messages: 500", "messages: 1").Finding().Message.En.ShouldBe("A budget of 1 messages never reaches this step.");
        Texts
            .Change(File, "stage >= lapsing and", "stage >= lapsed and")
            .Finding()
            .Message.En.ShouldBe("No customer who has just become lapsing can be in this audience.");
        Texts
            .Change(File, "{stage: lapsing}", "{dates: [2026-09-25, 2027-09-01]}")
            .Finding()
            .Message.En.ShouldBe("The campaign does not run on 2027-09-01.");
    }

    [Fact]
    public void Two_campaigns_with_the_same_claim_to_the_same_moment_are_pointed_out()
    {
        var finding = Texts.With("again.yaml", CampaignTexts.Campaign).Finding();
        (finding.File, finding.Line, finding.Severity).ShouldBe((File, 5, LintSeverity.Warning));
        finding.Message.En.ShouldBe("Campaign 'again' has the same trigger and the same priority, so nothing decides which goes first.");
        Texts.With("again.yaml", CampaignTexts.Campaign.Replace("priority: 40", "priority: 41")).Read().Findings.ShouldBeEmpty();
        var later = CampaignTexts.Campaign.Replace("start: 2026-09-01", "start: 2027-09-01").Replace("end: 2027-09-01", "end: 2028-09-01");
        Texts.With("again.yaml", later).Read().Findings.ShouldBeEmpty("one ends on the day the other begins");
    }

    [Fact]
    public void A_sender_needs_a_place_in_the_world_and_a_mailbox_that_is_read()
    {
        const string Sender = "senders/shop.yaml";
        var start = CampaignTexts.Sender.IndexOf("postal_address", StringComparison.Ordinal);
        Texts.With(Sender, CampaignTexts.Sender[..start]).Finding().Message.En.ShouldBe("'postal_address' is missing.");
        Texts
            .With(Sender, CampaignTexts.Sender[..start] + "postal_address: \" \"")
            .Finding()
            .Message.En.ShouldBe("The postal address is empty.");
        Texts
            .Change(Sender, "hello@birch.example", "hello@@birch.example")
            .Finding()
            .Message.En.ShouldBe("'from_address' has two @ signs.");
        Texts.Change(Sender, "hello@", "no-reply@").Finding().Message.En.ShouldStartWith("Replies go nowhere");
        Texts
            .Change(Sender, "Birch & Reed,", "hello@birch.example,")
            .Finding()
            .Message.En.ShouldBe("The name for en is an address; receivers distrust that.");
        Texts.Change(Sender, "hello@birch.example", "birch.reed@gmail.com").Finding().Severity.ShouldBe(LintSeverity.Warning);
    }

    [Fact]
    public void Findings_speak_Chinese_too() =>
        Texts
            .Change(File, "job: win-back", "job: winback")
            .Finding()
            .Describe("zh-CN")
            .ShouldBe("win-back.yaml:3:6: 错误: “job”不能是“winback”。 是不是想写“win-back”？");
}
