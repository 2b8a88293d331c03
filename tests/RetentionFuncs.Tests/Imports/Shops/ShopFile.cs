using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;
using RetentionFuncs.Tests.Imports.Encodings;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Imports.Shops;

/// <summary>A shop's export, made row by row: a test fills in the columns that matter.</summary>
internal sealed class ShopFile(string header)
{
    private readonly string[] _columns = header.Split(',');
    private readonly StringBuilder _text = new(header + "\r\n");

    public string Text => _text.ToString();

    public byte[] Gb18030 => TranscodingTests.Bytes("gb18030", Text);

    public ShopFile Row(params (string Column, string Value)[] cells)
    {
        var row = new string[_columns.Length];
        foreach (var (column, value) in cells)
        {
            var at = Array.FindIndex(_columns, c => c.Trim() == column);
            row[at] = value.Contains(',', StringComparison.Ordinal) ? $"\"{value}\"" : value;
        }

        _text.Append(string.Join(',', row)).Append("\r\n");
        return this;
    }
}

/// <summary>The whole product, into which files are taken in day after day.</summary>
internal sealed class ShopWorld : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("retention-shops-").FullName;
    private readonly CountingIds _ids = new();

    public TripWorld Trip { get; } = new("2024-06-01T12:00:00+08:00");

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    public async Task<ImportReport> ImportAsync(byte[] file, Func<ImportOptions, ImportOptions>? with = null)
    {
        Trip.Clock.Now += TimeSpan.FromDays(1);
        var product = Trip.Product;
        var ground = new ImportGround(product.Calendar, product.Settings.Currency, product.Secret, product.Store, Trip.Clock, _ids);
        var sink = new RecordImport(product.ImportVerbs, Trip.Clock.GetUtcNow());
        var options = new ImportOptions { TempFolder = _folder };
        return await ImportKinds
            .RunAsync(ImportKinds.Orders, ground, ImportWorld.File_(file), with?.Invoke(options) ?? options, sink)
            .Report();
    }

    public async Task<Order?> OrderAsync(string customer, string order)
    {
        await foreach (var found in RecordOrders.ReadAllAsync(Trip.Product.Store, Trip.Secret.CustomerKeyOf(customer)))
        {
            if (found.ExternalId == order)
            {
                return found;
            }
        }

        return null;
    }

    public async Task<Contact?> ContactAsync(string customer) =>
        (await CustomerPartition.LoadAsync(Trip.Product.Store, Trip.Secret.CustomerKeyOf(customer))).Contacts().SingleOrDefault();
}
