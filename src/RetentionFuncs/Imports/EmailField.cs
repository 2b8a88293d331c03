using RetentionFuncs.Customers;

namespace RetentionFuncs.Imports;

/// <summary>E-mail addresses, with their refusals in both languages.</summary>
internal static class EmailField
{
    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        ["is empty"] = "为空",
        ["has a line break or control character in it"] = "含有换行或控制字符",
        ["has an invisible character in it"] = "含有不可见字符",
        ["holds more than one address"] = "写了不止一个邮箱地址",
        ["has a character that a plain address does not have"] = "含有普通邮箱地址不会有的字符",
        ["has no @ sign"] = "没有 @",
        ["has two @ signs"] = "有两个 @",
        ["has nothing before the @ sign"] = "@ 前面是空的",
        ["has more than 64 characters before the @ sign"] = "@ 前面超过 64 个字符",
        ["has non-ASCII characters before the @ sign, which mail providers do not accept yet"] =
            "@ 前面有非 ASCII 字符，邮件服务商目前还不支持",
        ["has a misplaced dot before the @ sign"] = "@ 前面的点位置不对",
        ["has a domain that is not a valid name"] = "域名无效",
        ["has a domain without a dot"] = "域名里没有点",
        ["has a domain that ends in a dot"] = "域名以点结尾",
        ["has a domain that ends in a number, as an address literal does"] = "域名以数字结尾，像是 IP 地址",
        ["has more than 254 characters"] = "超过 254 个字符",
    };

    public static bool TryRead(string text, out EmailAddress address, out Wording problem)
    {
        var isRead = EmailAddress.TryParse(text, out address, out var reason);
        problem = isRead ? default : new Wording(reason, Chinese.GetValueOrDefault(reason, reason));
        return isRead;
    }

    /// <summary>Whether the domain mixes Latin letters with Cyrillic or Greek ones, as look-alike domains do.</summary>
    public static bool LooksConfusable(string text)
    {
        var domain = text[(text.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return domain.Any(char.IsAsciiLetter)
            && domain.Split('.').Any(l => l.Any(char.IsAsciiLetter) && l.Any(c => c is >= '\u0370' and <= '\u052F'));
    }
}
