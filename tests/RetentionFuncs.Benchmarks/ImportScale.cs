using System.Text;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Imports;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Benchmarks;

/// <summary>A file of customers and a file of orders, into the durable embedded store; then a score of everybody.</summary>
internal static class ImportScale
{
    public static async Task<int> RunAsync(int customers, int orders)
    {
        using var scratch = await ScratchHome.OpenAsync();
        var (people, purchases) = Write(scratch.Folder.In("files"), customers, orders);
        Console.WriteLine(
            $"files: {new FileInfo(people).Length / 1048576:N0} MB customers, {new FileInfo(purchases).Length / 1048576:N0} MB orders"
        );
        await ImportAsync(scratch, "customers", people, customers);
        await ImportAsync(scratch, "orders", purchases, orders);
        await ImportAsync(scratch, "orders", purchases, orders, "the same orders again");
        var score = await Report.TimeAsync(
            "score everybody",
            customers,
            async () => await scratch.Home.Product.ScoreCustomers.RunAsync(new DateOnly(2026, 3, 2))
        );
        Console.WriteLine(
            $"customers {score.Customers:N0}, churn rate {score.ChurnRate:P1}; database {new FileInfo(scratch.Folder.In("retention.db")).Length / 1048576:N0} MB"
        );
        return 0;
    }

    private static async Task ImportAsync(ScratchHome scratch, string kind, string file, int rows, string? what = null)
    {
        var outcome = await Report.TimeAsync(
            what ?? $"import {kind}",
            rows,
            () => ImportCommand.ImportAsync(scratch.Home, kind, file, new ImportOptions())
        );
        var report = ((ImportOutcome.Completed)outcome).Report;
        Console.WriteLine(
            $"    rows {report.Rows:N0} = accepted {report.Accepted:N0} (unchanged {report.Unchanged:N0}) + refused {report.Refused:N0}"
        );
    }

    private static (string People, string Purchases) Write(string folder, int customers, int orders)
    {
        Directory.CreateDirectory(folder);
        var (people, purchases) = (Path.Combine(folder, "customers.csv"), Path.Combine(folder, "orders.csv"));
        var random = new Random(20260302);
        using (var file = new StreamWriter(people, false, new UTF8Encoding(false), 1 << 16))
        {
            file.WriteLine("customer_id,name,email,country,locale,birthday,consent,consent_at,consent_source");
            for (var i = 0; i < customers; i++)
            {
                file.WriteLine(
                    $"C{i:0000000},Name {i},c{i}@bench.example,DE,en,{1950 + (i % 50)}-{1 + (i % 12):00}-{1 + (i % 28):00},yes,2024-01-01T00:00:00Z,checkout"
                );
            }
        }

        using (var file = new StreamWriter(purchases, false, new UTF8Encoding(false), 1 << 16))
        {
            file.WriteLine("customer_id,order_id,date,amount");
            var first = new DateTime(2023, 3, 1);
            for (var i = 0; i < orders; i++)
            {
                // Ordered by day, as a shop exports; customers skewed as in life.
                var customer = (int)(customers * Math.Pow(random.NextDouble(), 2));
                var day = first.AddDays(1096.0 * i / orders).AddMinutes(random.Next(1440));
                file.WriteLine($"C{customer:0000000},O{i:00000000},{day:yyyy-MM-dd HH:mm:ss},{random.Next(500, 20000) / 100m}");
            }
        }

        return (people, purchases);
    }
}
