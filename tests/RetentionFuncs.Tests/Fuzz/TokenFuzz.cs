using System.Buffers.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Offers;
using RetentionFuncs.Touchpoints;
using Xunit.Abstractions;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>Links and codes that somebody made up, or bent.</summary>
public sealed class TokenFuzz(ITestOutputHelper output)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly string[] Wraps = ["=\r\n", "\r\n  ", " ", "=20", "%20", "&gt;", "\u200B", "\u00AD", "=3D"];

    [Fact]
    public void No_bent_link_is_accepted_and_every_wrapped_one_is() =>
        FuzzRun.Run(
            output,
            100_000,
            c =>
            {
                var touch = new TouchRef(new CustomerKey(Key(c)), new TouchId(Key(c)));
                var purpose = c.Of(Enum.GetValues<LinkPurpose>());
                var token = Links.Token(purpose, touch);
                var bytes = Base64Url.DecodeFromChars(token);
                for (var hits = c.Random.Next(1, 4); hits > 0; hits--)
                {
                    bytes[c.Random.Next(bytes.Length)] ^= (byte)(1 << c.Random.Next(8));
                }

                var bent = c.Random.Next(5) switch
                {
                    0 => token[..c.Random.Next(token.Length)],
                    1 => token[c.Random.Next(1, token.Length)..],
                    2 => token + Letters[c.Random.Next(32)],
                    3 => Base64Url.EncodeToString(bytes) is var flipped && flipped == token ? "" : flipped,
                    _ => Exchanged(c, token),
                };
                c.Try(bent);
                Links.TryRead(Wrapped(c, bent), purpose, out _).ShouldBeFalse(bent);

                Links.TryRead(Wrapped(c, token), purpose, out var read).ShouldBeTrue(token);
                read.ShouldBe(touch);
                Enum.GetValues<LinkPurpose>().Count(p => Links.TryRead(token, p, out _)).ShouldBe(1);
            }
        );

    [Fact]
    public void Whatever_is_typed_as_a_code_is_refused_or_has_one_spelling() =>
        FuzzRun.Run(
            output,
            50_000,
            c =>
            {
                var code = CouponCodes.Of(Secret, new TouchRef(new CustomerKey(Key(c)), new TouchId(Key(c))));
                CouponCodes.TryNormalize(code, out var same).ShouldBeTrue();
                same.ShouldBe(code);
                var typed = c.Try(
                    c.OneIn(3) ? OddTexts.Any(c) : OddTexts.Damage(c, code, ["-", " ", "–", "O", "I", "U", "ｅ", "\uD800", "é"])
                );
                if (CouponCodes.TryNormalize(typed, out var read))
                {
                    CouponCodes.TryNormalize(read, out var again).ShouldBeTrue();
                    again.ShouldBe(read);
                    read.Length.ShouldBe(19);
                }
                else
                {
                    read.ShouldBe("");
                }
            }
        );

    private static string Key(FuzzCase c) => string.Create(26, c.Random, (span, random) => Fill(span, random));

    private static void Fill(Span<char> span, Random random)
    {
        foreach (ref var letter in span)
        {
            letter = Letters[random.Next(32)];
        }
    }

    private static string Exchanged(FuzzCase c, string token)
    {
        var (i, j) = (c.Random.Next(token.Length), c.Random.Next(token.Length));
        var made = token.ToCharArray();
        (made[i], made[j]) = (made[j], made[i]);
        return new string(made) == token ? "" : new string(made);
    }

    private static string Wrapped(FuzzCase c, string token)
    {
        var at = c.Random.Next(token.Length + 1);
        return c.Of(["", "<", "(", "\"", "  "])
            + token[..at]
            + (c.OneIn(2) ? c.Of(Wraps) : "")
            + token[at..]
            + c.Of(["", ">", ")", ".", "。", "=20", "\r\n"]);
    }
}
