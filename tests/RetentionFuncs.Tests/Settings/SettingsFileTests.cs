using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Tests.Settings;

public sealed class SettingsFileTests
{
    private const string Full = """
        schema: 1
        name: Birch & Reed
        zone: Europe/Berlin
        currency: EUR
        locale: de-at
        public_url: https://mail.birch.example/
        shop_url: https://birch.example
        lapse: {rule: fixed-days, cooling: 30, lapsing: 60, lapsed: 180, lost: 400}
        cap: {messages: 3, days: 14}
        quiet_hours: {from: 21:00, to: "08:30"}
        """;

    private static BusinessSettings Settings(string text)
    {
        var reading = SettingsFile.Parse(text);
        reading.Findings.ShouldBeEmpty();
        return reading.Settings.ShouldNotBeNull();
    }

    private static string Changed(string from, string to)
    {
        Full.ShouldContain(from);
        return Full.Replace(from, to);
    }

    [Fact]
    public void Every_field_arrives()
    {
        Settings(Full)
            .ShouldBe(
                new BusinessSettings(
                    "Birch & Reed",
                    "Europe/Berlin",
                    "EUR",
                    "de-AT",
                    "https://mail.birch.example",
                    new LapseRule.FixedDays(new LapseBands(30, 60, 180, 400)),
                    new FrequencyCap(3, 14),
                    new QuietHours(new TimeOnly(21, 0), new TimeOnly(8, 30))
                )
                {
                    ShopUrl = "https://birch.example",
                }
            );
    }

    [Fact]
    public void What_is_left_out_has_its_stated_default()
    {
        var settings = Settings("name: A\nzone: UTC\ncurrency: CNY\nlocale: zh-CN\npublic_url: http://localhost:5080");
        settings.LapseRule.ShouldBe(LapseRule.Default);
        settings.Cap.ShouldBe(FrequencyCap.Default);
        settings.QuietHours.ShouldBe(QuietHours.Default);
        (settings.ShopUrl, settings.Sandbox).ShouldBe((null, false));
    }

    [Fact]
    public void Worth_is_measured_as_the_settings_say()
    {
        var value = Settings(
            Full
                + "\nvalue: {margin: 40%, shares: {key: 40%, major: 70%, standard: 90%, maintenance: 98%}, horizon: 26 weeks, yearly_discount: 8.5%}"
        ).Value;

        value.ShouldBe(new ValueSettings(0.4m, new TierShares(0.4m, 0.7m, 0.9m, 0.98m), 182, 0.085m));
        Settings(Full).Value.ShouldBe(ValueSettings.Default);
        Settings(Full + "\nvalue: {margin: 0%}").Value.ShouldBe(ValueSettings.Default with { DefaultMargin = 0 });
    }

    [Theory]
    [InlineData("value: {margin: 140%}", "'margin' cannot be '140%'.")]
    [InlineData("value: {horizon: 5 years}", "'horizon' cannot be '5 years'.")]
    [InlineData("value: {margins: 40%}", "The key 'margins' is not known here.")]
    [InlineData("value: {shares: {key: 50%, major: 80%, standard: 95%}}", "'maintenance' is missing.")]
    [InlineData(
        "value: {shares: {key: 80%, major: 50%, standard: 95%, maintenance: 99%}}",
        "The shares of the tiers do not follow one another."
    )]
    public void Wrong_words_about_worth_are_pointed_at(string line, string message) =>
        SettingsFile.Parse(Full + "\n" + line).Findings.ShouldContain(f => f.IsError && f.Line == 11 && f.Message.En.StartsWith(message));

    [Fact]
    public void A_rhythm_of_their_own_is_written_in_multiples()
    {
        var text = Changed(
            "{rule: fixed-days, cooling: 30, lapsing: 60, lapsed: 180, lost: 400}",
            "{rule: own-rhythm, cooling: 2, lapsing: 3.5, lapsed: 6, lost: 12, starting_gap: 45 days}"
        );
        Settings(text).LapseRule.ShouldBe(new LapseRule.OwnRhythm(45, 2, 3.5m, 6, 12));
        Settings(text.Replace(", starting_gap: 45 days", "")).LapseRule.ShouldBe(new LapseRule.OwnRhythm(60, 2, 3.5m, 6, 12));
    }

    [Fact]
    public void Stages_by_the_chance_of_return_are_percent_of_the_chance_after_an_order()
    {
        const string Fixed = "{rule: fixed-days, cooling: 30, lapsing: 60, lapsed: 180, lost: 400}";
        Settings(Changed(Fixed, "{rule: chance-of-return, cooling: 80, lapsed: 20, horizon: 6 weeks}"))
            .LapseRule.ShouldBe(
                new LapseRule.ChanceOfReturn(42, new ReturnLevels(0.8, 0.5, 0.2, 0.1), new LapseRule.OwnRhythm(60, 2, 3, 6, 12))
            );
        SettingsFile
            .Parse(Changed(Fixed, "{rule: chance-of-return, cooling: 50, lapsing: 60}"))
            .Findings.ShouldContain(f => f.IsError && f.Describe("en").Contains("each number must be smaller than the one before"));
    }

