using System.Text;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Customers.Joining;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Joining;

/// <summary>The worlds these tests are set in.</summary>
public sealed partial class JoinCustomersTests
{
    /// <summary>One merge of two ids with orders, an answer, a complaint, a message under way and one sent; cut off at a call and repeated.</summary>
    private static async Task<(TripWorld World, CuttingStore Faults)> MergedWorldAsync(int cutAt, bool after = false)
    {
        var faults = new CuttingStore();
        var world = new TripWorld(store: faults);
        await world.CustomerAsync("new");
        await world.CustomerAsync("old");
        await world.OrderAsync("old", "2026-03-01");
        await world.OrderAsync("new", "2025-12-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
        await world.Product.ReviewDue.RunAsync();
        await world.Product.RecordExperience.RunAsync("old", new ExperienceNews.ComplaintOpened("e", At, "K", null), world.Clock.Now);
        var join = new CustomerJoin.Merged("old", "new");
        faults.CutAt(cutAt, after);
        try
        {
            await world.Product.JoinCustomers.RunAsync(join, At, world.Clock.Now);
        }
        catch (StoreUnavailableException)
        {
            // Cut off: the shop, or the queue, tells it again.
        }

        var calls = faults.Calls;
        faults.CutAt(int.MaxValue, false);
        await world.Product.JoinCustomers.RunAsync(join, At, world.Clock.Now);
        await world.Queue.DeliverDueAsync(world.Product.Handler);
        await world.Product.SweepOpenWork.RunAsync();
        faults.Calls = calls;
        return (world, faults);
    }

    private async Task ReachCheckInAsync()
    {
        await _world.CustomerAsync("new");
        EmailAddress.TryParse("new@post.linden.shop", out var email, out _);
        await _world.CustomerAsync("old", n => n with { Email = email });
        await _world.OrderAsync("old", "2026-03-01");
        await _world.LaunchAsync(CampaignWorks.WinBack());
        await _world.TickEveryDayAsync("2026-03-02", "2026-06-28");
        _world.Clock.Now = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
    }

    private static LedgerLine Line(string campaign, int i) =>
        new(campaign, "2026-01-01", $"s{i}", At.AddMinutes(i), "Skip", null, GateReason.NoConsent, null, null, null, "v");

    private ValueTask<JoinEnding> MergeAsync(string from, string into) =>
        _world.Product.JoinCustomers.RunAsync(new CustomerJoin.Merged(from, into), At, _world.Clock.Now);

    private async Task TellAsync(string customer, ExperienceNews news) =>
        await _world.Product.RecordExperience.RunAsync(customer, news, _world.Clock.Now);

    private async Task<IReadOnlyList<string>> OrdersAsync(string customer)
    {
        var orders = new List<string>();
        await foreach (var order in RecordOrders.ReadAllAsync(_world.Rows, _world.KeyOf(customer)))
        {
            orders.Add(order.ExternalId);
        }

        return orders;
    }

    private static string Merged(string id, string from, string into, string time) =>
        $$$"""{"schema":1,"id":"{{{id}}}","type":"customer.merged","occurredAt":"2026-03-02T{{{time}}}:00Z","customer":{"id":"{{{into}}}"},"merged":{"from":"{{{from}}}"}}""";

    private static string Split(string id, string from, string into, string time, params string[] orders) =>
        $$$"""{"schema":1,"id":"{{{id}}}","type":"customer.split","occurredAt":"2026-03-02T{{{time}}}:00Z","customer":{"id":"{{{into}}}"},"split":{"from":"{{{from}}}","orders":["{{{string.Join("\",\"", orders)}}}"]}}""";

    private static string Order(string id, string customer, string order, string time) =>
        $$$"""{"schema":1,"id":"{{{id}}}","type":"order.placed","occurredAt":"2026-03-02T{{{time}}}:00Z","customer":{"id":"{{{customer}}}"},"order":{"id":"{{{order}}}","total":50,"currency":"EUR"}}""";

    private async Task ApplyAsync(string json, TripWorld? world = null)
    {
        await PostAsync(json, world);
        (world ?? _world).Queue.Parked.ShouldBeEmpty();
    }

    private async Task PostAsync(string json, TripWorld? world = null)
    {
        var at = world ?? _world;
        await at.Product.ReceiveShopEvents.RunAsync(Encoding.UTF8.GetBytes(json));
        await at.Queue.DeliverDueAsync(at.Product.Handler);
    }

    private static bool IsDue(string row) => row.StartsWith("Due/", StringComparison.Ordinal);

    private static IEnumerable<int[]> Permutations(int[] items) =>
        items.Length < 2 ? [items] : items.SelectMany(i => Permutations([.. items.Where(o => o != i)]).Select(rest => (int[])[i, .. rest]));

    private static IReadOnlyList<string> Everything(TripWorld world) =>
        [
            .. Enum.GetValues<StoreTable>()
                .SelectMany(t => ((world.Rows as CuttingStore)?.Inner ?? world.Store).Everything(t))
                .Select(r => $"{r.Partition}/{r.Row.Key} {string.Join(',', r.Row.Properties.Entries)}"),
        ];
}
