using RetentionFuncs.Campaigns;
using RetentionFuncs.Offers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class CampaignReadingTests
{
    private static CampaignTexts Texts => new();

    [Fact]
    public void A_sound_folder_has_no_findings_and_every_field_arrives()
    {
        var version = Texts.Version();
        var campaign = version.Campaign;
        campaign.Key.ShouldBe("win-back");
        campaign.Titles["zh-CN"].ShouldBe("老客唤回");
        campaign.Job.ShouldBe(CampaignJob.WinBack);
        campaign.Audience.ShouldBe("stage >= lapsing and spend > 20");
        campaign.Trigger.ShouldBe(new CampaignTrigger.StageEntered(LapseStage.Lapsing));
        campaign.Steps.ShouldBe([
            new JourneyStep.Message("hello", "hello", "primary", MessagePurpose.Care, 3, null),
            new JourneyStep.Wait("wait-after-hello", 7),
            new JourneyStep.Message("offer", "offer", "primary", MessagePurpose.Promotion, null, new PercentOffer(10, 14)),
        ]);
        campaign.ExitOnOrder.ShouldBeTrue();
        campaign.AttributionDays.ShouldBe(30);
        campaign.ControlShare.ShouldBe(0.15m);
        campaign.Priority.ShouldBe(40);
        campaign.Start.ShouldBe(new DateOnly(2026, 9, 1));
        campaign.End.ShouldBe(new DateOnly(2027, 9, 1));
        campaign.MessageBudget.ShouldBe(500);
        campaign.BacklogPerDay.ShouldBe(50);
        version.Sender.ReplyTo.ShouldBe("hello@birch.example");
        version.Sender.PostalAddress.ShouldBe("Birch & Reed GmbH\nLindenstraße 4, 10969 Berlin");
        version.Templates["hello"].Locales["en"].Text.ShouldBe("Hi {{name}},\n\nis everything all right?");
        version.Hash.Length.ShouldBe(26);
    }

    [Fact]
    public void What_is_left_out_has_its_stated_default()
    {
        const string Short = """
            schema: 1
            title: {en: Birthday, zh-CN: 生日}
            job: keep
            audience: everyone
            trigger: birthday
            steps:
              - message: {id: wish, template: hello, purpose: care}
            sender: shop
            """;
        var campaign = new CampaignTexts().With("win-back.yaml", Short).Read().Versions.ShouldHaveSingleItem().Campaign;
        campaign.Trigger.ShouldBe(new CampaignTrigger.BirthdayCame());
        (campaign.ExitOnOrder, campaign.AttributionDays, campaign.ControlShare, campaign.Priority).ShouldBe((true, 30, null, 50));
        (campaign.Start, campaign.End, campaign.MessageBudget, campaign.BacklogPerDay).ShouldBe((null, null, null, 0));
        campaign.Steps.ShouldBe([new JourneyStep.Message("wish", "hello", "primary", MessagePurpose.Care, null, null)]);
    }

    [Theory]
    [InlineData("{days_after_order: 14}")]
    [InlineData("\n  days_after_order: 14")]
    public void An_order_some_days_ago_can_be_the_trigger(string trigger) =>
        Texts
            .Change("win-back.yaml", "{stage: lapsing}", trigger)
            .Version()
            .Campaign.Trigger.ShouldBe(new CampaignTrigger.DaysAfterOrder(14));

    [Theory]
    [InlineData("{replenish: 7 days before}", 7)]
    [InlineData("{replenish: 1 day before}", 1)]
    [InlineData("{replenish: 0 days before}", 0)]
    [InlineData("{replenish: 7 天前}", 7)]
    public void The_end_of_what_was_bought_can_be_the_trigger(string trigger, int days)
    {
        var version = Texts.Change("win-back.yaml", "{stage: lapsing}", trigger).Version();

        version.Campaign.Trigger.ShouldBe(new CampaignTrigger.Replenish(days));
        CampaignVersionCodec.Read(CampaignVersionCodec.Write(version)).Campaign.Trigger.ShouldBe(version.Campaign.Trigger);
    }

    [Theory]
    [InlineData("{tier: up, to: key}", TierDirection.Up, ValueTier.Key)]
    [InlineData("{to: maintenance, tier: down}", TierDirection.Down, ValueTier.Maintenance)]
    [InlineData("{tier: near}", TierDirection.Near, null)]
    public void A_move_of_the_value_tier_can_be_the_trigger(string trigger, TierDirection direction, ValueTier? to)
    {
        var version = Texts.Change("win-back.yaml", "{stage: lapsing}", trigger).Version();

        version.Campaign.Trigger.ShouldBe(new CampaignTrigger.TierMoved(direction, to));
        CampaignVersionCodec.Read(CampaignVersionCodec.Write(version)).Campaign.Trigger.ShouldBe(version.Campaign.Trigger);
    }

    [Fact]
    public void Dates_are_kept_in_order()
    {
        var campaign = Texts.Change("win-back.yaml", "{stage: lapsing}", "{dates: [2027-02-06, 2026-09-25]}").Version().Campaign;
        campaign.Trigger.ShouldBeOfType<CampaignTrigger.DateList>().Dates.ShouldBe([new DateOnly(2026, 9, 25), new DateOnly(2027, 2, 6)]);
    }

    [Theory]
    [InlineData("- wait: {for: 2 weeks}", 14)]
    [InlineData("- wait: 1 day", 1)]
    [InlineData("- wait: 10天", 10)]
    [InlineData("- wait: {for: 2 周}", 14)]
    public void A_wait_is_written_as_people_say_it(string wait, int days) =>
        Texts.Change("win-back.yaml", "- wait: {for: 7 days}", wait).Version().Campaign.JourneyDays.ShouldBe(days);

    [Fact]
    public void Waits_without_id_are_named_after_the_step_before_them()
    {
        var steps = Texts.Change("win-back.yaml", "- wait: {for: 7 days}", "- wait: 3 days\n  - wait: 4 days").Read().Campaigns[0].Steps;
        steps.Select(s => s.Id).ShouldBe(["hello", "wait-after-hello", "wait-after-wait-after-hello", "offer"]);
    }

    [Theory]
    [InlineData("control: 15%", "control: auto", null)]
    [InlineData("control: 15%", "control: 0%", 0.0)]
    [InlineData("control: 15%", "control: 50", 0.5)]
    [InlineData("control: 15%\n", "", null)]
    public void Control_is_a_share_or_left_to_the_size_of_the_audience(string from, string to, double? share) =>
        Texts.Change("win-back.yaml", from, to).Version().Campaign.ControlShare.ShouldBe((decimal?)share);

    [Fact]
    public void A_folder_on_disk_reads_like_its_texts_and_other_files_are_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("campaigns").FullName;
        try
        {
            var version = Texts.Version();
            CampaignFiles.Write(folder, version);
            File.WriteAllText(Path.Combine(folder, "notes.txt"), "not a campaign");
            var read = CampaignFiles.Read(folder);
            read.Findings.ShouldBeEmpty();
            read.Versions.ShouldHaveSingleItem().Hash.ShouldBe(version.Hash);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_empty_folder_says_where_the_campaigns_may_be()
    {
        var folder = Directory.CreateTempSubdirectory("retention").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "campaigns"));
            CampaignFiles.Read(folder).Findings.ShouldHaveSingleItem().Hint!.En.ShouldBe("Did you mean the folder 'campaigns' in it?");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused_and_the_others_are_read()
    {
        var folder = Directory.CreateTempSubdirectory("campaigns").FullName;
        try
        {
            CampaignFiles.Write(folder, Texts.Version());
            File.WriteAllBytes(Path.Combine(folder, "gbk.yaml"), [0xC0, 0xCF, 0xBF, 0xCD]);
            var read = CampaignFiles.Read(folder);
            read.Findings.ShouldHaveSingleItem()
                .ToString()
                .ShouldBe("gbk.yaml: error: The file is not UTF-8 text. Save it again as UTF-8.");
            read.Versions.Count.ShouldBe(1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_campaign_with_an_error_in_its_template_makes_no_version()
    {
        var folder = Texts.Change("templates/offer.yaml", "{{offer_ends}}.\"", "{{offer_end}}.\"").Read();
        folder.Campaigns.Count.ShouldBe(1);
        folder.Versions.ShouldBeEmpty();
        folder.HasErrors.ShouldBeTrue();
    }
}
