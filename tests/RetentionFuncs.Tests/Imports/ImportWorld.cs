using System.Text;
using RetentionFuncs.Clocks;
using RetentionFuncs.Identity;
using RetentionFuncs.Imports;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Imports;

/// <summary>A business in Shanghai on 1 June 2025, a store in memory, and a sink that remembers.</summary>
internal sealed class ImportWorld : IDisposable
{
    public static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("retention-imports-").FullName;

    public ImportWorld(string zone = "Asia/Shanghai", string currency = "CNY") =>
        Ground = new ImportGround(new BusinessCalendar(zone), currency, new InstanceSecret(new byte[32]), Store, Clock, new CountingIds());

    public MemoryRows Store { get; } = new();

    public SetClock Clock { get; } = new(Now);

    public RememberingSink Sink { get; } = new();

    public ImportGround Ground { get; }

    public string Folder => _folder;

    public string RefusedPath => Path.Combine(_folder, "refused.csv");

    public string[] RefusedLines => File.ReadAllText(RefusedPath).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public ImportOptions Options => new() { RefusedFile = RefusedPath, TempFolder = _folder };

    public static ImportSource File_(byte[] bytes, string name = "file.csv") => new(name, () => new MemoryStream(bytes));

    public static ImportSource File_(string text, string name = "file.csv") => File_(Encoding.UTF8.GetBytes(text), name);

    public Task<ImportOutcome> OrdersAsync(string text, Func<ImportOptions, ImportOptions>? with = null) => OrdersAsync(File_(text), with);

    public Task<ImportOutcome> OrdersAsync(ImportSource file, Func<ImportOptions, ImportOptions>? with = null) =>
        ImportKinds.RunAsync(ImportKinds.Orders, Ground, file, with?.Invoke(Options) ?? Options, Sink);

    public Task<ImportOutcome> CustomersAsync(string text, Func<ImportOptions, ImportOptions>? with = null) =>
        ImportKinds.RunAsync(ImportKinds.Customers, Ground, File_(text), with?.Invoke(Options) ?? Options, Sink);

    public Task<ImportOutcome> ProductsAsync(string text, Func<ImportOptions, ImportOptions>? with = null) =>
        ImportKinds.RunAsync(ImportKinds.Products, Ground, File_(text), with?.Invoke(Options) ?? Options, Sink);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

internal static class ImportOutcomes
{
    /// <summary>The report of a completed import, whose rows must add up.</summary>
    public static async Task<ImportReport> Report(this Task<ImportOutcome> outcome)
    {
        var report = (await outcome).ShouldBeOfType<ImportOutcome.Completed>().Report;
        report.Rows.ShouldBe(report.Accepted + report.Skipped + report.Refused);
        return report;
    }

    public static async Task<ImportOutcome.FileRefused> Refusal(this Task<ImportOutcome> outcome) =>
        (await outcome).ShouldBeOfType<ImportOutcome.FileRefused>();

    public static async Task<RejectedRow> OnlyRefusal(this Task<ImportOutcome> outcome)
    {
        var report = await outcome.Report();
        report.Refused.ShouldBe(1);
        return report.Refusals.ShouldHaveSingleItem();
    }
}

internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

internal sealed class CountingIds : IIdSource
{
    private int _count;

    public string NewId() => $"id{++_count}";
}

/// <summary>Keeps what it was given; the same item again is unchanged.</summary>
internal sealed class RememberingSink : IImportSink
{
    public Dictionary<string, CustomerOrders> Orders { get; } = [];

    public Dictionary<string, CustomerRow> Customers { get; } = [];

    public Dictionary<string, ProductRow> Products { get; } = [];

    public List<string> Keys { get; } = [];

    /// <summary>Throws when it comes to this customer.</summary>
    public string? FailsAt { get; set; }

    /// <summary>Says of this customer that it was erased.</summary>
    public string? Erased { get; set; }

    public ValueTask<ApplyOutcome> ApplyOrdersAsync(CustomerOrders orders)
    {
        if (orders.ExternalId == FailsAt)
        {
            throw new StoreUnavailableException("down");
        }

        if (orders.ExternalId == Erased)
        {
            return new(new ApplyOutcome(0, new Wording("belongs to an erased customer", "客户已被删除")));
        }

        Keys.Add(orders.Key.Value);
        var known = Orders.GetValueOrDefault(orders.ExternalId)?.Orders.Select(o => Content(o)).ToHashSet() ?? [];
        var unchanged = orders.Orders.Where(o => known.Contains(Content(o))).Sum(o => o.Rows);
        Orders[orders.ExternalId] = orders;
        return new(new ApplyOutcome(unchanged));
    }

    public ValueTask<ApplyOutcome> ApplyCustomerAsync(CustomerRow customer)
    {
        Customers[customer.Customer.ExternalId] = customer;
        return new(new ApplyOutcome(0));
    }

    public List<ImportedFacts> Facts { get; } = [];

    public ValueTask<ApplyOutcome> ApplyFactsAsync(ImportedFacts facts)
    {
        Facts.Add(facts);
        return new(new ApplyOutcome(0));
    }

    public ValueTask<ApplyOutcome> ApplyProductAsync(ProductRow product)
    {
        Products[product.Product.Sku] = product;
        return new(new ApplyOutcome(0));
    }

    public ValueTask<ApplyOutcome> ApplyResultAsync(ResultRow result) => new(new ApplyOutcome(0));

    private static string Content(ImportedOrder o) =>
        $"{o.Order.ExternalId}|{o.Order.OccurredAt:O}|{o.Order.Total}|{o.Order.Refunded}|{o.Order.Status}";
}

/// <summary>Enough of a store for the run row.</summary>
internal sealed class MemoryRows : IRowStore
{
    private readonly Dictionary<PartitionId, SortedDictionary<string, StoredRow>> _partitions = [];

    /// <summary>How many of the next commits lose their answer.</summary>
    public int LostAnswers { get; set; }

    public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
        new(
            new RowPage(
                [
                    .. RowsOf(partition)
                        .Values.Where(r =>
                            string.CompareOrdinal(r.Key, range.From) >= 0
                            && (range.To is null || string.CompareOrdinal(r.Key, range.To) < 0)
                        ),
                ],
                null
            )
        );

    public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        foreach (var write in writes)
        {
            RowsOf(partition)[write.Key] = new StoredRow(write.Key, new RowVersion(Guid.NewGuid().ToString()), write.Properties!.Copy());
        }

        return new(LostAnswers-- > 0 ? new CommitResult.Unknown("lost") : new CommitResult.Applied([default]));
    }

    private SortedDictionary<string, StoredRow> RowsOf(PartitionId partition) =>
        _partitions.TryGetValue(partition, out var rows) ? rows : _partitions[partition] = new(StringComparer.Ordinal);
}
