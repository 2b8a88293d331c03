using RetentionFuncs.Settings;

namespace RetentionFuncs.Tests.Settings;

public sealed class TopicSettingsTests
{
    private const string Before =
        "schema: 1\nname: Birch\nzone: Europe/Berlin\ncurrency: EUR\nlocale: en\npublic_url: https://mail.birch.example\n";

    [Fact]
    public void Topics_keep_their_order_and_are_named_in_the_reader_s_language()
    {
        var reading = SettingsFile.Parse(Before + "topics:\n  news: {en: News, zh-cn: 新品资讯}\n  care: {en: Care tips}\n");
        reading.Findings.ShouldBeEmpty();
        var topics = reading.Settings!.Topics;
        topics.Select(t => t.Key).ShouldBe(["news", "care"]);
        (topics[0].NameIn("zh"), topics[0].NameIn("en"), topics[1].NameIn("zh")).ShouldBe(("新品资讯", "News", "Care tips"));
        SettingsFile.Parse(Before).Settings!.Topics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("topics: news")]
    [InlineData("topics:\n  News: {en: News}")]
    [InlineData("topics:\n  news: News")]
    [InlineData("topics:\n  news: {}")]
    [InlineData("topics:\n  news: {klingon-language: News}")]
    [InlineData("topics:\n  news: {en: ''}")]
    [InlineData("topics:\n  news: {en: News}\n  news: {en: News}")]
    public void What_is_no_topic_is_refused_with_its_place(string text)
    {
        var reading = SettingsFile.Parse(Before + text + "\n");
        reading.Settings.ShouldBeNull();
        reading.Findings.ShouldAllBe(f => f.Line >= 7 && f.Message.Zh != f.Message.En);
    }

    [Fact]
    public void The_default_text_shows_how_to_name_topics()
    {
        var text = SettingsFile.Default("Birch", "Europe/Berlin", "EUR");
        SettingsFile.Parse(text).Settings!.Topics.ShouldBeEmpty();
        var on = string.Join(
            '\n',
            text.Split('\n')
                .Select(l =>
                    l is "# topics:"
                    || l.StartsWith("#   news:", StringComparison.Ordinal)
                    || l.StartsWith("#   care:", StringComparison.Ordinal)
                        ? l[2..]
                        : l
                )
        );
        SettingsFile.Parse(on).Settings!.Topics.Count.ShouldBe(2);
    }
}
