using System.Text;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>Texts that break things, and ways to damage a good one.</summary>
internal static class OddTexts
{
    public static readonly string[] Words =
    [
        "",
        " ",
        "x",
        "null",
        "N/A",
        "#REF!",
        "=1+1",
        "=cmd|'/c calc'!A0",
        "<script>alert(1)</script>",
        "\"><b id=x>",
        "{{name}}",
        "{{{name}}}",
        "{{#if x}}",
        "\r\nBcc: a@b.cn",
        "\0",
        "\t",
        "\u0085",
        "\u2028",
        "\u200B",
        "\u202E",
        "\u2066",
        "\uFEFF",
        "\uFFFD",
        "İstanbul ß",
        "e\u0301",
        "👩‍👩‍👧‍👦",
        "张三",
        "（）",
        "'; DROP TABLE customers; --",
        "../../etc/passwd",
        "%s%n",
        "1E+05",
        "NaN",
        "Infinity",
        "-0",
        "1e308",
        "79228162514264337593543950335",
        "79228162514264337593543950336",
        "0.0000000000000000000000000001",
        "1.234,56",
        "1,234.56",
        "¥1,234.00",
        "2025-02-30",
        "0001-01-01",
        "9999-12-31T23:59:59.9999999+14:00",
        "2024-02-29",
        "03/04/2025",
        "45292",
        "2024年3月5日",
        "2024-12-31T23:59:60Z",
        "a@b.cn",
        "Ann <a@b.cn>",
        "a@x.com;b@y.com",
        "a@b@c.cn",
        "+86 138 0013 8000",
        "true",
        "y",
        "是",
    ];

    public static string Any(FuzzCase c) =>
        c.Random.Next(12) switch
        {
            0 => new string((char)c.Random.Next(32, 0xD7FF), c.Random.Next(1, 300)),
            1 => string.Concat(Enumerable.Range(0, c.Random.Next(1, 20)).Select(_ => (char)c.Random.Next(1, 0x10000))),
            2 => string.Concat(Enumerable.Repeat(c.Of(Words), c.Random.Next(1, 40))),
            3 => "e" + new string('\u0301', c.Random.Next(1, 400)),
            4 => c.Of(Words) + c.Of(Words),
            _ => c.Of(Words),
        };

    /// <summary>Any text that UTF-16 allows: without half a surrogate pair.</summary>
    public static string Whole(FuzzCase c) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Any(c)));

    /// <summary>One to six small damages: pieces put in, taken out, doubled, exchanged.</summary>
    public static string Damage(FuzzCase c, string text, IReadOnlyList<string> pieces)
    {
        var made = new StringBuilder(text);
        for (var hits = c.Random.Next(1, 7); hits > 0 && made.Length > 0; hits--)
        {
            var at = c.Random.Next(made.Length);
            var length = Math.Min(made.Length - at, c.Random.Next(1, 25));
            switch (c.Random.Next(7))
            {
                case 0:
                    made.Remove(at, length);
                    break;
                case 1:
                    made.Insert(at, made.ToString(at, length));
                    break;
                case 2:
                    made.Insert(at, Any(c));
                    break;
                case 3:
                    made[at] = (char)c.Random.Next(1, 0x3000);
                    break;
                case 4 when c.OneIn(4):
                    made.Length = at;
                    break;
                default:
                    made.Insert(at, c.Of(pieces));
                    break;
            }
        }

        return made.ToString();
    }

    public static byte[] Damage(FuzzCase c, byte[] bytes)
    {
        var made = bytes.ToList();
        for (var hits = c.Random.Next(1, 6); hits > 0 && made.Count > 0; hits--)
        {
            var at = c.Random.Next(made.Count);
            switch (c.Random.Next(5))
            {
                case 0:
                    made[at] = (byte)c.Random.Next(256);
                    break;
                case 1:
                    made[at] ^= (byte)(1 << c.Random.Next(8));
                    break;
                case 2:
                    made.RemoveRange(at, Math.Min(made.Count - at, c.Random.Next(1, 20)));
                    break;
                case 3:
                    made.InsertRange(at, Encoding.UTF8.GetBytes(Any(c)));
                    break;
                default:
                    made.Insert(at, (byte)c.Random.Next(256));
                    break;
            }
        }

        return [.. made];
    }
}
