using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Stores;

/// <summary>A file made by the first schema's own text, brought up to today's.</summary>
public sealed class UpgradeTests : IDisposable
{
    private static readonly PartitionId Home = new(StoreTable.Customers, "c1");
    private readonly ScratchFolder _folder = new();

    private string DatabasePath => _folder.File("retention.db");

    private string Copy => _folder.File("before-upgrade-1.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Catalogue_132_An_older_file_is_brought_up_with_every_row_and_a_copy_of_what_it_was()
    {
        MakeFirst();
        using (var database = SqliteDatabase.Open(_folder.Path))
        {
            var store = new SqliteRowStore(database);
            (await store.ReadRowAsync(Home, "profile"))!.Properties.Text("name").ShouldBe("Ada");
            (
                await store.CommitAsync(new PartitionId(StoreTable.Inbox, "x"), [new("a", Expectation.Absent, new PropertyBag())])
            ).ShouldBeOfType<CommitResult.Applied>();
            (database.InstanceId, database.Epoch).ShouldBe(("first-instance", 7));
        }

        Ask(DatabasePath, "PRAGMA user_version").ShouldBe($"{SchemaScripts.Newest}");
        Ask(Copy, "PRAGMA user_version").ShouldBe("1");
        Ask(Copy, "SELECT body FROM customers").ShouldContain("Ada");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Copy).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.SetLastWriteTimeUtc(Copy, DateTime.UnixEpoch);
        SqliteDatabase.Open(_folder.Path).Dispose();
        File.GetLastWriteTimeUtc(Copy).ShouldBe(DateTime.UnixEpoch, "a file of today's schema is not copied");
    }

    [Fact]
    public void Catalogue_132_Cut_off_between_any_two_statements_the_older_file_is_whole_and_comes_up_at_the_next_start()
    {
        string[] statements =
        [
            "CREATE TABLE one (a TEXT) STRICT",
            "CREATE TABLE two (a TEXT) STRICT",
            "INSERT INTO meta VALUES ('three', '3')",
        ];
        for (var cut = 0; cut <= statements.Length; cut++)
        {
            MakeFirst();
            var text = string.Join(";\n", statements.Take(cut).Append("this is no statement"));
            using (var handle = new SqliteHandle(DatabasePath, create: false))
            {
                Should.Throw<SqliteFaultException>(() => SchemaScripts.Apply(handle, [(2, text), (3, "CREATE TABLE late (a TEXT)")]));
            }

            Ask(DatabasePath, "PRAGMA user_version").ShouldBe("1");
            Ask(DatabasePath, "SELECT count(*) FROM sqlite_schema WHERE name IN ('one', 'two', 'late')").ShouldBe("0");
            Ask(DatabasePath, "SELECT count(*) FROM meta WHERE name = 'three'").ShouldBe("0");
            SqliteDatabase.Open(_folder.Path).Dispose();
            Ask(DatabasePath, "PRAGMA user_version").ShouldBe($"{SchemaScripts.Newest}");
        }
    }

    [Fact]
    public void Without_a_copy_nothing_is_changed()
    {
        MakeFirst();
        Directory.CreateDirectory(Copy + ".new/held");

        Should.Throw<DatabaseRefusedException>(() => SqliteDatabase.Open(_folder.Path)).Message.ShouldContain("no copy");

        Ask(DatabasePath, "PRAGMA user_version").ShouldBe("1");
    }

    [Fact]
    public void Catalogue_132_A_newer_file_is_refused_and_left_as_it_is()
    {
        MakeFirst();
        Alter("PRAGMA user_version = 99");

        Should.Throw<DatabaseRefusedException>(() => SqliteDatabase.Open(_folder.Path)).Message.ShouldContain("schema 99");

        Ask(DatabasePath, "PRAGMA user_version").ShouldBe("99");
        File.Exists(Copy).ShouldBeFalse();
    }

    private void MakeFirst()
    {
        foreach (var file in Directory.GetFiles(_folder.Path, "*.db*"))
        {
            File.Delete(file);
        }

        using var handle = new SqliteHandle(DatabasePath, create: true);
        handle.Execute(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Stores", "Resources", "schema-1.sql")));
        handle.Execute($"PRAGMA user_version = 1; PRAGMA application_id = {SchemaScripts.ApplicationId}");
        handle.Execute("INSERT INTO meta (name, value) VALUES ('instance_id', 'first-instance'), ('epoch', '7'), ('schema_version', '1')");
        handle.Execute("""INSERT INTO customers VALUES ('c1', 'profile', 3, '{"name":"Ada"}')""");
    }

    private void Alter(string sql)
    {
        using var handle = new SqliteHandle(DatabasePath, create: false);
        handle.Execute(sql);
    }

    private static string Ask(string path, string sql)
    {
        using var handle = new SqliteHandle(path, create: false);
        return handle.Ask(sql);
    }
}
