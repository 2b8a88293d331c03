namespace RetentionFuncs.Functions.Tests.Infra.Costs;

public sealed class CostPageTests
{
    private static CountedTransactions Counted => CostModel.Counted(InfraFiles.Read("infra/cost/transactions.json"));

    private static CostAssumptions Assumed => CostModel.Assumed(InfraFiles.Read("infra/cost/assumptions.json"));

    [Fact]
    public void The_page_is_what_the_counts_the_assumptions_and_the_formula_make_of_it()
    {
        var page = CostPage.Write(Counted, Assumed);
        if (Environment.GetEnvironmentVariable("RENEW_PAGES") == "1")
        {
            File.WriteAllText(InfraFiles.Path("infra/COSTS.md"), page);
        }

        InfraFiles
            .Read("infra/COSTS.md")
            .ShouldBe(page, "renew it: RENEW_PAGES=1 dotnet test tests/RetentionFuncs.Functions.Tests --filter CostPage");
    }

    /// <summary>By hand: 1,000 customers, 250 orders, 400 reviews, 100 messages, 250 events.</summary>
    [Fact]
    public void The_formula_gives_what_a_hand_gives()
    {
        var counted = new CountedTransactions(5, 4, 10, 12, 6);
        var assumed = Assumed with
        {
            Work = Assumed.Work.ToDictionary(
                w => w.Key,
                w =>
                    w.Value with
                    {
                        Value = w.Key switch
                        {
                            "ordersPerCustomer" => 0.25m,
                            "reviewsPerCustomer" => 0.4m,
                            "messagesPerCustomer" => 0.1m,
                            "eventsPerMessage" => 2.5m,
                            "fullPassesPerMonth" => 8,
                            "transactionsPerCustomerAndPass" => 1,
                            "timerTransactions" => 1_000,
                            "timerMessages" => 400,
                            "busOperationsPerMessage" => 3,
                            _ => w.Value.Value,
                        },
                    }
            ),
        };
        var model = new CostModel(counted, assumed, 1_000);

        // 250×5 + 300×4 + 100×10 + 100×12 + 250×6 + 1000×8 + 1000
        model.Transactions.ShouldBe(1_250 + 1_200 + 1_000 + 1_200 + 1_500 + 8_000 + 1_000);
        // (100 + 250 + 250 + 400) × 3
        model.BusOperations.ShouldBe(3_000);
        model.Calls.ShouldBe(1_000 + 250 + 250);
        model.BusCost.ShouldBe(assumed.Prices["busBaseMonth"].Value);
    }

    [Fact]
    public void More_customers_never_cost_less_and_every_price_names_its_page()
    {
        var costs = ((long[])[1_000, 100_000, 1_000_000, 100_000_000]).Select(n => new CostModel(Counted, Assumed, n).TableCost).ToList();
        costs.ShouldBeInOrder();
        Assumed.Prices.Values.ShouldAllBe(p => p.Value > 0 && p.Page.Contains('.'));
        Assumed.Work.Values.ShouldAllBe(w => w.Value >= 0 && w.Why.Length > 0);
        Assumed.Sizes.ShouldBe([100_000L, 10_000_000L]);
    }

    [Fact]
    public void A_count_that_is_missing_is_refused() =>
        Should.Throw<System.Text.Json.JsonException>(() => CostModel.Counted("{\"orderIngested\": 1}"));
}
