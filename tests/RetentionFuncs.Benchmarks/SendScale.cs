using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Benchmarks;

/// <summary>Durable touchpoints a second (planned, claimed, sent, settled) beside what the disk can commit.</summary>
internal static class SendScale
{
    public static async Task<int> RunAsync(int touchpoints)
    {
        using var scratch = await ScratchHome.OpenAsync();
        var product = scratch.Home.Product;
        await Report.TimeAsync("single commits, one after another", 2000, () => CommitsAsync(product.Store, 2000));
        await Report.TimeAsync("single commits, 256 waiting", 50_000, () => CommitsTogetherAsync(product.Store, 50_000));
        await Report.TimeAsync("customers with an order", touchpoints, () => FillAsync(scratch, touchpoints));
        await LaunchAsync(scratch);
        var reviews = await Report.TimeAsync(
            "reviewed, decided, planned, queued",
            touchpoints,
            async () => await product.ReviewDue.RunAsync()
        );
        var handled = await Report.TimeAsync("claimed, sent, settled", reviews.Planned, () => new Ticking(scratch.Home).DeliverAsync());
        var audit = await product.AuditTouchpoints.RunAsync();
        Console.WriteLine(
            $"planned {audit.Planned:N0} = {string.Join(", ", audit.States.Select(s => $"{s.Key} {s.Value:N0}"))}; queue messages {handled:N0}"
        );
        return 0;
    }

    private static async Task<int> CommitsAsync(IRowStore store, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await store.PutAnyAsync(new PartitionId(StoreTable.Control, "bench"), "row", new PropertyBag().Set("i", i));
        }

        return count;
    }

    private static async Task<int> CommitsTogetherAsync(IRowStore store, int count)
    {
        await SideBySide.ForEachAsync(
            AsyncEnumerable.Range(0, count),
            256,
            i => store.PutAnyAsync(new PartitionId(StoreTable.Control, "bench" + i), "row", new PropertyBag().Set("i", i))
        );
        return count;
    }

    private static async Task<int> FillAsync(ScratchHome scratch, int count)
    {
        var product = scratch.Home.Product;
        var now = product.Clock.GetUtcNow();
        await SideBySide.ForEachAsync(AsyncEnumerable.Range(0, count), 256, i => AddAsync(product, "C" + i, now));
        return count;
    }

    private static async ValueTask AddAsync(RetentionProduct product, string id, DateTimeOffset now)
    {
        _ = EmailAddress.TryParse(id + "@bench.example", out var email, out _);
        var consent = new Consent(ConsentState.Granted, ConsentBasis.Express, "bench", now.AddYears(-1), now);
        await product.RecordCustomer.RunAsync(
            new CustomerNews(
                id,
                null,
                "Ada Winter",
                null,
                Contact.Primary,
                null,
                "Ada Winter",
                email,
                null,
                "DE",
                "en",
                null,
                null,
                consent
            ),
            now
        );
        await product.RecordOrders.RunAsync(
            id,
            [new Order("O" + id, now.AddDays(-20), now, OrderStatus.Placed, new Money(40, "EUR"), 0, [], [])],
            now
        );
    }

    /// <summary>The shipped second-order mail, sent to everybody on one date.</summary>
    private static async Task LaunchAsync(ScratchHome scratch)
    {
        var product = scratch.Home.Product;
        var shipped = CampaignFiles.Read(scratch.Folder.Campaigns, product.Settings).Versions.First(v => v.Campaign.Key == "second-order");
        var today = product.Calendar.DayOf(product.Clock.GetUtcNow());
        var campaign = shipped.Campaign with
        {
            Audience = "everyone",
            Trigger = new CampaignTrigger.DateList([today]),
            Steps = [shipped.Campaign.Steps.OfType<JourneyStep.Message>().First()],
            ControlShare = 0,
        };
        await product.LaunchCampaign.ApplyAsync(CampaignVersions.Of(campaign, shipped.Sender, shipped.Templates.Values));
        _ = await product.LaunchCampaign.LaunchAsync(campaign.Key);
    }
}
