using System.Diagnostics;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Catalogue;

/// <summary>Entries about the file of the embedded home.</summary>
public sealed class SqliteEntries : IDisposable
{
    private static readonly PartitionId Home = new(StoreTable.Customers, "c1");
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Only a repaired SQLite lets another program near the file at all.</summary>
    [Fact]
    public async Task Catalogue_126_a_writer_that_another_program_keeps_out_says_so_soon_and_goes_on_afterwards()
    {
        using var database = SqliteDatabase.Open(_folder.Path, new SqliteOptions(), new RandomIdSource(), "3.51.3");
        var store = new SqliteRowStore(database);
        await store.CommitAsync(Home, [new("a", Expectation.Absent, new PropertyBag())]);
        using var other = new SqliteHandle(_folder.File("retention.db"), create: false);
        other.Execute("BEGIN IMMEDIATE");
        var watch = Stopwatch.StartNew();

        (await store.CommitAsync(Home, [new("b", Expectation.Absent, new PropertyBag())])).ShouldBeOfType<CommitResult.Unknown>();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        other.Execute("ROLLBACK");
        (await store.CommitAsync(Home, [new("b", Expectation.Absent, new PropertyBag())])).ShouldBeOfType<CommitResult.Applied>();
    }

    /// <summary>
    /// What a disk may have when the power fails: the log up to the last flush that was acknowledged, and any part of what came behind
    /// it, the last sector torn. Every acknowledged row must be in each of them, and each must be sound.
    /// </summary>
    [Fact]
    public async Task Catalogue_130_a_log_cut_anywhere_behind_an_acknowledged_write_keeps_it()
    {
        const int writes = 24;
        var (path, log) = (_folder.File("retention.db"), _folder.File("retention.db-wal"));
        var acknowledged = new long[writes];
        byte[] file;
        byte[] whole;
        using (var database = SqliteDatabase.Open(_folder.Path))
        {
            var store = new SqliteRowStore(database);
            for (var i = 0; i < writes; i++)
            {
                var row = new PropertyBag().Set("note", new string('x', 50 * i));
                (await store.CommitAsync(Home, [new($"{i:D3}", Expectation.Absent, row)])).ShouldBeOfType<CommitResult.Applied>();
                acknowledged[i] = new FileInfo(log).Length;
            }

            (file, whole) = (Shared(path), Shared(log));
        }

        var random = new Random(130);
        for (var round = 0; round < 60; round++)
        {
            var cut = random.NextInt64(acknowledged[0], whole.Length + 1);
            var kept = acknowledged.Count(end => end <= cut);
            var torn = whole[..(int)cut];
            random.NextBytes(torn.AsSpan((int)Math.Max(acknowledged[kept - 1], cut - 512)));
            using var after = new ScratchFolder();
            await File.WriteAllBytesAsync(after.File("retention.db"), file);
            await File.WriteAllBytesAsync(after.File("retention.db-wal"), torn);
            using var recovered = SqliteDatabase.Open(after.Path);
            (await new SqliteRowStore(recovered).ReadAsync(Home, RowRange.All)).Rows.Count.ShouldBe(kept, $"cut at {cut}");
            (await recovered.FindDamageAsync()).ShouldBeEmpty();
        }
    }

    private static byte[] Shared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
