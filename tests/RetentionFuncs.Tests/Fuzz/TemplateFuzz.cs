using System.Text;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Messages;
using RetentionFuncs.Tests.Outbox;
using Xunit.Abstractions;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>Damaged templates and odd people: what comes out may leave, or does not come out.</summary>
public sealed class TemplateFuzz(ITestOutputHelper output)
{
    /// <summary>Stands in data; must never stand in a message as it is.</summary>
    private const string Markup = "<b id=hole>'\"&";

    private static readonly string[] Pieces =
    [
        "{{name}}",
        "{{shop}}",
        "{{",
        "}}",
        "{{{name}}}",
        "{{&name}}",
        "{{#if name}}",
        "{{else}}",
        "{{/if}}",
        "{{#each x}}",
        "{{> part}}",
        "{{!c}}",
        "{{this}}",
        "{{../name}}",
        "{{name.length}}",
        "{{@root}}",
        "{{offer_code}}",
        "{{days_silent}}",
        "\\{{name}}",
        "{{ name }}",
        "{{~name~}}",
        "<a href=\"{{shop_url}}\">",
        "<a href={{shop_url}}>",
        "<p>",
        "</p>",
        "<!--",
        "<style>",
        "<script>",
        "\r\n",
        "\0",
        "\u202E",
        "&lt;",
    ];

    [Fact]
    public void A_message_that_comes_out_has_no_hole_no_break_in_a_header_and_no_name_left_open() =>
        FuzzRun.Run(
            output,
            3_000,
            c =>
            {
                var chinese = c.OneIn(2);
                var sample = chinese ? Chinese : English;
                var text = c.OneIn(3) ? sample : Damaged(c, sample);
                var person = Odd(c, chinese);
                c.Try($"{text}\n{person.Name}\n{person.Locale}\n{person.Country}");
                var postal = c.OneIn(4) ? $"{OddTexts.Whole(c)}\n10115 Berlin" : "Birch & Reed GmbH\n10969 Berlin";
                var version = Version(chinese ? null : text, chinese ? text : null, postal: postal, hash: c.Random.NextInt64().ToString());

                switch (new MessageRenderer().Render(Request(version, person)))
                {
                    case RenderOutcome.Rendered(var message):
                        Check(message, text);
                        break;
                    case RenderOutcome.Refused(var reason):
                        reason.ShouldNotBeNullOrWhiteSpace();
                        text.ShouldSatisfyAllConditions(t =>
                            (t == sample && postal.StartsWith("Birch", StringComparison.Ordinal)).ShouldBeFalse()
                        );
                        break;
                }
            }
        );

    [Fact]
    public void No_word_about_a_message_makes_the_mail_file_another() =>
        FuzzRun.Run(
            output,
            2_000,
            c =>
            {
                var good = Rendered(Request());
                var (name, subject) = (OddTexts.Whole(c), OddTexts.Whole(c));
                c.Try($"{name}\n{subject}");
                var message = good with
                {
                    From = good.From with { Name = SafeText.OneLine(name) },
                    To = good.To with { Name = SafeText.Name(name) },
                    Subject = SafeText.OneLine(subject),
                    Text = good.Text + subject,
                };
                var plain = EmlReader.Read(EmlWriter.Write(good));
                var read = EmlReader.Read(EmlWriter.Write(message));
                read.Headers.Select(h => h.Name).ShouldBe(plain.Headers.Select(h => h.Name));
                read.Header("Subject").ShouldBe(message.Subject);
                read.Parts.Count.ShouldBe(2);
            }
        );

    private static void Check(OutboundMessage message, TemplateText template)
    {
        foreach (
            var value in new[]
            {
                message.Subject,
                message.From.Name,
                message.To.Name,
                message.Category,
                message.Reference,
                message.Language,
            }
                .Concat(message.Headers.SelectMany(h => new[] { h.Key, h.Value }))
                .OfType<string>()
        )
        {
            value.Any(char.IsControl).ShouldBeFalse(value);
        }

        message.Html.Contains("id=hole>", StringComparison.Ordinal).ShouldBeFalse(message.Html);
        var said = template.Subject + template.Text + template.Html;
        foreach (var part in new[] { message.Subject, message.Html, message.Text })
        {
            (part.Contains("{{", StringComparison.Ordinal) && !said.Contains("\\{{", StringComparison.Ordinal)).ShouldBeFalse(part);
            part.Contains('\0').ShouldBeFalse();
        }

        Encoding.UTF8.GetByteCount(message.Html + message.Text).ShouldBeLessThanOrEqualTo(MessageContract.MaxBytes);
        message.Text.ShouldContain("https://shop.example/u/");
        message.Html.ShouldContain("https://shop.example/u/");
    }

    private static TemplateText Damaged(FuzzCase c, TemplateText text) =>
        c.Random.Next(3) switch
        {
            0 => text with { Subject = OddTexts.Damage(c, text.Subject, Pieces) },
            1 => text with { Text = OddTexts.Damage(c, text.Text, Pieces) },
            _ => text with { Html = OddTexts.Damage(c, text.Html, Pieces) },
        };

    private static Contact Odd(FuzzCase c, bool chinese)
    {
        var name = c.Random.Next(4) switch
        {
            0 => Markup,
            1 => Braceless(OddTexts.Whole(c)) + Markup,
            2 => Braceless(OddTexts.Any(c)),
            _ => null,
        };
        return Person(name, c.Of([null, "en", "zh-CN", "xx", chinese ? "zh" : "en", OddTexts.Whole(c)]), c.Of([null, "DE", "CN", "CA"]));
    }

    /// <summary>Without braces, so that any left in the message come from the template.</summary>
    private static string Braceless(string text) =>
        text.Replace("{", "(", StringComparison.Ordinal).Replace("}", ")", StringComparison.Ordinal);
}
