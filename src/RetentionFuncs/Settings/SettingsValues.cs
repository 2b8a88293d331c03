using NodaTime.TimeZones;
using RetentionFuncs.Clocks;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>The values of <c>retention.yaml</c> that are names of something: zone, currency, locale, address.</summary>
internal static class SettingsValues
{
    public static string Zone(YamlFields fields, FindingList findings)
    {
        if (fields.Text("zone", required: true) is not { } text || BusinessCalendar.IsZone(text.Value))
        {
            return fields.Text("zone")?.Value ?? "";
        }

        var windows = TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping;
        var hint =
            windows.TryGetValue(text.Value, out var iana)
                ? new Phrase($"Windows calls it that; write {iana}.", $"这是 Windows 的叫法，请写 {iana}。")
            : NearestName.Of(text.Value, TzdbDateTimeZoneSource.Default.GetIds()) is { } near
                ? new Phrase($"Did you mean '{near}'?", $"是不是想写“{near}”？")
            : new Phrase(
                "Write an IANA name such as Europe/Berlin or Asia/Shanghai.",
                "请写 IANA 时区名，例如 Asia/Shanghai 或 Europe/Berlin。"
            );
        findings.Error(text.Line, text.Column, new Phrase($"'{text.Value}' is not a time zone.", $"没有“{text.Value}”这个时区。"), hint);
        return "";
    }

    public static string Currency(YamlFields fields, FindingList findings)
    {
        if (fields.Text("currency", required: true) is not { } text || CurrencyCodes.All.Contains(text.Value))
        {
            return fields.Text("currency")?.Value ?? "";
        }

        var upper = text.Value.ToUpperInvariant();
        findings.Error(
            text.Line,
            text.Column,
            new Phrase($"'{text.Value}' is not a currency.", $"没有“{text.Value}”这种货币。"),
            CurrencyCodes.All.Contains(upper)
                ? new Phrase($"Write {upper}.", $"请写 {upper}。")
                : new Phrase("Write the three letters of ISO 4217, such as EUR or CNY.", "请写三个字母的 ISO 4217 代码，例如 CNY 或 EUR。")
        );
        return "";
    }

    public static string Locale(YamlFields fields, FindingList findings)
    {
        if (fields.Text("locale", required: true) is not { } text)
        {
            return "";
        }

        if (!LocaleNames.TryRead(text.Value, out var locale))
        {
            findings.Error(
                text.Line,
                text.Column,
                new Phrase($"'{text.Value}' is not a locale.", $"“{text.Value}”不是语言代码。"),
                LocaleNames.Hint
            );
        }

        return locale;
    }

    public static string? Url(YamlFields fields, string key, FindingList findings, bool required)
    {
        if (fields.Text(key, required) is not { } text)
        {
            return null;
        }

        if (
            !Uri.TryCreate(text.Value, UriKind.Absolute, out var url)
            || url.Scheme is not ("https" or "http")
            || url.Query.Length + url.Fragment.Length + url.UserInfo.Length > 0
        )
        {
            fields.Wrong(
                key,
                text,
                new Phrase(
                    "a web address such as https://mail.shop.example, without ? or #",
                    "网址，例如 https://mail.shop.example，不带 ? 和 #"
                )
            );
            return null;
        }

        if (url.Scheme is "http" && !url.IsLoopback)
        {
            findings.Warning(
                text.Line,
                text.Column,
                new Phrase(
                    $"'{key}' is not encrypted: mail providers want https, above all for unsubscribing.",
                    $"“{key}”没有加密；邮箱服务商要求退订等页面使用 https。"
                )
            );
        }

        return text.Value.TrimEnd('/');
    }
}
