using System.Globalization;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>Common names from small pools, combined by chance, and addresses under domains that nobody can own (RFC 2606).</summary>
internal static class DemoNames
{
    private static readonly string[] GivenDe =
    [
        "Anna",
        "Ben",
        "Clara",
        "David",
        "Emilia",
        "Finn",
        "Greta",
        "Hannah",
        "Ida",
        "Jonas",
        "Klara",
        "Leon",
        "Lena",
        "Mia",
        "Moritz",
        "Nora",
        "Oskar",
        "Paula",
        "Paul",
        "Rosa",
        "Simon",
        "Sofia",
        "Theo",
        "Tilda",
        "Vera",
        "Zoë",
        "Jörg",
        "Björn",
        "Käthe",
        "Renée",
    ];

    private static readonly string[] FamilyDe =
    [
        "Müller",
        "Schmidt",
        "Schneider",
        "Fischer",
        "Weber",
        "Meyer",
        "Wagner",
        "Becker",
        "Schulz",
        "Hoffmann",
        "Koch",
        "Bauer",
        "Richter",
        "Klein",
        "Wolf",
        "Schröder",
        "Neumann",
        "Braun",
        "Krüger",
        "Lange",
        "Groß",
        "Vogel",
        "Keller",
        "Günther",
    ];

    private static readonly string[] FamilyZh =
    [
        "王",
        "李",
        "张",
        "刘",
        "陈",
        "杨",
        "黄",
        "赵",
        "周",
        "吴",
        "徐",
        "孙",
        "马",
        "朱",
        "胡",
        "林",
        "郭",
        "何",
    ];

    private static readonly string[] GivenZh =
    [
        "伟",
        "芳",
        "娜",
        "敏",
        "静",
        "丽",
        "强",
        "磊",
        "洋",
        "勇",
        "艳",
        "杰",
        "涛",
        "明",
        "超",
        "秀英",
        "桂英",
        "建国",
        "晓明",
        "文静",
        "子涵",
        "梓萱",
        "浩然",
        "欣怡",
        "雨桐",
        "思远",
    ];

    private static readonly string[] Domains = ["example.com", "example.net", "example.org"];

    public static string German(Random random) => $"{Pick(random, GivenDe)} {Pick(random, FamilyDe)}";

    /// <summary>Family name first, without a space.</summary>
    public static string Chinese(Random random) => Pick(random, FamilyZh) + Pick(random, GivenZh);

    /// <summary>An address that a mail server would take, or under <c>bounce.example</c> one that it refuses for good.</summary>
    public static string Address(Random random, int index, bool bounces) =>
        string.Create(CultureInfo.InvariantCulture, $"c{index:D5}@{(bounces ? "bounce.example" : Pick(random, Domains))}");

    private static string Pick(Random random, string[] pool) => pool[random.Next(pool.Length)];
}
