using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Imports.Uploads;

/// <summary>A shop whose home takes files; a slice ends after the first saved position, unless a test says otherwise.</summary>
internal sealed class UploadWorld : IDisposable
{
    public const int Block = ReceiveUpload.BlockBytes;
    private readonly ScratchFolder _scratch = new();

    public UploadWorld(TimeSpan? sliceTime = null, long? maxBytes = null, IRowStore? store = null)
    {
        Options = new UploadOptions
        {
            SliceTime = sliceTime ?? TimeSpan.Zero,
            MaxBytes = maxBytes ?? UploadOptions.Default.MaxBytes,
            TempFolder = _scratch.File("spool"),
        };
        Store = store ?? Trip.Store;
        Ground = new ImportGround(Trip.Product.Calendar, Trip.Settings.Currency, Trip.Secret, Store, Trip.Clock, new CountingIds());
        Receive = new ReceiveUpload(Store, Trip.Queue, Trip.Clock, Options);
        Apply = new ApplyUpload(Ground, Trip.Product.ImportVerbs, Options);
        Sweep = new SweepUploads(Store, Trip.Queue, Trip.Clock, Receive, Options);
    }

    public TripWorld Trip { get; } = new();

    public UploadOptions Options { get; }

    public IRowStore Store { get; }

    public ImportGround Ground { get; }

    public ReceiveUpload Receive { get; }

    public ApplyUpload Apply { get; }

    public SweepUploads Sweep { get; }

    public string SpoolFolder => Options.TempFolder!;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    public static UploadWish Wish(byte[] file, string kind = "orders", ImportDeclaration? declared = null, string name = "orders.csv") =>
        new(kind, name, file.Length, HashOf(file), declared ?? new ImportDeclaration(), "Ada");

    public async Task<Upload> BeginAsync(byte[] file, string kind = "orders", ImportDeclaration? declared = null) =>
        (await Receive.BeginAsync(Wish(file, kind, declared))).ShouldBeOfType<BeginAnswer.Begun>().Upload;

    public async Task<long> PutAsync(Upload upload, byte[] file, long offset, int length) =>
        (await Receive.PutAsync(upload.Id, offset, file.AsMemory((int)offset, length))).ShouldBeOfType<PieceAnswer.Here>().Next;

    public async Task PutAllAsync(Upload upload, byte[] file)
    {
        for (var at = 0; at < file.Length; at += 4 * Block)
        {
            await PutAsync(upload, file, at, Math.Min(4 * Block, file.Length - at));
        }
    }

    public async Task CompleteAsync(Upload upload) => (await Receive.CompleteAsync(upload.Id)).ShouldBeOfType<CompleteAnswer.Accepted>();

    /// <summary>Uploads a file and hands it to the queue.</summary>
    public async Task<Upload> SendAsync(byte[] file, string kind = "orders", ImportDeclaration? declared = null)
    {
        var upload = await BeginAsync(file, kind, declared);
        await PutAllAsync(upload, file);
        await CompleteAsync(upload);
        return upload;
    }

    /// <summary>Lets the queue deliver, slice by slice, until nothing waits.</summary>
    /// <returns>Slices.</returns>
    public async Task<int> DeliverAsync(IQueueHandler? handler = null)
    {
        var slices = 0;
        while (Trip.Queue.NextAt is { } at)
        {
            Trip.Clock.Now = at > Trip.Clock.Now ? at : Trip.Clock.Now;
            slices += await Trip.Queue.DeliverDueAsync(handler ?? Apply);
        }

        return slices;
    }

    public async Task<Upload> NowAsync(Upload upload) => (await Receive.FindAsync(upload.Id)).ShouldNotBeNull();

    public async Task<ImportReport> ReportAsync(Upload upload) => (await Receive.ReportAsync(await NowAsync(upload))).ShouldNotBeNull();

    public async Task<string> RefusedRowsAsync(Upload upload)
    {
        var bytes = new MemoryStream();
        await foreach (var block in Receive.RefusedRowsAsync(await NowAsync(upload)))
        {
            bytes.Write(block);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The import as the command line does it on a folder, in one go.</summary>
    public async Task<(ImportReport Report, string Refused)> InOneGoAsync(string kind, byte[] file, ImportOptions? options = null)
    {
        var path = _scratch.File("orders.refused.csv");
        var given = (options ?? new()) with { RefusedFile = path, TempFolder = _scratch.File("spool") };
        var sink = new RecordImport(Trip.Product.ImportVerbs, Trip.Clock.Now);
        var outcome = await ImportKinds.RunAsync(kind, Ground, ImportWorld.File_(file, "orders.csv"), given, sink);
        var report = outcome.ShouldBeOfType<ImportOutcome.Completed>().Report;
        return (report, report.RefusedFile is null ? "" : await File.ReadAllTextAsync(path));
    }

    /// <summary>All that an import may have changed, one line a row.</summary>
    public string[] Content() =>
        [
            .. new[]
            {
                StoreTable.Customers,
                StoreTable.Addresses,
                StoreTable.Due,
                StoreTable.OpenWork,
                StoreTable.CustomerIndex,
                StoreTable.Products,
            }
                .SelectMany(Trip.Store.Everything)
                .Select(r => $"{r.Partition} {r.Row.Key} {string.Join('|', r.Row.Properties.Entries)}"),
        ];

    /// <summary>Fails with the first few rows that differ, not with all of them.</summary>
    public void ShouldHold(string[] content, string? because = null)
    {
        var mine = Content();
        mine.Except(content).Take(3).ShouldBeEmpty(because);
        content.Except(mine).Take(3).ShouldBeEmpty(because);
        mine.Length.ShouldBe(content.Length, because);
    }

    public int InboxRows => Trip.Store.Everything(StoreTable.Inbox).Count();

    public static string Json(ImportReport report) => JsonSerializer.Serialize(report with { RefusedFile = null });

    public void Dispose() => _scratch.Dispose();
}

/// <summary>Files of many orders, always the same.</summary>
internal static class ManyOrders
{
    /// <summary>Every 97th row has a bad amount, every 1,009th contradicts another line of its order.</summary>
    public static byte[] File(int rows, int customers, int padding = 0)
    {
        var text = new StringBuilder("customer_id,order_id,date,amount,email,order_total,note\n");
        var note = new string('n', padding);
        for (var i = 0; i < rows; i++)
        {
            var amount = i % 97 == 0 ? "x" : $"{5 + (i % 90)}.50";
            var order = i % 1009 == 0 && i > 0 ? i - customers : i;
            var total = i % 1009 == 0 ? "1" : "";
            text.Append(
                $"C{i % customers},O{order},{new DateOnly(2025, 1, 1).AddDays(i % 400):yyyy-MM-dd},{amount},c{i % customers}@post.linden.shop,{total},{note}\n"
            );
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
