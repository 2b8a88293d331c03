using System.Globalization;
using System.Text.RegularExpressions;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>alerts:</c>; each key may be left out.</summary>
internal static partial class AlertSettingsReader
{
    public static AlertSettings Read(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("alerts") is not { } map)
        {
            return AlertSettings.Default;
        }

        var usual = AlertSettings.Default;
        var alerts = new YamlFields(map, findings);
        var settings = new AlertSettings(
            Mail(alerts),
            alerts.Value("free_disk_mb", YamlScalars.Whole(0, 10_000_000)) ?? usual.FreeDiskMegabytes,
            alerts.Value("unconfirmed", YamlScalars.Percent(0, 100, endsIncluded: true)) / 100 ?? usual.UnconfirmedShare,
            alerts.Value("tick_overdue", Minutes) ?? usual.TickOverdue
        );
        alerts.Done();
        return settings;
    }

    private static string? Mail(YamlFields alerts)
    {
        if (alerts.Text("mail") is not { } text)
        {
            return null;
        }

        if (EmailAddress.TryParse(text.Value, out var address, out _))
        {
            return address.Value;
        }

        alerts.Wrong("mail", text, new Phrase("an e-mail address", "邮箱地址"));
        return null;
    }

    private static YamlScalar<TimeSpan> Minutes { get; } =
        new(
            text =>
                Shape().Match(text) is { Success: true } match
                && TimeSpan.FromMinutes(
                    int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * (match.Groups[2].Value[0] == 'h' ? 60 : 1)
                )
                    is var span
                && span >= TimeSpan.FromMinutes(2)
                    ? span
                    : null,
            new Phrase("a time such as 60 minutes or 2 hours, at least 2 minutes", "时长，例如 60 minutes 或 2 hours（至少 2 分钟）")
        );

    [GeneratedRegex(@"\A([0-9]{1,5}) ?(minutes?|hours?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
