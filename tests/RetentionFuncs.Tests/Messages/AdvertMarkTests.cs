using RetentionFuncs.Messages;

namespace RetentionFuncs.Tests.Messages;

public sealed class AdvertMarkTests
{
    private static readonly MessagePhrases English = MessagePhrases.For("en")!;
    private static readonly MessagePhrases Chinese = MessagePhrases.For("zh-CN")!;

    [Theory]
    [InlineData("Autumn sale", "AD Autumn sale", "（广告）Autumn sale")]
    [InlineData("AD Autumn sale", "AD Autumn sale", "AD Autumn sale")]
    [InlineData("（广告）秋季上新", "（广告）秋季上新", "（广告）秋季上新")]
    [InlineData("[广告] 秋季上新", "AD 秋季上新", "（广告）秋季上新")]
    [InlineData("(AD) Sale", "AD Sale", "（广告）Sale")]
    [InlineData("ad: Sale", "AD Sale", "（广告）Sale")]
    [InlineData("AD - Sale", "AD - Sale", "AD - Sale")]
    [InlineData("AD| Sale", "AD Sale", "（广告）Sale")]
    [InlineData("廣告：秋裝", "AD 秋裝", "（广告）秋裝")]
    [InlineData("AD-HOC fittings", "AD AD-HOC fittings", "（广告）AD-HOC fittings")]
    [InlineData("Adieu, summer", "AD Adieu, summer", "（广告）Adieu, summer")]
    [InlineData("🎉 Sale", "AD 🎉 Sale", "（广告）🎉 Sale")]
    [InlineData("👨‍👩‍👧 family day", "AD 👨‍👩‍👧 family day", "（广告）👨‍👩‍👧 family day")]
    [InlineData("تخفيضات الخريف", "AD تخفيضات الخريف", "（广告）تخفيضات الخريف")]
    [InlineData("\u200F\u202B【广告】تخفيضات", "AD تخفيضات", "（广告）تخفيضات")]
    [InlineData("\u200D AD: Sale", "AD Sale", "（广告）Sale")]
    [InlineData("\u200FAD Sale", "AD \u200FAD Sale", "（广告）\u200FAD Sale")]
    public void The_mark_stands_once_at_the_very_front(string subject, string english, string chinese)
    {
        AdvertMark.Put(subject, English).ShouldBe(english);
        AdvertMark.Put(subject, Chinese).ShouldBe(chinese);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_the_subject_the_mark_is_at_the_front_and_putting_it_twice_is_putting_it_once(int seed)
    {
        var random = new Random(seed);
        string[] parts =
        [
            "AD",
            "ad",
            "广告",
            "（广告）",
            "【",
            "】",
            ":",
            "：",
            "-",
            " ",
            "\u200F",
            "\u202E",
            "\u200D",
            "🎉",
            "👩‍🚀",
            "שלום",
            "سلام",
            "x",
            "(",
            ")",
        ];
        for (var i = 0; i < 5_000; i++)
        {
            var subject = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => parts[random.Next(parts.Length)]));
            foreach (var phrases in new[] { English, Chinese })
            {
                var marked = AdvertMark.Put(subject, phrases);
                AdvertMark.IsAtFront(marked).ShouldBeTrue(subject);
                AdvertMark.Put(marked, phrases).ShouldBe(marked);
                AdvertMark.IsAtFront(SafeText.OneLine(marked + "x")).ShouldBeTrue(subject);
            }
        }
    }
}
