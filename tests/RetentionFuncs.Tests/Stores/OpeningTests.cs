using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Stores;

public sealed class OpeningTests : IDisposable
{
    private static readonly PartitionId Home = new(StoreTable.Customers, "c1");
    private readonly ScratchFolder _folder = new();

    private string DatabasePath => _folder.File("retention.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reopening_keeps_every_row_its_version_and_the_facts_of_the_file()
    {
        var (before, version) = await WriteOne();
        using var database = SqliteDatabase.Open(_folder.Path);
        var row = (await new SqliteRowStore(database).ReadRowAsync(Home, "a"))!;
        (row.Version, row.Properties.Text("note")).ShouldBe((version, "kept"));
        (database.InstanceId, database.Epoch).ShouldBe((before, 1));
    }

    [Fact]
    public async Task A_version_is_never_given_again_even_after_a_delete_and_a_restart()
    {
        var (_, version) = await WriteOne();
        using (var database = SqliteDatabase.Open(_folder.Path))
        {
            await new SqliteRowStore(database).CommitAsync(Home, [new RowWrite("a", Expectation.Any, null)]);
        }

        using var again = SqliteDatabase.Open(_folder.Path);
        var store = new SqliteRowStore(again);
        await store.CommitAsync(Home, [new RowWrite("a", Expectation.Absent, new PropertyBag())]);
        var late = await store.CommitAsync(Home, [new RowWrite("a", Expectation.At(version), new PropertyBag())]);
        late.ShouldBe(new CommitResult.Conflict("a"));
    }

    [Fact]
    public async Task Catalogue_129_What_was_acknowledged_is_there_after_a_stop_without_closing()
    {
        using var crashed = new ScratchFolder();
        using (var database = SqliteDatabase.Open(_folder.Path))
        {
            var store = new SqliteRowStore(database);
            await Task.WhenAll([
                .. Enumerable
                    .Range(0, 500)
                    .Select(i => store.CommitAsync(Home, [new($"{i:D3}", Expectation.Absent, new PropertyBag())]).AsTask()),
            ]);

            // What lies on the disk now is what a killed process would have left.
            File.Copy(DatabasePath, crashed.File("retention.db"));
            File.Copy(DatabasePath + "-wal", crashed.File("retention.db-wal"));
        }

        using var recovered = SqliteDatabase.Open(crashed.Path);
        (await new SqliteRowStore(recovered).ReadAsync(Home, RowRange.All)).Rows.Count.ShouldBe(500);
        (await recovered.FindDamageAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void Catalogue_133_A_second_opener_is_refused_until_the_first_lets_go()
    {
        using (SqliteDatabase.Open(_folder.Path))
        {
            Refused().ShouldContain("Another program has the data folder");
        }

        using var _ = SqliteDatabase.Open(_folder.Path);
    }

    [Fact]
    public void Catalogue_133_A_foreign_program_that_holds_the_file_is_named_as_the_reason()
    {
        SqliteDatabase.Open(_folder.Path).Dispose();
        using var browser = new SqliteHandle(DatabasePath, create: false);
        browser.Execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
        Refused().ShouldContain("Another program has");
    }

    [Fact]
    public async Task An_affected_SQLite_lets_no_one_else_read_and_a_repaired_one_does()
    {
        var options = new SqliteOptions();
        foreach (var (version, mayRead) in ((string, bool)[])[("3.50.4", false), ("3.51.3", true)])
        {
            using var database = SqliteDatabase.Open(_folder.Path, options, new RandomIdSource(), version);
            await new SqliteRowStore(database).CommitAsync(Home, [new("a", Expectation.Any, new PropertyBag())]);
            using var browser = new SqliteHandle(DatabasePath, create: false);
            var reading = Record.Exception(() => browser.Ask("SELECT count(*) FROM customers"));
            (reading is null).ShouldBe(mayRead, version);
        }
    }

    [Fact]
    public void Catalogue_132_The_schema_scripts_may_run_twice()
    {
        SqliteDatabase.Open(_folder.Path).Dispose();
        Alter("PRAGMA user_version = 0");
        SqliteDatabase.Open(_folder.Path).Dispose();
    }

    [Fact]
    public async Task The_file_is_kept_by_a_WAL_that_is_flushed_at_every_commit_and_by_one_connection_alone()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        var settings = await database.ReadAsync(handle =>
            (handle.Ask("PRAGMA journal_mode"), handle.AskInteger("PRAGMA synchronous"), handle.Ask("PRAGMA locking_mode"))
        );
        settings.ShouldBe(("wal", 2, database.Hold == FileHold.Exclusive ? "exclusive" : "normal"));
    }

    [Fact]
    public void A_draft_that_a_crash_left_behind_is_replaced()
    {
        File.WriteAllText(DatabasePath + ".new", "half a file");
        SqliteDatabase.Open(_folder.Path).Dispose();
        File.Exists(DatabasePath + ".new").ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_folder_and_its_files()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var made = _folder.File("deep/er");
        using var database = SqliteDatabase.Open(made);
        await new SqliteRowStore(database).CommitAsync(Home, [new("a", Expectation.Any, new PropertyBag())]);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(made).ShouldBe(owner | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(made);
        files.Select(Path.GetFileName).ShouldContain("retention.db-wal");
        foreach (var file in files)
        {
            File.GetUnixFileMode(file).ShouldBe(owner, file);
        }
    }

    [Fact]
    public void A_file_that_others_could_read_is_closed_to_them()
    {
        if (!OperatingSystem.IsWindows())
        {
            SqliteDatabase.Open(_folder.Path).Dispose();
            File.SetUnixFileMode(DatabasePath, (UnixFileMode)0b110_100_100);
            SqliteDatabase.Open(_folder.Path).Dispose();
            File.GetUnixFileMode(DatabasePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task<(string InstanceId, RowVersion Version)> WriteOne()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        var result = await new SqliteRowStore(database).CommitAsync(
            Home,
            [new("a", Expectation.Absent, new PropertyBag().Set("note", "kept"))]
        );
        return (database.InstanceId, ((CommitResult.Applied)result).Versions[0]);
    }

    private void Alter(string sql)
    {
        using var handle = new SqliteHandle(DatabasePath, create: false);
        handle.Execute(sql);
    }

    private string Refused() => Should.Throw<DatabaseRefusedException>(() => SqliteDatabase.Open(_folder.Path)).Message;
}
