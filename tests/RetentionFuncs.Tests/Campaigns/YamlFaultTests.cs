using RetentionFuncs.Campaigns;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class YamlFaultTests
{
    private const string File = "win-back.yaml";

    private static CampaignTexts Texts => new();

    [Theory]
    [InlineData("priority: 40", "priority: 40\npriority: 50", 19, 1, "'priority' stands here a second time; the first is on line 18.")]
    [InlineData(
        "{id: hello, template",
        "{id: hello, id: hallo, template",
        7,
        26,
        "'id' stands here a second time; the first is on line 7."
    )]
    [InlineData("job: win-back", "job: &job win-back", 3, 6, "Anchors (&) and aliases (*) are not read here.")]
    [InlineData("job: win-back", "job: *job", 3, 6, "Anchors (&) and aliases (*) are not read here.")]
    [InlineData("job: win-back", "<<: *base\njob: win-back", 3, 5, "Anchors (&) and aliases (*) are not read here.")]
    [InlineData("job: win-back", "job: !!str win-back", 3, 6, "Tags (!) are not read here.")]
    [InlineData("  - wait: {for", "\t- wait: {for", 8, 1, "A tab is used to indent.")]
    [InlineData("sender: shop", "sender: \"shop", 15, 9, "This is not valid YAML")]
    [InlineData("sender: shop", "sender: shop\n---\nsender: shop", 16, 1, "A second document begins here; one file holds one.")]
    [InlineData("priority: 40", "priority: [[[[[[[[[[[[[[[[[[[[40]]]]]]]]]]]]]]]]]]]]", 18, 27, "Nested deeper than 16.")]
    [InlineData("priority: 40", "[a, b]: 40", 18, 1, "A key must be a plain word.")]
    [InlineData("priority: 40", "priority: [40]", 18, 11, "'priority' has the wrong shape.")]
    [InlineData("steps:", "steps: none\nx:", 6, 8, "'steps' has the wrong shape.")]
    public void Catalogue_082_what_YAML_reads_otherwise_than_people_do_is_refused_with_its_line(
        string from,
        string to,
        int line,
        int column,
        string message
    )
    {
        var finding = Texts.Change(File, from, to).Read().Findings.First(f => f.Message.En.StartsWith(message, StringComparison.Ordinal));
        (finding.Line, finding.Column, finding.IsError).ShouldBe((line, column, true));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("# only a comment", "The file is empty.")]
    [InlineData("just words", "The file must be 'key: value' lines.")]
    [InlineData("- a\n- b", "The file must be 'key: value' lines.")]
    public void Catalogue_082_a_file_of_another_shape_is_refused(string text, string message) =>
        Texts.With(File, text).Read().Findings.ShouldContain(f => f.File == File && f.Message.En == message);

    [Fact]
    public void Catalogue_082_a_bomb_of_aliases_ends_at_the_first_anchor()
    {
        var bomb =
            "schema: 1\na: &a [x]\n"
            + string.Concat(
                Enumerable.Range(0, 9).Select(i => $"{(char)('b' + i)}: &{(char)('b' + i)} [*{(char)('a' + i)},*{(char)('a' + i)}]\n")
            );
        Texts.With(File, bomb).Read().Findings.Single(f => f.File == File).Line.ShouldBe(2);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: {")]
    public void Catalogue_082_a_file_nested_without_end_is_refused_at_once(string opening) =>
        Texts
            .With(File, "schema: 1\nsteps: " + string.Concat(Enumerable.Repeat(opening, 100_000)))
            .Read()
            .Findings.ShouldContain(f => f.File == File && f.IsError);

    [Theory]
    [InlineData("schema: 2")]
    [InlineData("schema: 99")]
    public void Catalogue_084_a_newer_schema_is_refused_before_anything_else_is_read(string schema)
    {
        var finding = Texts
            .Change(File, "schema: 1", schema)
            .Change(File, "job: win-back", "job: something new")
            .Read()
            .Findings.Single(f => f.File == File);
        (finding.Line, finding.Column).ShouldBe((1, 9));
        finding.Message.En.ShouldEndWith("is newer than this program knows (1); nothing of the file was read.");
    }

    [Fact]
    public void Catalogue_084_a_file_without_schema_is_refused() =>
        Texts.Change(File, "schema: 1\n", "").Read().Findings.ShouldContain(f => f.Hint != null && f.Hint.En == "Begin it with: schema: 1");

    [Fact]
    public void No_damage_to_a_file_makes_the_reader_throw()
    {
        var random = new Random(82);
        const string Noise = "{}[]:,-&*!|>'\"%@`#\t\n  \\?\0\u0085\uFEFF\uD800é好";
        foreach (
            var (file, text) in (ReadOnlySpan<(string, string)>)
                [(File, CampaignTexts.Campaign), ("templates/hello.yaml", CampaignTexts.Hello), ("senders/shop.yaml", CampaignTexts.Sender)]
        )
        {
            for (var i = 0; i < 400; i++)
            {
                var damaged = text.ToCharArray();
                for (var n = random.Next(1, 6); n > 0; n--)
                {
                    damaged[random.Next(damaged.Length)] = Noise[random.Next(Noise.Length)];
                }

                var cut = new string(damaged)[..random.Next(damaged.Length / 2, damaged.Length)];
                foreach (var finding in Texts.With(file, cut).Read().Findings)
                {
                    finding.Line.ShouldBeInRange(0, cut.Split('\n').Length + 1);
                    finding.Describe("zh").ShouldNotBeNullOrEmpty();
                }
            }
        }
    }
}
