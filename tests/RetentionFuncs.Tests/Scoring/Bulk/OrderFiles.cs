using System.Globalization;
using System.Text;
using RetentionFuncs.Clocks;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Bulk;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Scoring.Bulk;

/// <summary>Files of orders to read in bulk, and what folding the same orders one by one gives.</summary>
internal static class OrderFiles
{
    public static readonly BusinessCalendar Berlin = new("Europe/Berlin");

    public static OrderFileOutcome Run(string text, int lanes = 2, DateOnly? latest = null) =>
        At(text, path => OrderFileScan.Run(path, new(Berlin, latest, lanes)));

    public static BulkHistories Read(string text, int lanes = 2) => Run(text, lanes).ShouldBeOfType<OrderFileOutcome.Read>().Histories;

    public static OrderFileOutcome.NotPlain Refused(string text, int lanes = 2) =>
        Run(text, lanes).ShouldBeOfType<OrderFileOutcome.NotPlain>();

    public static T At<T>(string text, Func<string, T> act)
    {
        using var folder = new ScratchFolder();
        var path = Path.Combine(folder.Path, "orders.csv");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return act(path);
    }

    /// <summary>Everybody's histories by id.</summary>
    public static SortedDictionary<string, (int[] Days, decimal[] Amounts, decimal Spend)> People(BulkHistories histories)
    {
        var people = new SortedDictionary<string, (int[], decimal[], decimal)>(StringComparer.Ordinal);
        foreach (var block in histories.Blocks)
        {
            for (var i = 0; i < block.Customers; i++)
            {
                var history = block.HistoryOf(i);
                people.Add(block.IdOf(i), (history.Days, history.Amounts, ScaledAmount.ToDecimal(block.Spend[i])));
            }
        }

        return people;
    }

    /// <summary>Rows of random customers: several a day, refunds, zeros, times with and without offsets.</summary>
    public static List<(string Customer, string Order, string Date, decimal Amount)> Rows(int seed, int customers, int rows)
    {
        var random = new Random(seed);
        var made = new List<(string, string, string, decimal)>();
        for (var i = 0; i < rows; i++)
        {
            var customer = $"{(i % 3 == 0 ? "a-rather-long-customer-id-" : "c")}{(int)(customers * Math.Pow(random.NextDouble(), 2))}";
            var day = new DateOnly(2022, 3, 1).AddDays(random.Next(900)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var time = random.Next(4) switch
            {
                0 => $"T{random.Next(24):00}:{random.Next(60):00}:00Z",
                1 => $" {random.Next(24):00}:{random.Next(60):00}",
                2 => $"T{random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}.250+05:30",
                _ => "",
            };
            var amount = random.Next(12) switch
            {
                0 => -random.Next(5000) / 100m,
                1 => 0m,
                2 => random.Next(1, 100),
                _ => random.Next(1, 2_000_000) / (random.Next(2) == 0 ? 10m : 10_000m),
            };
            made.Add((customer, $"o{i}", day + time, amount));
        }

        return made;
    }

    public static string Csv(IEnumerable<(string Customer, string Order, string Date, decimal Amount)> rows) =>
        "customer_id,order_id,date,amount\n"
        + string.Concat(
            rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Customer},{r.Order},{r.Date},{Amount(r.Amount)}\n"))
        );

    /// <summary>What the summaries say when the rows are orders that are folded customer by customer.</summary>
    public static SortedDictionary<string, (int[] Days, decimal[] Amounts, decimal Spend)> Folded(
        IEnumerable<(string Customer, string Order, string Date, decimal Amount)> rows
    )
    {
        var people = new SortedDictionary<string, (int[], decimal[], decimal)>(StringComparer.Ordinal);
        foreach (var customer in rows.GroupBy(r => r.Customer))
        {
            var summary = PurchaseFold.Of(customer.Select(r => OrderOf(r.Order, r.Date, r.Amount)), Berlin, "EUR");
            if (summary.HasPurchases)
            {
                people.Add(
                    customer.Key,
                    ([.. summary.PurchaseDays.Select(d => d.DayNumber)], [.. summary.DayAmounts], summary.SpendIn("EUR"))
                );
            }
        }

        return people;
    }

    private static Order OrderOf(string id, string date, decimal amount)
    {
        var at =
            date.EndsWith('Z') || date.Contains('+', StringComparison.Ordinal)
                ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture)
                : Berlin.InstantOf(
                    DateOnly.ParseExact(date[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    date.Length > 10 ? TimeOnly.Parse(date[11..], CultureInfo.InvariantCulture) : default
                );
        return new Order(
            id,
            at,
            at,
            amount < 0 ? OrderStatus.Refund : OrderStatus.Placed,
            new Money(Math.Max(0, amount), "EUR"),
            Math.Max(0, -amount),
            [],
            []
        );
    }

    /// <summary>Never three decimals, which could be thousands.</summary>
    private static string Amount(decimal amount)
    {
        var text = amount.ToString("0.####", CultureInfo.InvariantCulture);
        return text.IndexOf('.', StringComparison.Ordinal) is var at and >= 0 && text.Length - at == 4 ? text + "0" : text;
    }
}
