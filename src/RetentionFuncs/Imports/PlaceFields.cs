using NodaTime.TimeZones;
using RetentionFuncs.Clocks;

namespace RetentionFuncs.Imports;

/// <summary>Countries, languages, zones and currencies: what picks the law, the words and the hour for a contact.</summary>
internal static class PlaceFields
{
    private const string Alpha2 =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN "
        + "CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
        + "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
        + "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
        + "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
        + "VN VU WF WS YE YT ZA ZM ZW";

    private static readonly HashSet<string> Countries = [.. Alpha2.Split(' ')];

    private static readonly Dictionary<string, string> CountryNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UK"] = "GB",
        ["United Kingdom"] = "GB",
        ["Great Britain"] = "GB",
        ["England"] = "GB",
        ["GBR"] = "GB",
        ["英国"] = "GB",
        ["United States"] = "US",
        ["United States of America"] = "US",
        ["USA"] = "US",
        ["美国"] = "US",
        ["China"] = "CN",
        ["CHN"] = "CN",
        ["中国"] = "CN",
        ["中国大陆"] = "CN",
        ["Hong Kong"] = "HK",
        ["香港"] = "HK",
        ["Taiwan"] = "TW",
        ["台湾"] = "TW",
        ["Germany"] = "DE",
        ["Deutschland"] = "DE",
        ["DEU"] = "DE",
        ["德国"] = "DE",
        ["France"] = "FR",
        ["FRA"] = "FR",
        ["法国"] = "FR",
        ["Canada"] = "CA",
        ["CAN"] = "CA",
        ["加拿大"] = "CA",
        ["Australia"] = "AU",
        ["AUS"] = "AU",
        ["澳大利亚"] = "AU",
        ["New Zealand"] = "NZ",
        ["Ireland"] = "IE",
        ["EIRE"] = "IE",
        ["Netherlands"] = "NL",
        ["Belgium"] = "BE",
        ["Austria"] = "AT",
        ["Switzerland"] = "CH",
        ["Italy"] = "IT",
        ["Spain"] = "ES",
        ["Portugal"] = "PT",
        ["Sweden"] = "SE",
        ["Norway"] = "NO",
        ["Denmark"] = "DK",
        ["Finland"] = "FI",
        ["Poland"] = "PL",
        ["Japan"] = "JP",
        ["JPN"] = "JP",
        ["日本"] = "JP",
        ["South Korea"] = "KR",
        ["韩国"] = "KR",
        ["Singapore"] = "SG",
        ["新加坡"] = "SG",
        ["India"] = "IN",
        ["Brazil"] = "BR",
        ["Mexico"] = "MX",
    };

    /// <summary>ISO 3166 alpha-2, upper case.</summary>
    public static bool TryCountry(string text, out string country, out Wording problem)
    {
        country = text.ToUpperInvariant();
        if (CountryNames.TryGetValue(text, out var code))
        {
            country = code;
        }

        problem = Countries.Contains(country)
            ? default
            : new("is not a country code; write two letters such as DE or CN", "不是国家代码；请写两位字母，例如 CN 或 DE");
        return problem == default;
    }

    /// <summary>BCP 47 in its usual case: <c>en</c>, <c>zh-CN</c>, <c>zh-Hans-CN</c>.</summary>
    public static bool TryLocale(string text, out string locale, out Wording problem)
    {
        var parts = text.Replace('_', '-').Split('-');
        var isTag =
            parts[0].Length is 2 or 3
            && parts.All(p => p.Length is >= 2 and <= 8 && p.All(char.IsAsciiLetterOrDigit))
            && parts[0].All(char.IsAsciiLetter);
        locale = string.Join('-', parts.Select((p, i) => CasePart(p, i)));
        problem = isTag ? default : new("is not a language tag; write en, de or zh-CN", "不是语言标签；请写 zh-CN、en 或 de");
        return isTag;
    }

    /// <summary>An IANA zone; a Windows name is turned into one.</summary>
    public static bool TryZone(string text, out string zone, out Wording problem)
    {
        zone = text;
        problem = default;
        if (BusinessCalendar.IsZone(text))
        {
            return true;
        }

        if (TzdbDateTimeZoneSource.Default.WindowsToTzdbIds.TryGetValue(text, out var mapped))
        {
            zone = mapped;
            return true;
        }

        problem = new("is not a time zone; write an IANA name such as Europe/Berlin", "不是时区；请写 IANA 名称，例如 Asia/Shanghai");
        return false;
    }

    /// <summary>Three letters, upper case.</summary>
    public static bool TryCurrency(string text, out string currency, out Wording problem)
    {
        var upper = text.ToUpperInvariant();
        currency = upper is "RMB" or "CNH" or "人民币" ? "CNY" : upper;
        var isCode = currency.Length == 3 && currency.All(char.IsAsciiLetterUpper);
        problem = isCode ? default : new("is not a currency code; write three letters such as EUR", "不是币种代码；请写三位字母，例如 CNY");
        return isCode;
    }

    private static string CasePart(string part, int index) =>
        index == 0 ? part.ToLowerInvariant()
        : part.Length == 2 ? part.ToUpperInvariant()
        : part.Length == 4 && char.IsAsciiLetter(part[0]) ? char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()
        : part;
}
