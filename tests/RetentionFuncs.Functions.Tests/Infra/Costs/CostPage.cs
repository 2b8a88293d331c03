using System.Globalization;
using System.Text;

namespace RetentionFuncs.Functions.Tests.Infra.Costs;

/// <summary>Writes infra/COSTS.md from the two files of infra/cost.</summary>
internal static class CostPage
{
    public static string Write(CountedTransactions counted, CostAssumptions assumed)
    {
        var models = assumed.Sizes.Select(size => (Size: size, Model: new CostModel(counted, assumed, size))).ToList();
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            # What the Azure home costs a month

            Computed from two files and one formula; nothing here is typed in by hand, and a test holds the page to them. `cost/transactions.json` is
            **counted** by the tests of the storage adapter. `cost/assumptions.json` is **assumed**: put your own shop's figures there, and the prices of
            your region, and renew the page with `RENEW_PAGES=1 dotnet test tests/RetentionFuncs.Functions.Tests --filter CostPage`.

            **The prices are no quotation.** They are round figures in {assumed.Currency} as of {assumed.WrittenOn}; check each at the page
            named beside it. Free grants, reservations, taxes and network are left out.

            ## The result


            """
        );
        if (counted.Placeholder)
        {
            page.Append("**The transactions are estimates so far, not counted.**\n\n");
        }

        Row(page, "| A month for …", models.Select(m => $"{Whole(m.Size)} customers"));
        Row(page, "|---", models.Select(_ => "---:"));
        Line(page, "Orders in", models, m => Whole(m.Orders));
        Line(page, "Customers reviewed", models, m => Whole(m.Reviews));
        Line(page, "Messages sent", models, m => Whole(m.Messages));
        Line(page, "Delivery events", models, m => Whole(m.Events));
        Line(page, "Table transactions", models, m => Whole(m.Transactions));
        Line(page, "Service Bus operations", models, m => Whole(m.BusOperations));
        Line(page, "Function calls", models, m => Whole(m.Calls));
        Line(page, "Stored", models, m => $"{Tenths(m.StoredGb)} GB");
        Line(page, "Logs and traces", models, m => $"{Tenths(m.LogGb)} GB");
        Line(page, "**Tables**", models, m => Money(m.TableCost));
        Line(page, "**Service Bus**", models, m => Money(m.BusCost));
        Line(page, "**Functions**", models, m => Money(m.FunctionCost));
        Line(page, "**Logs and alerts**", models, m => Money(m.WatchCost));
        Line(page, "**Azure together**", models, m => $"**{Money(m.Azure)}**");
        Line(page, "Azure for 1,000 customers", models, m => Money(m.PerThousandCustomers));
        Line(page, "SendGrid, beside it", models, m => Money(m.MailCost));
        page.Append(Formula);
        Tables(page, counted, assumed);
        return page.ToString();
    }

    private const string Formula = """

        ## The formula

        ```
        orders       = customers × ordersPerCustomer
        reviews      = customers × reviewsPerCustomer
        messages     = customers × messagesPerCustomer
        events       = messages × eventsPerMessage
        transactions = orders × orderIngested + (reviews − messages) × customerReviewed + messages × customerReviewedWithMessage
                     + messages × messageSent + events × deliveryEvent
                     + customers × fullPassesPerMonth × transactionsPerCustomerAndPass + timerTransactions
        queued       = messages + events + orders + timerMessages
        calls        = queued + orders + events                      (what comes in over HTTP is a call more)
        stored GB    = customers × storedKbPerCustomer ÷ 10⁶
        log GB       = metricsGb + (reviews × telemetryKbPerReview + messages × telemetryKbPerMessage) × traceShare ÷ 10⁶

        Tables       = transactions ÷ 10⁴ × tableTransactionsPer10000 + stored GB × tableGbMonth
        Service Bus  = busBaseMonth + max(0, queued × busOperationsPerMessage − busOperationsIncluded) ÷ 10⁶ × busOperationsPerMillion
        Functions    = calls ÷ 10⁶ × executionsPerMillion + calls × secondsPerCall ÷ callsSideBySide × memoryGb × onDemandGbSecond
                     + alwaysReadyInstances × memoryGb × 730 × 3600 × alwaysReadyGbSecond
        Logs         = log GB × logGb + alertRulesMonth
        ```

        A timer reads what is due and nothing else; the two weekly passes are the only work that grows with customers who do nothing.


        """;

    private static void Tables(StringBuilder page, CountedTransactions counted, CostAssumptions assumed)
    {
        page.Append("## Counted: table transactions of one piece of work\n\n| Work | Transactions |\n|---|---:|\n");
        foreach (
            var (name, value) in ((string, decimal)[])
                [
                    ("orderIngested", counted.OrderIngested),
                    ("customerReviewed", counted.CustomerReviewed),
                    ("customerReviewedWithMessage", counted.CustomerReviewedWithMessage),
                    ("messageSent", counted.MessageSent),
                    ("deliveryEvent", counted.DeliveryEvent),
                ]
        )
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {value} |\n");
        }

        page.Append("\n## Assumed: the shop\n\n| Name | Value | Unit | Why |\n|---|---:|---|---|\n");
        foreach (var (name, one) in assumed.Work)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {one.Value} | {one.Unit} | {one.Why} |\n");
        }

        page.Append(
            CultureInfo.InvariantCulture,
            $"\n## Assumed: prices in {assumed.Currency}, to be checked\n\n| Name | Value | Price page |\n|---|---:|---|\n"
        );
        foreach (var (name, one) in assumed.Prices)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {one.Value} | {one.Page} |\n");
        }
    }

    private static void Line(StringBuilder page, string name, List<(long, CostModel Model)> models, Func<CostModel, string> value) =>
        Row(page, $"| {name}", models.Select(m => value(m.Model)));

    private static void Row(StringBuilder page, string first, IEnumerable<string> cells) =>
        page.Append(CultureInfo.InvariantCulture, $"{first} | {string.Join(" | ", cells)} |\n");

    private static string Whole(decimal value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Tenths(decimal value) => value.ToString("N1", CultureInfo.InvariantCulture);

    private static string Money(decimal value) => value.ToString("N2", CultureInfo.InvariantCulture);
}
