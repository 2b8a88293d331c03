using System.Text.RegularExpressions;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Messages;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>utm:</c>, <c>images:</c> and <c>seeds:</c>: what is done to a message's links and images, and who gets a copy.</summary>
internal static partial class LinkSettingsReader
{
    /// <summary>Most seed addresses.</summary>
    public const int MostSeeds = 20;

    /// <summary>The same block stands in the settings and in a campaign.</summary>
    public static UtmTags? Utm(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("utm") is not { } map)
        {
            return null;
        }

        var utm = new YamlFields(map, findings);
        string? Word(string key)
        {
            if (utm.Text(key) is not { } text)
            {
                return null;
            }

            if (Words().IsMatch(text.Value))
            {
                return text.Value;
            }

            utm.Wrong(key, text, new Phrase("one to a hundred visible characters on one line", "一到一百个可见字符，不换行"));
            return null;
        }

        var tags = new UtmTags(Word("source"), Word("medium"), Word("campaign"));
        utm.Done();
        return tags;
    }

    public static IReadOnlyList<string> ImageHosts(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("images") is not { } map)
        {
            return [];
        }

        var images = new YamlFields(map, findings);
        var hosts = new List<string>();
        foreach (var item in images.List("hosts", required: true)?.Items ?? [])
        {
            if (item is YamlText { Value: var host } && Uri.CheckHostName(host) == UriHostNameType.Dns)
            {
                hosts.Add(host.ToLowerInvariant());
            }
            else
            {
                findings.Error(
                    item.Line,
                    item.Column,
                    new Phrase("This is not the name of a host.", "这不是主机名。"),
                    new Phrase(
                        "Write names such as cdn.your-shop.example, without https:// and path.",
                        "请写 cdn.your-shop.example 这样的主机名，不带 https:// 和路径。"
                    )
                );
            }
        }

        images.Done();
        return hosts;
    }

    public static IReadOnlyList<EmailAddress> Seeds(YamlFields fields, FindingList findings)
    {
        if (fields.List("seeds") is not { } list)
        {
            return [];
        }

        var seeds = new List<EmailAddress>();
        foreach (var item in list.Items)
        {
            var problem = "is not a text";
            if (item is YamlText { Value: var text } && EmailAddress.TryParse(text, out var seed, out problem))
            {
                seeds.Add(seed);
            }
            else
            {
                findings.Error(
                    item.Line,
                    item.Column,
                    new Phrase($"A seed address {problem}.", "种子邮箱地址无效。"),
                    new Phrase(
                        "Write a plain address of your own, such as me@your-shop.example.",
                        "请填写自己的邮箱，例如 me@your-shop.example。"
                    )
                );
            }
        }

        if (seeds.Count > MostSeeds)
        {
            findings.Error(list.Line, list.Column, new Phrase($"At most {MostSeeds} seed addresses.", $"种子邮箱最多 {MostSeeds} 个。"));
        }

        return [.. seeds.DistinctBy(s => s.Folded)];
    }

    [GeneratedRegex(@"\A[^\p{C}\p{Zl}\p{Zp}]{1,100}\z")]
    private static partial Regex Words();
}
