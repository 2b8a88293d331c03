using System.Globalization;
using RetentionFuncs.Campaigns;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class CampaignVersionTests
{
    private const string File = "win-back.yaml";

    private static CampaignTexts Texts => new();

    [Fact]
    public void The_hash_is_pinned() => Texts.Version().Hash.ShouldBe("ms7ygniz6y37kujykb7h242lua");

    [Theory]
    [InlineData("percent: 10,", "percent: 10.00%,")]
    [InlineData("minimum_order: 0}", "minimum_order: 0.0}")]
    [InlineData(", minimum_order: 0}", "}")]
    [InlineData("- wait: {for: 7 days}", "- wait: 1 week")]
    [InlineData("- wait: {for: 7 days}", "- wait: {for: 7 days, id: wait-after-hello}")]
    [InlineData("stage >= lapsing and spend > 20", "\"(Stage >= LAPSING) and (spend > 20.00)\"")]
    [InlineData(
        "job: win-back\naudience: stage >= lapsing and spend > 20",
        "# moved\naudience: stage >= lapsing and spend > 20\njob: 'win-back'"
    )]
    [InlineData("{en: Win back, zh-CN: 老客唤回}", "\n  zh-cn: 老客唤回 # first\n  EN: \"Win back\"")]
    [InlineData("control: 15%", "control: 15.0")]
    [InlineData("to: primary, ", "")]
    public void The_layout_of_the_file_does_not_enter_the_hash(string from, string to) =>
        Texts.Change(File, from, to).Version().Hash.ShouldBe(Texts.Version().Hash);

    [Theory]
    [InlineData(File, "percent: 10,", "percent: 10.5,")]
    [InlineData(File, "7 days", "8 days")]
    [InlineData(File, "spend > 20", "spend > 21")]
    [InlineData(File, "Win back", "Win Back")]
    [InlineData(File, "control: 15%", "control: auto")]
    [InlineData(File, "id: offer", "id: offer-2")]
    [InlineData(File, "valid_for: 3 days", "valid_for: 4 days")]
    [InlineData(File, "backlog: 50 per day", "backlog: 51 per day")]
    [InlineData(File, "start: 2026-09-01", "start: 2026-09-02")]
    [InlineData("templates/hello.yaml", "is everything", "is anything")]
    [InlineData("templates/offer.yaml", "立减", "减")]
    [InlineData("senders/shop.yaml", "10969", "10970")]
    public void Everything_a_campaign_refers_to_enters_the_hash(string file, string from, string to) =>
        Texts.Change(file, from, to).Version().Hash.ShouldNotBe(Texts.Version().Hash);

    [Fact]
    public void Line_endings_and_the_culture_do_not_enter_the_hash()
    {
        var expected = Texts.Version().Hash;
        Texts
            .With(File, CampaignTexts.Campaign.Replace("\n", "\r\n"))
            .With("templates/hello.yaml", CampaignTexts.Hello.Replace("\n", "\r\n"))
            .Version()
            .Hash.ShouldBe(expected);
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in (string[])["tr-TR", "ar-SA", "zh-CN", "de-DE", "fa-IR"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Texts.Version().Hash.ShouldBe(expected, culture);
                CampaignVersionCodec.Read(CampaignVersionCodec.Write(Texts.Version())).Hash.ShouldBe(expected, culture);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_version()
    {
        var random = new Random(2026);
        for (var i = 0; i < 400; i++)
        {
            var version = RandomVersions.Next(random);
            var folder = CampaignFiles.Read([.. CampaignFileWriter.TextsOf(version).Select(t => new CampaignText(t.File, t.Text))]);
            folder.Findings.Where(f => f.IsError).ShouldBeEmpty();
            var again = folder.Versions.ShouldHaveSingleItem();
            CampaignVersionCodec.Write(again).ShouldBe(CampaignVersionCodec.Write(version));
            again.Hash.ShouldBe(version.Hash);
        }
    }

    [Fact]
    public void What_is_stored_reads_back_as_the_same_version()
    {
        var random = new Random(2027);
        for (var i = 0; i < 400; i++)
        {
            var version = RandomVersions.Next(random);
            var again = CampaignVersionCodec.Read(CampaignVersionCodec.Write(version));
            CampaignVersionCodec.Write(again).ShouldBe(CampaignVersionCodec.Write(version));
            again.Campaign.Steps.ShouldBe(version.Campaign.Steps);
            again
                .Templates.Values.SelectMany(t => t.Locales)
                .ShouldBe(version.Templates.Values.SelectMany(t => t.Locales), ignoreOrder: true);
        }
    }

    [Fact]
    public void Catalogue_084_a_stored_version_of_a_newer_schema_is_refused_loudly()
    {
        var json = CampaignVersionCodec.Write(Texts.Version());
        Should
            .Throw<InvalidDataException>(() => CampaignVersionCodec.Read(json.Replace("{\"schema\":1,", "{\"schema\":2,")))
            .Message.ShouldContain("schema 2");
        foreach (
            var broken in (string[])
                [
                    "",
                    "{",
                    "[]",
                    "null",
                    "{\"schema\":\"1\"}",
                    "{\"schema\":1}",
                    "{\"schema\":1,\"version\":null}",
                    json.Replace("\"kind\":\"stage\"", "\"kind\":\"mood\""),
                    json.Replace("\"priority\":40,", ""),
                    json.Replace("\"priority\":40,", "\"priority\":40,\"mood\":1,"),
                    json.Replace("\"priority\":40,", "\"priority\":40,\"priority\":41,"),
                    json.Replace("\"job\":\"win-back\"", "\"job\":7"),
                    json.Replace("\"sender\":\"shop\"", "\"sender\":null"),
                    json[..^2],
                ]
        )
        {
            broken.ShouldNotBe(json);
            Should.Throw<InvalidDataException>(() => CampaignVersionCodec.Read(broken), broken);
        }
    }

    [Fact]
    public void A_stored_version_whose_content_was_changed_is_refused() =>
        Should
            .Throw<InvalidDataException>(() =>
                CampaignVersionCodec.Read(CampaignVersionCodec.Write(Texts.Version()).Replace("\"percent\":10", "\"percent\":90"))
            )
            .Message.ShouldContain("but its content has");

    [Fact]
    public void A_version_is_complete_or_not_made()
    {
        var version = Texts.Version();
        Should
            .Throw<ArgumentException>(() => CampaignVersions.Of(version.Campaign, version.Sender, [version.Templates["hello"]]))
            .Message.ShouldContain("needs the template 'offer'");
        Should.Throw<ArgumentException>(() =>
            CampaignVersions.Of(version.Campaign, version.Sender with { Key = "other" }, version.Templates.Values)
        );
        CampaignVersions
            .Of(
                version.Campaign,
                version.Sender,
                [.. version.Templates.Values, new MessageTemplate("spare", version.Templates["hello"].Locales)]
            )
            .Hash.ShouldBe(version.Hash);
    }

    [Fact]
    public void A_key_that_would_leave_the_folder_is_never_written()
    {
        var version = Texts.Version();
        Should.Throw<ArgumentException>(() =>
            CampaignFiles.Write("/nowhere", version with { Campaign = version.Campaign with { Key = "../up" } })
        );
    }

    [Fact]
    public void Export_says_which_files_it_replaced()
    {
        var folder = Directory.CreateTempSubdirectory("campaigns").FullName;
        try
        {
            CampaignFiles.Write(folder, Texts.Version()).Replaced.ShouldBeEmpty();
            CampaignFiles.Write(folder, Texts.Version()).Replaced.ShouldBeEmpty();
            CampaignFiles
                .Write(folder, Texts.Change("templates/hello.yaml", "is everything", "is anything").Version())
                .Replaced.ShouldBe(["templates/hello.yaml"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
