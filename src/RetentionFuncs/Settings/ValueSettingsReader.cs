using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>value:</c>, how the business measures what customers are worth; each key may be left out.</summary>
internal static class ValueSettingsReader
{
    public static ValueSettings Read(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("value") is not { } map)
        {
            return ValueSettings.Default;
        }

        var usual = ValueSettings.Default;
        var value = new YamlFields(map, findings);
        var settings = new ValueSettings(
            value.Value("margin", YamlScalars.Percent(0, 100, endsIncluded: true)) / 100,
            value.Fields("shares") is { } shares ? Shares(new YamlFields(shares, findings), findings) : usual.Shares,
            value.Value("horizon", YamlScalars.Days(30, 1095)) ?? usual.HorizonDays,
            value.Value("yearly_discount", YamlScalars.Percent(0, 100, endsIncluded: true)) / 100 ?? usual.YearlyDiscount
        );
        value.Done();
        return settings;
    }

    private static TierShares Shares(YamlFields fields, FindingList findings)
    {
        decimal Share(string key) => fields.Value(key, YamlScalars.Percent(0, 100, endsIncluded: true), required: true) / 100 ?? 0;
        var shares = new TierShares(Share("key"), Share("major"), Share("standard"), Share("maintenance"));
        fields.Done();
        if (!findings.HasErrors && !shares.AreAscending)
        {
            findings.Error(
                fields.Map.Line,
                fields.Map.Column,
                new Phrase("The shares of the tiers do not follow one another.", "各价值层级的份额没有依次递增。"),
                new Phrase(
                    "They are counted from the best customer down, so each must be larger than the one before: key, major, standard, maintenance.",
                    "份额从最有价值的客户往下累计，key、major、standard、maintenance 必须一个比一个大。"
                )
            );
        }

        return shares;
    }
}
