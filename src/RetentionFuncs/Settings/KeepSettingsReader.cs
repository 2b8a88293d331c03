using System.Globalization;
using System.Text.RegularExpressions;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>keep:</c>; each key may be left out.</summary>
internal static partial class KeepSettingsReader
{
    private const string Forever = "forever";

    public static KeepSettings Read(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("keep") is not { } map)
        {
            return KeepSettings.Default;
        }

        var (usual, keep) = (KeepSettings.Default, new YamlFields(map, findings));
        var settings = new KeepSettings(
            Days(keep, "touchpoints", 366, usual.Touchpoints),
            Days(keep, "ledger", 60, usual.Ledger),
            Days(keep, "evidence", 60, usual.Evidence),
            Days(keep, "refused_files", 1, usual.RefusedFiles),
            Days(keep, "outbox", 1, usual.Outbox),
            Days(keep, "orders", 730, usual.Orders)
        );
        keep.Done();
        return settings;
    }

    private static int? Days(YamlFields keep, string key, int least, int? usual)
    {
        if (keep.Text(key) is not { } text)
        {
            return usual;
        }

        return text.Value == Forever ? null : keep.Value(key, text, Span(least));
    }

    /// <summary>Months and years are taken at their longest, so that nothing goes a day too early.</summary>
    private static YamlScalar<int> Span(int least) =>
        new(
            text =>
                Shape().Match(text) is { Success: true } match
                && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * Unit(match.Groups[2].Value) is var days
                && days >= least
                && days <= 100 * 366
                    ? days
                    : null,
            new Phrase(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a time such as 30 days, 13 months or 3 years, at least {least} days, or forever"
                ),
                string.Create(CultureInfo.InvariantCulture, $"时长，例如 30 days、13 months、3 years（至少 {least} 天），或 forever")
            )
        );

    private static int Unit(string word) =>
        word[0] switch
        {
            'w' or '周' => 7,
            'm' or '个' => 31,
            'y' or '年' => 366,
            _ => 1,
        };

    [GeneratedRegex(@"\A([0-9]{1,5}) ?(days?|weeks?|months?|years?|天|周|个月|年)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
