using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Stores;

public sealed class RefusedFolderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string DatabasePath => _folder.File("retention.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Catalogue_132_A_file_of_a_newer_schema_is_refused_and_not_changed()
    {
        SqliteDatabase.Open(_folder.Path).Dispose();
        using (var handle = new SqliteHandle(DatabasePath, create: false))
        {
            handle.Execute("PRAGMA user_version = 99");
        }

        var before = File.ReadAllBytes(DatabasePath);
        Refused().ShouldContain("schema 99");
        File.ReadAllBytes(DatabasePath).ShouldBe(before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(99)]
    public void Catalogue_131_An_empty_or_cut_off_file_is_refused_with_its_length(int length)
    {
        File.WriteAllBytes(DatabasePath, new byte[length]);
        Refused().ShouldContain($"has {length} bytes");
        new FileInfo(DatabasePath).Length.ShouldBe(length);
    }

    [Fact]
    public void Catalogue_131_A_file_that_is_no_SQLite_file_is_refused()
    {
        File.WriteAllText(DatabasePath, new string('x', 5000));
        Refused().ShouldContain("is not a SQLite file");
    }

    [Fact]
    public void Catalogue_131_A_SQLite_file_of_another_program_is_refused()
    {
        using (var other = new SqliteHandle(DatabasePath, create: true))
        {
            other.Execute("CREATE TABLE bookmarks (url TEXT)");
        }

        Refused().ShouldContain("another program");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task Catalogue_131_A_truncated_file_is_refused(double share)
    {
        await WriteOne();
        using (var file = File.OpenWrite(DatabasePath))
        {
            file.SetLength((long)(file.Length * share));
        }

        Refused().ShouldContain("damaged");
    }

    [Fact]
    public async Task Catalogue_131_A_spoilt_page_is_refused()
    {
        await WriteOne();
        using (var file = File.OpenWrite(DatabasePath))
        {
            file.Position = 4096 * 3;
            file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
        }

        Refused().ShouldContain("damaged");
    }

    [Fact]
    public void Catalogue_134_A_folder_that_cannot_be_written_is_refused()
    {
        if (OperatingSystem.IsLinux())
        {
            var refusal = Should.Throw<DatabaseRefusedException>(() => SqliteDatabase.Open("/proc"));
            refusal.Message.ShouldContain("/proc cannot be written");
        }
    }

    [Fact]
    public void Catalogue_134_A_folder_that_is_a_file_is_refused()
    {
        File.WriteAllText(_folder.File("taken"), "");
        Should.Throw<DatabaseRefusedException>(() => SqliteDatabase.Open(_folder.File("taken")));
    }

    [Fact]
    public void Catalogue_134_A_folder_that_another_program_synchronises_brings_a_warning()
    {
        using var synced = SqliteDatabase.Open(_folder.File("OneDrive - Shop"));
        synced.Warnings.ShouldHaveSingleItem().En.ShouldContain("OneDrive");
        using var plain = SqliteDatabase.Open(_folder.File("shop"));
        plain.Warnings.ShouldBeEmpty();
    }

    private async Task WriteOne()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        await new SqliteRowStore(database).CommitAsync(
            new PartitionId(StoreTable.Customers, "c1"),
            [new("a", Expectation.Absent, new PropertyBag().Set("note", "kept"))]
        );
    }

    private string Refused() => Should.Throw<DatabaseRefusedException>(() => SqliteDatabase.Open(_folder.Path)).Message;
}
