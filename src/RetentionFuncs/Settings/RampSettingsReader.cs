using RetentionFuncs.Deliverability;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>warm_up:</c> and <c>recency:</c>, how sending grows and how old an address may be.</summary>
internal static class RampSettingsReader
{
    public static WarmUp? WarmUp(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("warm_up") is not { } map)
        {
            return null;
        }

        var ramp = new YamlFields(map, findings);
        var start = ramp.Value("start", YamlScalars.Date, required: true);
        var first = ramp.Value("first_day", YamlScalars.Whole(1, 1_000_000)) ?? 50;
        var growth = ramp.Value("growth", YamlScalars.Number(1, 3)) ?? 1.5m;
        var days = ramp.Value("days", YamlScalars.Whole(1, 365)) ?? 30;
        var domains = ramp.List("domains") is { } list ? Domains(list, findings) : [];
        ramp.Done();
        return start is { } day ? new WarmUp(day, first, growth, days, domains) : null;
    }

    public static RecencySettings Recency(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("recency") is not { } map)
        {
            return RecencySettings.Default;
        }

        var usual = RecencySettings.Default;
        var recency = new YamlFields(map, findings);
        var longDays = recency.Value("long", YamlScalars.Days(30, 3650)) ?? usual.LongDays;
        var tooLong = recency.Text("too_long") is { Value: "never" }
            ? null
            : recency.Value("too_long", YamlScalars.Days(30, 3650)) ?? usual.TooLongDays;
        var canary = recency.Value("canary", YamlScalars.Whole(10, 10_000));
        recency.Done();
        if (tooLong <= longDays)
        {
            findings.Error(
                map.Line,
                map.Column,
                new Phrase("'too_long' is not longer than 'long'.", "too_long 必须比 long 更长。"),
                new Phrase("Write for example long: 365 days and too_long: 730 days.", "例如 long: 365 days，too_long: 730 days。")
            );
        }

        return new RecencySettings(longDays, tooLong, canary);
    }

    private static List<string> Domains(YamlList list, FindingList findings)
    {
        var domains = new List<string>();
        foreach (var item in list.Items)
        {
            if (
                item is YamlText { Value: var name }
                && Uri.CheckHostName(name) == UriHostNameType.Dns
                && name.Contains('.', StringComparison.Ordinal)
            )
            {
                domains.Add(name.ToLowerInvariant());
            }
            else
            {
                findings.Error(
                    item.Line,
                    item.Column,
                    new Phrase("This is not a domain.", "这不是域名。"),
                    new Phrase("Write names such as news.your-shop.example.", "请写域名，例如 news.your-shop.example。")
                );
            }
        }

        return domains;
    }
}