    [Fact]
    public void No_quiet_hours_means_every_hour_will_do() =>
        Settings(Changed("{from: 21:00, to: \"08:30\"}", "none")).QuietHours.Contains(new TimeOnly(3, 0)).ShouldBeFalse();

    [Theory]
    [InlineData("Birch & Reed", "Asia/Shanghai", "CNY", "zh-CN")]
    [InlineData("O'Hara: tea \"and\" more #1", "Europe/Berlin", "EUR", "en")]
    [InlineData("桦木与芦苇", "America/New_York", "USD", "en")]
    public void The_default_text_reads_without_findings_whatever_the_name(string name, string zone, string currency, string locale)
    {
        var settings = Settings(SettingsFile.Default(name, zone, currency));
        (settings.Name, settings.Zone, settings.Currency, settings.Locale).ShouldBe((name, zone, currency, locale));
        settings.LapseRule.ShouldBe(new LapseRule.ChanceOfReturn(null, ReturnLevels.Default, new LapseRule.OwnRhythm(60, 2, 3, 6, 12)));
        (settings.Cap, settings.QuietHours).ShouldBe((FrequencyCap.Default, QuietHours.Default));
    }

    [Theory]
    [InlineData("zone: Europe/Berlin", "zone: Europe/Berln", 3, 7, "'Europe/Berln' is not a time zone. Did you mean 'Europe/Berlin'?")]
    [InlineData(
        "zone: Europe/Berlin",
        "zone: China Standard Time",
        3,
        7,
        "'China Standard Time' is not a time zone. Windows calls it that; write Asia/Shanghai."
    )]
    [InlineData("currency: EUR", "currency: eur", 4, 11, "'eur' is not a currency. Write EUR.")]
    [InlineData(
        "currency: EUR",
        "currency: RMB",
        4,
        11,
        "'RMB' is not a currency. Write the three letters of ISO 4217, such as EUR or CNY."
    )]
    [InlineData("locale: de-at", "locale: german", 5, 9, "'german' is not a locale. Write a locale such as en, de-AT or zh-CN.")]
    [InlineData(
        "https://mail.birch.example/",
        "mail.birch.example",
        6,
        13,
        "'public_url' cannot be 'mail.birch.example'. Write a web address such as https://mail.shop.example, without ? or #."
    )]
    [InlineData(
        "https://mail.birch.example/",
        "ftp://mail.birch.example",
        6,
        13,
        "'public_url' cannot be 'ftp://mail.birch.example'. Write a web address such as https://mail.shop.example, without ? or #."
    )]
    [InlineData(
        "lapsing: 60",
        "lapsing: 30",
        8,
        8,
        "The stages do not follow one another. Each number must be larger than the one before: cooling, lapsing, lapsed, lost."
    )]
    [InlineData("lapsing: 60", "lapsing: 0", 8, 49, "'lapsing' cannot be '0'. Write a whole number from 1 to 3650.")]
    [InlineData(
        "rule: fixed-days",
        "rule: fixed",
        8,
        15,
        "'rule' cannot be 'fixed'. Known here: chance-of-return, fixed-days, own-rhythm."
    )]
    [InlineData("messages: 3", "messages: 0", 9, 17, "'messages' cannot be '0'. Write a whole number from 1 to 1000.")]
    [InlineData("21:00", "24:00", 10, 21, "'from' cannot be '24:00'. Write a time of day as \"20:00\".")]
    [InlineData("21:00", "\"08:30\"", 10, 14, "Quiet hours begin and end at the same time. Write quiet_hours: none if there are none.")]
    [InlineData("cap:", "caps:", 9, 1, "The key 'caps' is not known here. Did you mean 'cap'?")]
    [InlineData(
        "schema: 1",
        "schema: 2",
        1,
        9,
        "Schema 2 is newer than this program knows (1); nothing of the file was read. Update RetentionFuncs."
    )]
    public void A_mistake_is_found_with_its_place_and_a_way_out(string from, string to, int line, int column, string sentence)
    {
        var reading = SettingsFile.Parse(Changed(from, to));
        reading.Settings.ShouldBeNull();
        reading.Findings[0].ToString().ShouldBe($"retention.yaml:{line}:{column}: error: {sentence}");
    }

    [Fact]
    public void Public_pages_without_encryption_are_a_warning_and_still_read()
    {
        var reading = SettingsFile.Parse(Changed("https://mail", "http://mail"));
        reading.Findings.ShouldHaveSingleItem().Severity.ShouldBe(LintSeverity.Warning);
        reading.Settings.ShouldNotBeNull();
    }

    [Fact]
    public void A_missing_file_says_how_to_make_one() =>
        SettingsFile
            .Read("/nowhere/retention.yaml")
            .Findings.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe("retention.yaml: error: The settings file does not exist. Run 'retention init' to make one.");

    [Fact]
    public void A_file_on_disk_may_begin_with_a_byte_order_mark()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Full, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            SettingsFile.Read(path).Settings.ShouldNotBeNull().Name.ShouldBe("Birch & Reed");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
