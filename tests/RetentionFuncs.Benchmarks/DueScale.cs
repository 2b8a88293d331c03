using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Orders;
using RetentionFuncs.Simulation.Ports;

namespace RetentionFuncs.Benchmarks;

/// <summary>A tick costs what is due: rows read when a few of very many customers have a crossing today. In memory, counted.</summary>
internal static class DueScale
{
    public static async Task<int> RunAsync(int customers, int due)
    {
        var clock = new StandingClock(DateTimeOffset.Parse("2026-03-02T10:00:00+01:00", null));
        var store = SimRowStore.Quiet();
        var settings = (await ScratchSettingsAsync())!;
        var secret = new InstanceSecret(new byte[32]);
        var product = new RetentionProduct(
            store,
            SimQueue.Quiet(clock),
            SimProvider.Quiet(clock),
            new SendGovernor(SendLimits.Default),
            settings,
            secret,
            new NoIds(),
            clock
        );
        var now = clock.GetUtcNow();
        await Report.TimeAsync(
            "customers filed, each with an order",
            customers,
            async () =>
            {
                for (var i = 0; i < customers; i++)
                {
                    // Before a fit, who bought once cools after 120 days: the due ones today, the others have ordered since.
                    var at = now.AddDays(i < due ? -120 : -(i % 119));
                    await product.RecordOrders.RunAsync(
                        "C" + i,
                        [new Order("O" + i, at, now, OrderStatus.Placed, new Money(40, "EUR"), 0, [], [])],
                        now
                    );
                }

                return customers;
            }
        );
        store.ResetWork();
        var report = await Report.TimeAsync("reviewed", due, async () => await product.ReviewDue.RunAsync());
        Console.WriteLine(
            $"reviewed {report.Reviewed:N0} of {customers:N0}; rows read {store.Work.RowsRead:N0}, reads {store.Work.Reads:N0}, commits {store.Work.Commits:N0}"
        );
        return 0;
    }

    private static Task<Settings.BusinessSettings?> ScratchSettingsAsync() =>
        Task.FromResult(Settings.SettingsFile.Parse(Settings.SettingsFile.Default("Bench", "Europe/Berlin", "EUR")).Settings);

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
    }

    private sealed class NoIds : IIdSource
    {
        private int _next;

        public string NewId() => $"a{_next++:0000000000000000000000000}";
    }
}
