using System.Diagnostics;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;
using RetentionFuncs.Tests.Trips;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>The shipped campaigns, templates and settings, damaged line by line and letter by letter.</summary>
public sealed class YamlFuzz(ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly IReadOnlyList<CampaignText> Shipped = ShippedCampaigns.Texts(
        "Linden & Co",
        "hello@linden.shop",
        "Lindenweg 1, Berlin"
    );

    private static readonly string[] Pieces =
    [
        ":",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!str ",
        "|",
        ">",
        "|-\n",
        "#",
        "---\n",
        "...\n",
        "? ",
        "'",
        "\"",
        "%",
        "@",
        "`",
        "~",
        "null",
        "yes",
        "0x1F",
        "1e3",
        ".nan",
        "999999999999999999999",
        "-1",
        "{{",
        "}}",
        "{{#if name}}",
        "{{/if}}",
        "{{offer_code}}",
        "<a href=x>",
        "<script>",
        "on: ",
        "<<: ",
        "schema: 2\n",
        "ａ",
        "天",
    ];

    [Fact]
    public void A_damaged_folder_of_campaigns_is_read_or_told_with_file_and_line() =>
        FuzzRun.Run(
            output,
            800,
            c =>
            {
                var texts = Shipped.ToArray();
                var at = c.Random.Next(texts.Length);
                var damaged = c.Try(Damage(c, texts[at].Text));
                texts[at] = texts[at] with { Text = damaged };
                var watch = Stopwatch.StartNew();

                var folder = CampaignFiles.Read(texts, TripWorld.Shop);

                watch.Elapsed.ShouldBeLessThan(Longest);
                folder.Findings.ShouldAllBe(f => IsPlaced(f, texts.Single(t => t.File == f.File).Text));
                if (!folder.HasErrors)
                {
                    foreach (var version in folder.Versions)
                    {
                        CampaignFiles.Read(CampaignFiles.TextsOf(version), TripWorld.Shop).Versions.Single().Hash.ShouldBe(version.Hash);
                    }
                }
            }
        );

    [Fact]
    public void A_damaged_settings_file_is_read_or_told_with_its_line() =>
        FuzzRun.Run(
            output,
            2_500,
            c =>
            {
                var whole = SettingsFile.Default("Linden & Co", c.Of(["Europe/Berlin", "Asia/Shanghai"]), c.Of(["EUR", "CNY"]));
                var text = c.Try(Damage(c, c.OneIn(3) ? whole.Replace("# ", "", StringComparison.Ordinal) : whole));
                var watch = Stopwatch.StartNew();

                var reading = SettingsFile.Parse(text);

                watch.Elapsed.ShouldBeLessThan(Longest);
                reading.Findings.ShouldAllBe(f => IsPlaced(f, text));
                (reading.Settings is null).ShouldBe(reading.Findings.Any(f => f.IsError));
            }
        );

    [Fact]
    public void Any_text_as_a_shops_name_and_address_is_written_so_that_it_reads_back() =>
        FuzzRun.Run(
            output,
            2_000,
            c =>
            {
                var name = c.Try(OddTexts.Whole(c));
                var reading = SettingsFile.Parse(SettingsFile.Default(name, "Europe/Berlin", "EUR"));
                reading.Findings.ShouldAllBe(f => f.Line > 0);
                if (reading.Settings is { } settings)
                {
                    SafeText.OneLine(settings.Name).ShouldBe(SafeText.OneLine(name));
                    (settings.Zone, settings.Currency).ShouldBe(("Europe/Berlin", "EUR"));
                }
            }
        );

    /// <summary>YAML counts U+0085, U+2028 and U+2029 as ends of lines too.</summary>
    private static bool IsPlaced(LintFinding finding, string text) =>
        finding.Line >= 0
        && finding.Line <= text.Count(ch => ch is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029') + 2
        && finding.Column >= 0
        && finding.Describe("en").Length > 0
        && finding.Describe("zh").Length > 0;

    private static string Damage(FuzzCase c, string text)
    {
        var lines = text.Split('\n').ToList();
        for (var hits = c.Random.Next(0, 4); hits > 0 && lines.Count > 1; hits--)
        {
            var (at, other) = (c.Random.Next(lines.Count), c.Random.Next(lines.Count));
            switch (c.Random.Next(6))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(other, lines[at]);
                    break;
                case 2:
                    (lines[at], lines[other]) = (lines[other], lines[at]);
                    break;
                case 3:
                    lines[at] = new string(' ', c.Random.Next(0, 9)) + lines[at].TrimStart();
                    break;
                case 4 when lines[at].IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon:
                    lines[at] = lines[at][..(colon + 2)] + (c.OneIn(2) ? OddTexts.Any(c) : c.Of(Pieces));
                    break;
                default:
                    lines[at] += string.Concat(Enumerable.Repeat(c.Of(Pieces), c.OneIn(20) ? 500 : 1));
                    break;
            }
        }

        var made = string.Join('\n', lines);
        return c.OneIn(2) ? OddTexts.Damage(c, made, Pieces) : made;
    }
}
