using System.Text;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportFuzzTests
{
    private const string Good =
        "customer_id,order_id,date,amount,email,name,sku,quantity,status\r\n"
        + "c1,o1,2025-01-02,\"1,234.50\",ann@shop.com,\"Lee, \"\"Ann\"\"\",S1,2,paid\r\n"
        + "c1,o1,2025-01-02,5,ann@shop.com,Ann,S2,1,paid\r\n"
        + "张三,o2,2025-01-03T10:00:00Z,7.25,,张三,S1,1,refunded\r\n"
        + "c3,o3,2025-01-04,-3,,,,,cancelled\r\n";

    private static readonly string[] Pieces =
    [
        "\"",
        ",",
        "\r",
        "\n",
        "\r\n",
        "\0",
        "x",
        "9",
        "-",
        "=",
        "é",
        "\u202E",
        "1E+05",
        "NaN",
        "2025-02-30",
        "\uFEFF",
        ";",
        "\t",
        " ",
        "null",
    ];

    /// <summary>Each seed damages 150 files; none may end in anything but an account that adds up or a refusal of the file.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_damaged_file_is_accounted_for_row_by_row_or_refused_whole(int seed)
    {
        var random = new Random(seed);
        using var world = new ImportWorld();
        var (completed, refused) = (0, 0);
        for (var i = 0; i < 150; i++)
        {
            var bytes = Damage(random);
            switch (await world.OrdersAsync(ImportWorld.File_(bytes)))
            {
                case ImportOutcome.Completed(var report):
                    completed++;
                    report.Rows.ShouldBe(report.Accepted + report.Skipped + report.Refused);
                    report.Refusals.ShouldAllBe(r => r.Line > 1 && r.Reason.Length > 0);
                    break;
                case ImportOutcome.FileRefused(_, _, var reason):
                    refused++;
                    reason.ShouldNotBeNullOrEmpty();
                    break;
            }
        }

        completed.ShouldBeGreaterThan(20);
        refused.ShouldBeGreaterThan(20);
    }

    private static byte[] Damage(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Good).ToList();
        for (var hits = random.Next(1, 5); hits > 0; hits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(Math.Min(20, bytes.Count - at)));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : 0);
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }
}
