using System.Collections.Concurrent;
using RetentionFuncs.Clocks;
using RetentionFuncs.Embedded.Demo;
using RetentionFuncs.Identity;
using RetentionFuncs.Imports;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Tests.Demo;

/// <summary>The generated files go through the real imports, which must take all of the shop and refuse what is meant to be refused.</summary>
public sealed class DemoFilesTests : IDisposable
{
    private static readonly DateOnly AsOf = new(2026, 6, 30);
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-files-").FullName;
    private readonly DemoShop _shop;
    private readonly Taken _taken = new();

    public DemoFilesTests() => _shop = DemoShop.Generate(7, AsOf, _folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ImportGround Ground =>
        new(
            new BusinessCalendar(DemoShop.Zone),
            DemoShop.Currency,
            new InstanceSecret(new byte[32]),
            SimRowStore.Quiet(),
            new SimClock(new DateTimeOffset(2026, 3, 3, 6, 0, 0, TimeSpan.Zero)),
            new SimIds(new SimRandom(1))
        );

    [Fact]
    public async Task Every_customer_is_taken_and_the_faulty_rows_are_refused_with_their_lines()
    {
        var report = Completed(
            await ImportKinds.RunAsync(ImportKinds.Customers, Ground, Source("customers.csv"), new ImportOptions(), _taken)
        );
        report.Ignored.ShouldBeEmpty();
        _taken.Customers.Count.ShouldBeInRange(5000, 5002);
        report.Refused.ShouldBeInRange(2, 4);
        report.Refusals.ShouldAllBe(r => r.Line > 5001);
        var first = _shop.People[0];
        var contact = _taken.Customers.Single(c => c.Customer.ExternalId == first.ExternalId).Contacts.Single();
        (contact.Name, contact.Email?.Value, contact.Country, contact.Locale, contact.Zone, contact.Birthday).ShouldBe(
            (first.Name, first.Email, first.Country, first.Locale, first.Zone, first.Birthday)
        );
    }

    [Fact]
    public async Task Every_order_is_taken_with_its_total_refund_and_lines()
    {
        var report = Completed(await ImportKinds.RunAsync(ImportKinds.Orders, Ground, Source("orders.csv"), new ImportOptions(), _taken));
        report.Ignored.ShouldBeEmpty();
        report.Refused.ShouldBeInRange(2, 4);
        var orders = _taken.Orders.SelectMany(o => o.Orders).ToDictionary(o => o.Order.ExternalId, o => o.Order);
        foreach (var told in _shop.History)
        {
            var read = orders[told.Id];
            (read.OccurredAt, read.Total.Amount, read.Refunded, read.IsPurchase).ShouldBe(
                (told.At, told.Total, told.Refunded, !told.Cancelled)
            );
            read.Lines.Sum(l => l.Net).ShouldBe(told.Total);
        }
    }

    [Fact]
    public async Task Every_product_is_taken()
    {
        var report = Completed(
            await ImportKinds.RunAsync(ImportKinds.Products, Ground, Source("products.csv"), new ImportOptions(), _taken)
        );
        (report.Refused, report.Ignored.Count, _taken.Products.Count).ShouldBe((0, 0, 22));
    }

    private ImportSource Source(string name) => ImportSource.OfFile(Path.Combine(_folder, name));

    private static ImportReport Completed(ImportOutcome outcome) => outcome.ShouldBeOfType<ImportOutcome.Completed>().Report;

    private sealed class Taken : IImportSink
    {
        public ConcurrentBag<CustomerOrders> Orders { get; } = [];

        public ConcurrentBag<CustomerRow> Customers { get; } = [];

        public ConcurrentBag<ProductRow> Products { get; } = [];

        public ValueTask<ApplyOutcome> ApplyOrdersAsync(CustomerOrders orders) => Take(Orders, orders);

        public ValueTask<ApplyOutcome> ApplyCustomerAsync(CustomerRow customer) => Take(Customers, customer);

        public ValueTask<ApplyOutcome> ApplyProductAsync(ProductRow product) => Take(Products, product);

        public ValueTask<ApplyOutcome> ApplyResultAsync(ResultRow result) => new(new ApplyOutcome(0));

        public ValueTask<ApplyOutcome> ApplyFactsAsync(ImportedFacts facts) => throw new NotSupportedException();

        private static ValueTask<ApplyOutcome> Take<T>(ConcurrentBag<T> bag, T item)
        {
            bag.Add(item);
            return new ValueTask<ApplyOutcome>(new ApplyOutcome(0));
        }
    }
}
