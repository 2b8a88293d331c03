using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;
using RetentionFuncs.Stocks;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Tests.Imports;

/// <summary>The shop in Berlin on 2 March 2026, and files put on its record by the product itself.</summary>
internal sealed class KindsWorld : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public KindsWorld(IRowStore? store = null) => Trip = new TripWorld(store: store);

    public TripWorld Trip { get; }

    public string Refused => _scratch.File("refused.csv");

    public Task<ImportOutcome> ImportAsync(string kind, string text, Func<ImportOptions, ImportOptions>? with = null)
    {
        var product = Trip.Product;
        var ground = new ImportGround(product.Calendar, Trip.Settings.Currency, Trip.Secret, Trip.Rows, Trip.Clock, new CountingIds());
        var options = new ImportOptions { RefusedFile = Refused, TempFolder = _scratch.File("spool") };
        return ImportKinds.RunAsync(
            kind,
            ground,
            ImportWorld.File_(text.ReplaceLineEndings("\n"), kind + ".csv"),
            with?.Invoke(options) ?? options,
            new RecordImport(product.ImportVerbs, Trip.Clock.Now)
        );
    }

    /// <summary>Imports a file in which nothing is wrong.</summary>
    public async Task<ImportReport> TakeAsync(string kind, string text)
    {
        var report = await ImportAsync(kind, text).Report();
        report.Refusals.ShouldBeEmpty();
        return report;
    }

    public async Task<UndoAccount> UndoAsync(string kind) =>
        (await Trip.Product.UndoImport.RunAsync((await RunsAsync()).Single(r => r.Kind == kind).Id))
            .ShouldBeOfType<UndoOutcome.Done>()
            .Account;

    public async Task<List<ImportRun>> RunsAsync()
    {
        var runs = new List<ImportRun>();
        await foreach (var run in new ImportRuns(Trip.Rows).AllAsync())
        {
            runs.Add(run);
        }

        return runs;
    }

    public Task<CustomerPartition> PartitionAsync(string customer) => Trip.PartitionAsync(customer);

    public async Task<Contact> ContactAsync(string customer) => (await PartitionAsync(customer)).Contacts().Primary()!;

    public async Task<ExperienceHistory> ExperiencesAsync(string customer) => (await PartitionAsync(customer)).Experiences();

    public async Task<StockStanding> StockAsync(string customer) => (await PartitionAsync(customer)).Stock();

    public async Task<Suppression?> StandingOfAsync(string email)
    {
        EmailAddress.TryParse(email, out var address, out _).ShouldBeTrue();
        return (await new Suppress(Trip.Rows).ReadAsync(Trip.Secret.AddressKeyOf(address))).Suppression;
    }

    public async Task<Suppression?> StandingOfNumberAsync(string number)
    {
        PhoneNumber.TryParse(number, null, out var address, out _).ShouldBeTrue();
        return (await new Suppress(Trip.Rows).ReadAsync(Trip.Secret.AddressKeyOf(address))).Suppression;
    }

    /// <summary>The rows of one customer, one line a row, without what was kept for undoing.</summary>
    public async Task<string[]> RowsAsync(string customer)
    {
        var lines = new List<string>();
        await foreach (var row in Trip.Rows.ReadAllAsync(CustomerPartition.IdOf(Trip.KeyOf(customer)), RowRange.All))
        {
            if (!row.Key.StartsWith(UndoTrail.Prefix, StringComparison.Ordinal))
            {
                lines.Add($"{row.Key}: {string.Join(' ', row.Properties.Entries.OrderBy(e => e.Key).Select(e => $"{e.Key}={e.Value}"))}");
            }
        }

        return [.. lines];
    }

    public async Task<List<Order>> OrdersAsync(string customer)
    {
        var orders = new List<Order>();
        await foreach (var order in RecordOrders.ReadAllAsync(Trip.Rows, Trip.KeyOf(customer)))
        {
            orders.Add(order);
        }

        return [.. orders.OrderBy(o => o.ExternalId, StringComparer.Ordinal)];
    }

    public void Dispose() => _scratch.Dispose();
}
