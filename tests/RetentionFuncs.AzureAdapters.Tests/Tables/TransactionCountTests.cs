using System.Globalization;
using System.Text;
using System.Text.Json;
using RetentionFuncs.AzureAdapters.Tables;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;
using Xunit.Abstractions;

namespace RetentionFuncs.AzureAdapters.Tests.Tables;

/// <summary>
/// Counts what Table Storage bills for one piece of work, by the ways the Azure home takes, and holds <c>infra/cost/transactions.json</c> to it.
/// A timer's reading of its indexes is no one's work and left out; it is measured on a day on which nothing is due.
/// </summary>
public sealed class TransactionCountTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int Customers = 20;
    private const string File = "infra/cost/transactions.json";

    [Fact]
    public async Task One_piece_of_work_costs_what_the_cost_page_says()
    {
        var requests = new StorageTransactions();
        var world = new TripWorld(store: await azurite.OpenAsync(policies: requests));
        await world.LaunchAsync(CampaignWorks.WinBack());
        for (var i = 0; i < Customers; i++)
        {
            await world.CustomerAsync($"c{i}");
            await world.OrderAsync($"c{i}", "2026-02-01");
        }

        var counted = new Dictionary<string, decimal>(StringComparer.Ordinal)
        {
            ["orderIngested"] = Each(await CountAsync(requests, () => IngestAsync(world))),
            ["customerReviewed"] = await ReviewedAsync(world, requests, new DateOnly(2026, 4, 30)),
            ["customerReviewedWithMessage"] = await ReviewedAsync(world, requests, new DateOnly(2026, 6, 29)),
            ["messageSent"] = Each(await CountAsync(requests, async () => await world.Queue.DeliverDueAsync(world.Product.Handler))),
        };
        world.Provider.Accepted.Count.ShouldBe(Customers);
        counted["deliveryEvent"] = Each(await CountAsync(requests, () => HearAsync(world)));
        (await world.TouchesAsync("c7")).Single().DeliveredAt.ShouldNotBeNull();

        Print(counted);
        Hold(counted);
    }

    private static decimal Each(long transactions) => Math.Round((decimal)transactions / Customers, 1, MidpointRounding.ToPositiveInfinity);

    private static async Task<long> CountAsync(StorageTransactions requests, Func<Task> work)
    {
        var before = requests.Total;
        await work();
        return requests.Total - before;
    }

    /// <summary>One event a post, as a shop posts them: kept, queued, applied.</summary>
    private static async Task IngestAsync(TripWorld world)
    {
        for (var i = 0; i < Customers; i++)
        {
            var body = $$$"""
                {"schema":1,"id":"e{{{i}}}","type":"order.placed","occurredAt":"2026-03-01T12:00:00+01:00","customer":{"id":"c{{{i}}}"},
                 "order":{"id":"o{{{i}}}","placedAt":"2026-03-01T12:00:00+01:00","total":50,"currency":"EUR"}}
                """;
            var received = await world.Product.ReceiveShopEvents.RunAsync(Encoding.UTF8.GetBytes(body));
            received.Single().Findings.ShouldBeEmpty();
            await world.Queue.DeliverDueAsync(world.Product.Handler);
        }
    }

    /// <summary>What the day on which all are due costs more than the day before, when nobody is.</summary>
    private static async Task<decimal> ReviewedAsync(TripWorld world, StorageTransactions requests, DateOnly day)
    {
        await ReviewAsync(world, day.AddDays(-2));
        var idle = await CountAsync(requests, () => ReviewAsync(world, day.AddDays(-1)));
        var busy = await CountAsync(
            requests,
            async () =>
            {
                var report = await ReviewAsync(world, day);
                report.Broken.ShouldBeEmpty();
                report.Reviewed.ShouldBe(Customers, "the day should be the one on which they are due");
            }
        );
        return Each(busy - idle);
    }

    private static async Task<Reviews.ReviewReport> ReviewAsync(TripWorld world, DateOnly day)
    {
        world.Clock.Now = new DateTimeOffset(day, new TimeOnly(10, 0), TimeSpan.FromHours(2));
        return await world.Product.ReviewDue.RunAsync();
    }

    /// <summary>One event a post: kept, queued, merged.</summary>
    private static async Task HearAsync(TripWorld world)
    {
        foreach (var submission in world.Provider.Accepted)
        {
            TouchRef.TryParse(submission.Message.Reference, out var touch).ShouldBeTrue();
            var at = world.Clock.Now.AddMinutes(1);
            var heard = new DeliveryEvent(touch, submission.Message.AttemptId, DeliveryEventKind.Delivered, null, at, null);
            await world.Product.ReceiveEvidence.RunAsync(new EventBatch([new ReceivedEvent(heard, null, "{}")], [], 0, 0));
            await world.Queue.DeliverDueAsync(world.Product.Handler);
        }
    }

    private void Print(Dictionary<string, decimal> counted)
    {
        output.WriteLine("| Work | Table transactions |");
        output.WriteLine("|---|---:|");
        foreach (var (work, transactions) in counted)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{work}` | {transactions} |"));
        }
    }

    private static void Hold(Dictionary<string, decimal> counted)
    {
        var path = Path.Combine(AzuriteInstallation.Root(), File);
        if (Environment.GetEnvironmentVariable("RENEW_PAGES") == "1")
        {
            var lines = counted.Select(c => string.Create(CultureInfo.InvariantCulture, $"  \"{c.Key}\": {c.Value}"));
            System.IO.File.WriteAllText(path, $"{{\n{string.Join(",\n", lines)}\n}}\n");
        }

        using var json = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        foreach (var (work, transactions) in counted)
        {
            json.RootElement.GetProperty(work)
                .GetDecimal()
                .ShouldBe(
                    transactions,
                    $"{work} of {File}; renew it: RENEW_PAGES=1 dotnet test tests/RetentionFuncs.AzureAdapters.Tests --filter Transaction"
                );
        }
    }
}
