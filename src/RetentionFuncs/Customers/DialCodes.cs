using System.Collections.Frozen;

namespace RetentionFuncs.Customers;

/// <summary>The country codes of ITU-T E.164 for the countries a shop is likely to sell to.</summary>
internal static class DialCodes
{
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AE"] = "971",
        ["AR"] = "54",
        ["AT"] = "43",
        ["AU"] = "61",
        ["BE"] = "32",
        ["BG"] = "359",
        ["BR"] = "55",
        ["CA"] = "1",
        ["CH"] = "41",
        ["CL"] = "56",
        ["CN"] = "86",
        ["CO"] = "57",
        ["CY"] = "357",
        ["CZ"] = "420",
        ["DE"] = "49",
        ["DK"] = "45",
        ["EE"] = "372",
        ["EG"] = "20",
        ["ES"] = "34",
        ["FI"] = "358",
        ["FR"] = "33",
        ["GB"] = "44",
        ["GR"] = "30",
        ["HK"] = "852",
        ["HR"] = "385",
        ["HU"] = "36",
        ["ID"] = "62",
        ["IE"] = "353",
        ["IL"] = "972",
        ["IN"] = "91",
        ["IS"] = "354",
        ["IT"] = "39",
        ["JP"] = "81",
        ["KR"] = "82",
        ["KZ"] = "7",
        ["LT"] = "370",
        ["LU"] = "352",
        ["LV"] = "371",
        ["MO"] = "853",
        ["MT"] = "356",
        ["MX"] = "52",
        ["MY"] = "60",
        ["NL"] = "31",
        ["NO"] = "47",
        ["NZ"] = "64",
        ["PH"] = "63",
        ["PL"] = "48",
        ["PT"] = "351",
        ["RO"] = "40",
        ["RS"] = "381",
        ["RU"] = "7",
        ["SA"] = "966",
        ["SE"] = "46",
        ["SG"] = "65",
        ["SI"] = "386",
        ["SK"] = "421",
        ["TH"] = "66",
        ["TR"] = "90",
        ["TW"] = "886",
        ["UA"] = "380",
        ["US"] = "1",
        ["VN"] = "84",
        ["ZA"] = "27",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Digits without plus sign, or null for a country that is not listed.</summary>
    public static string? Of(string country) => Codes.GetValueOrDefault(country);

    /// <summary>Italian numbers keep their leading zero abroad; a zero elsewhere is the trunk prefix and falls away.</summary>
    public static bool KeepsZero(string country) => country == "IT";

    /// <summary>How mobile numbers begin behind the country code, by the national numbering plans; other countries' plans do not tell.</summary>
    private static readonly (string Code, string[] Begins)[] Mobiles =
    [
        ("49", ["15", "16", "17"]),
        ("44", ["7"]),
        ("33", ["6", "7"]),
        ("39", ["3"]),
        ("34", ["6", "7"]),
        ("31", ["6"]),
        ("32", ["4"]),
        ("43", ["6"]),
        ("41", ["7"]),
        ("46", ["7"]),
        ("353", ["8"]),
        ("852", ["4", "5", "6", "7", "9"]),
        ("886", ["9"]),
        ("81", ["60", "70", "80", "90"]),
        ("82", ["1"]),
        ("61", ["4", "5"]),
    ];

    /// <param name="digits">Country code first.</param>
    public static bool MayBeMobile(ReadOnlySpan<char> digits)
    {
        foreach (var (code, begins) in Mobiles)
        {
            if (digits.StartsWith(code, StringComparison.Ordinal))
            {
                foreach (var begin in begins)
                {
                    if (digits[code.Length..].StartsWith(begin, StringComparison.Ordinal))
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        return true;
    }
}
