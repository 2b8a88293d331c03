using System.Globalization;
using MathNet.Numerics.Distributions;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Tests.Scoring.Bulk;

namespace RetentionFuncs.Tests.Commands;

/// <summary><c>retention score --orders</c>: a file scored without a data folder.</summary>
public sealed class OrderFileScoringTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_file_is_scored_without_a_data_folder_and_every_customer_gets_a_row()
    {
        var rows = OrderFiles.Rows(13, 1_500, 6_000);
        File.WriteAllText(_scratch.File("orders.csv"), OrderFiles.Csv(rows));
        var told = (await RunAsync("--orders", "orders.csv", "--out", "scores.csv", "--json", "--zone", "Europe/Berlin")).Ended();
        var json = told.Json();
        var customers = json.GetProperty("customers").GetInt32();
        customers.ShouldBe(OrderFiles.Folded(rows).Count);
        json.GetProperty("model").GetProperty("kind").GetString().ShouldBe("MBG");
        json.GetProperty("model").GetProperty("parameters").EnumerateObject().Select(p => p.Name).ShouldBe(["r", "alpha", "a", "b"]);
        json.GetProperty("stages").EnumerateObject().Sum(s => s.Value.GetInt32()).ShouldBe(customers);

        var lines = File.ReadAllLines(_scratch.File("scores.csv"));
        lines.Length.ShouldBe(customers + 1);
        lines[0].ShouldBe("customer_id,stage,next_crossing,chance_of_return,chance_alive,expected_orders,expected_spend");
        var fields = lines.Skip(1).Select(l => l.Split(',')).ToList();
        fields.ShouldAllBe(f => f.Length == 7);
        fields.Select(f => f[0]).Order(StringComparer.Ordinal).ShouldBe(OrderFiles.Folded(rows).Keys);
        fields.Where(f => f[1] == "lost").ShouldAllBe(f => f[2].Length == 0);
        fields.Where(f => f[1] != "lost").ShouldAllBe(f => f[2].Length == 10);
        var orders = fields.Sum(f => double.Parse(f[5], CultureInfo.InvariantCulture));
        json.GetProperty("expectedOrders").GetDouble().ShouldBe(orders, 1e-3 * customers);
        Directory.Exists(_scratch.File(".retention")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_customers_named_first_have_most_at_risk()
    {
        // Amounts as Gamma-Gamma has them: each customer a mean, each order near it.
        var random = new Random(20);
        var means = new Dictionary<string, double>();
        var rows = OrderFiles
            .Rows(14, 1_500, 6_000)
            .Select(r =>
            {
                means.TryAdd(r.Customer, 1 / Gamma.Sample(random, 3.7, 90));
                return r with { Amount = Math.Round((decimal)Gamma.Sample(random, 6, 6 / means[r.Customer]), 2) };
            });
        File.WriteAllText(_scratch.File("orders.csv"), OrderFiles.Csv(rows));
        var json = (await RunAsync("--orders", "orders.csv", "--json")).Ended().Json();
        var named = json.GetProperty("atRisk").EnumerateArray().ToList();
        named.Count.ShouldBe(20);
        named.Select(c => c.GetProperty("atRisk").GetDecimal()).ShouldBeInOrder(SortDirection.Descending);
        named.ShouldAllBe(c => c.GetProperty("stage").GetString() == "cooling" || c.GetProperty("stage").GetString() == "lapsing");
        var text = (await RunAsync("--orders", "orders.csv", "--lang", "zh")).Ended().Out;
        text.ShouldContain(named[0].GetProperty("customerId").GetString()!);
        text.ShouldContain("最值得挽回的顾客");
    }

    [Fact]
    public async Task A_file_that_would_have_to_be_guessed_at_is_named_with_its_line()
    {
        File.WriteAllText(_scratch.File("orders.csv"), "customer_id,date,amount\nc1,2024-01-02,10\nc2,03/04/2024,10\n");
        var told = (await RunAsync("--orders", "orders.csv")).Ended(Exit.WithRefusals);
        told.Err.ShouldContain("line 3");
        told.Err.ShouldContain("retention import orders");
        told.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_few_customers_are_not_scored_and_told_why()
    {
        File.WriteAllText(_scratch.File("orders.csv"), "customer_id,date,amount\nc1,2024-01-02,10\n");
        (await RunAsync("--orders", "orders.csv")).Ended(Exit.WithRefusals).Err.ShouldContain("too few");
    }

    [Theory]
    [InlineData("--out", "x.csv")]
    [InlineData("--orders", "nowhere.csv")]
    [InlineData("--orders", "orders.csv", "--model", "Pareto")]
    [InlineData("--orders", "orders.csv", "--horizon", "0")]
    [InlineData("--orders", "orders.csv", "--zone", "Mars/Base")]
    [InlineData("--orders", "orders.csv", "--fit")]
    public async Task Options_that_do_not_go_together_are_wrong_usage(params string[] options)
    {
        File.WriteAllText(_scratch.File("orders.csv"), "customer_id,date,amount\n");
        (await RunAsync(options)).Ended(Exit.WrongUsage);
    }

    private async Task<Told> RunAsync(params string[] options)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var status = await new CommandLine(output, error, false, directory: _scratch.Path).RunAsync(["score", .. options]);
        return new Told(status, output.ToString(), error.ToString());
    }
}
