using System.Text.Json;

namespace RetentionFuncs.Functions.Tests.Infra.Costs;

/// <summary>Storage transactions of one piece of work, as counted by the adapters' tests.</summary>
/// <param name="Placeholder">Nobody has counted yet: the page says so.</param>
public sealed record CountedTransactions(
    decimal OrderIngested,
    decimal CustomerReviewed,
    decimal CustomerReviewedWithMessage,
    decimal MessageSent,
    decimal DeliveryEvent,
    bool Placeholder = false
);

public sealed record Assumed(decimal Value, string Unit, string Why);

public sealed record Price(decimal Value, string Page);

public sealed record CostAssumptions(
    string WrittenOn,
    string Currency,
    IReadOnlyList<long> Sizes,
    IReadOnlyDictionary<string, Assumed> Work,
    IReadOnlyDictionary<string, Price> Prices
);

/// <summary>What one month costs for a number of customers; the same lines stand on the page as words.</summary>
public sealed class CostModel(CountedTransactions counted, CostAssumptions assumed, long customers)
{
    private const decimal SecondsAMonth = 730 * 3600;

    public decimal Orders => customers * Work("ordersPerCustomer");

    public decimal Reviews => customers * Work("reviewsPerCustomer");

    public decimal Messages => customers * Work("messagesPerCustomer");

    public decimal Events => Messages * Work("eventsPerMessage");

    public decimal Transactions =>
        (Orders * counted.OrderIngested)
        + ((Reviews - Messages) * counted.CustomerReviewed)
        + (Messages * counted.CustomerReviewedWithMessage)
        + (Messages * counted.MessageSent)
        + (Events * counted.DeliveryEvent)
        + (customers * Work("fullPassesPerMonth") * Work("transactionsPerCustomerAndPass"))
        + Work("timerTransactions");

    public decimal QueueMessages => Messages + Events + Orders + Work("timerMessages");

    public decimal BusOperations => QueueMessages * Work("busOperationsPerMessage");

    /// <summary>A call for each queue message, and one for each order and event that comes in over HTTP.</summary>
    public decimal Calls => QueueMessages + Orders + Events;

    public decimal StoredGb => customers * Work("storedKbPerCustomer") / 1_000_000;

    public decimal LogGb =>
        Work("metricsGb")
        + (
            ((Reviews * Work("telemetryKbPerReview")) + (Messages * Work("telemetryKbPerMessage")))
            * Work(customers <= 1_000_000 ? "traceShareUpTo1M" : "traceShareAbove")
            / 1_000_000
        );

    public decimal TableCost => (Transactions / 10_000 * Price("tableTransactionsPer10000")) + (StoredGb * Price("tableGbMonth"));

    public decimal BusCost =>
        Price("busBaseMonth")
        + (Math.Max(0, BusOperations - Price("busOperationsIncluded")) / 1_000_000 * Price("busOperationsPerMillion"));

    public decimal FunctionCost =>
        (Calls / 1_000_000 * Price("executionsPerMillion"))
        + (Calls * Work("secondsPerCall") / Work("callsSideBySide") * Work("memoryGb") * Price("onDemandGbSecond"))
        + (Work("alwaysReadyInstances") * Work("memoryGb") * SecondsAMonth * Price("alwaysReadyGbSecond"));

    public decimal WatchCost => (LogGb * Price("logGb")) + Price("alertRulesMonth");

    public decimal MailCost => Messages / 1_000 * Price("messagePerThousand");

    public decimal Azure => TableCost + BusCost + FunctionCost + WatchCost;

    public decimal PerThousandCustomers => Azure / customers * 1_000;

    public static CountedTransactions Counted(string json) => JsonSerializer.Deserialize<CountedTransactions>(json, Options)!;

    public static CostAssumptions Assumed(string json) => JsonSerializer.Deserialize<CostAssumptions>(json, Options)!;

    private static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    private decimal Work(string name) => assumed.Work[name].Value;

    private decimal Price(string name) => assumed.Prices[name].Value;
}
