using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Touchpoints;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Messages;

public sealed class UnsubscribeLinksTests
{
    private const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static string Token => Links.Token(LinkPurpose.Unsubscribe, Touch);

    private static bool Reads(string? token) => Links.TryRead(token, LinkPurpose.Unsubscribe, out _);

    [Fact]
    public void The_format_is_pinned_so_that_links_in_old_mails_keep_working()
    {
        Token.ShouldBe("AQEBAEQyFMdCVLY1z4RlOlbXxnW-d98ARDIUx0JUtjXPhGUwzqUaX84hC0xGGuUyJhwO0w");
    }

    [Fact]
    public void A_token_reads_back_for_any_touch()
    {
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var touch = new TouchRef(new CustomerKey(Key(random)), new TouchId(Key(random)));
            var token = Links.Token(LinkPurpose.Preferences, touch);
            Links.TryRead(token, LinkPurpose.Preferences, out var read).ShouldBeTrue();
            read.ShouldBe(touch);
            token.Length.ShouldBe(UnsubscribeLinks.TokenLength);
        }
    }

    [Fact]
    public void No_single_changed_character_is_accepted()
    {
        for (var i = 0; i < Token.Length; i++)
        {
            foreach (var c in Base64Url.Where(c => c != Token[i]))
            {
                Reads(Token[..i] + c + Token[(i + 1)..]).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void A_hundred_thousand_forgeries_are_refused()
    {
        var random = new Random(2);
        for (var i = 0; i < 100_000; i++)
        {
            var forged = Token.ToCharArray();
            var changes = random.Next(1, 30);
            for (var c = 0; c < changes; c++)
            {
                forged[random.Next(forged.Length)] = Base64Url[random.Next(64)];
            }

            var text = i % 3 == 0 ? Token[..random.Next(70)] : new string(forged);
            (text != Token && Reads(text)).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_link_for_one_purpose_or_installation_does_not_serve_another()
    {
        Links.TryRead(Token, LinkPurpose.Preferences, out _).ShouldBeFalse();
        new UnsubscribeLinks(new InstanceSecret(new byte[32])).TryRead(Token, LinkPurpose.Unsubscribe, out _).ShouldBeFalse();
    }

    /// <summary>The day a second version or key is introduced, this one must not read it as its own, whoever signed it.</summary>
    [Theory]
    [InlineData(1, 1, 1, true)]
    [InlineData(2, 1, 1, false)]
    [InlineData(1, 2, 1, false)]
    [InlineData(1, 1, 2, false)]
    [InlineData(2, 2, 1, false)]
    public void A_token_of_another_version_or_key_is_refused_though_the_tag_is_right(byte version, byte key, byte purpose, bool reads)
    {
        byte[] payload = [version, key, purpose, .. new byte[33]];
        Reads(System.Buffers.Text.Base64Url.EncodeToString([.. payload, .. Secret.LinkTag(payload)])).ShouldBe(reads);
    }

    [Theory]
    [InlineData("{0}.")]
    [InlineData("<{0}>")]
    [InlineData("({0}),")]
    [InlineData("  {0}\r\n")]
    [InlineData("=3D{0}")]
    [InlineData("{0}=20")]
    [InlineData("\"{0}\"")]
    [InlineData("{0}。")]
    [InlineData("{0}&gt;")]
    public void Catalogue_144_what_mail_programs_put_around_a_token_is_taken_off(string shape)
    {
        Reads(string.Format(shape, Token)).ShouldBeTrue();
    }

    [Fact]
    public void Catalogue_144_a_token_wrapped_anywhere_reads()
    {
        for (var i = 0; i <= Token.Length; i++)
        {
            Reads(Token[..i] + "=\r\n" + Token[i..]).ShouldBeTrue();
            Reads(Token[..i] + "\n  " + Token[i..]).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("////")]
    [InlineData("💥")]
    public void Nonsense_is_refused_quietly(string? token) => Reads(token).ShouldBeFalse();

    [Fact]
    public void A_token_is_found_among_wrapping_up_to_four_times_its_length_and_no_further()
    {
        Reads(Token.PadLeft(4 * UnsubscribeLinks.TokenLength)).ShouldBeTrue();
        Reads(Token.PadLeft((4 * UnsubscribeLinks.TokenLength) + 1)).ShouldBeFalse();
    }

    [Fact]
    public void A_very_long_text_is_refused_without_being_looked_at() => Reads(new string('=', 10_000_000) + Token).ShouldBeFalse();

    private static string Key(Random random) =>
        new([.. Enumerable.Range(0, 26).Select(_ => "abcdefghijklmnopqrstuvwxyz234567"[random.Next(32)])]);
}
