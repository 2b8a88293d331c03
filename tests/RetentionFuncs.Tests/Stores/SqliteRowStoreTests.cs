using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Stores;

public sealed class SqliteRowStoreTests : IDisposable
{
    private static readonly PartitionId Home = new(StoreTable.OpenWork, "2026-03-02|07");
    private readonly ScratchFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteRowStore _store;

    public SqliteRowStoreTests()
    {
        _database = SqliteDatabase.Open(_folder.Path);
        _store = new SqliteRowStore(_database);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_person_can_read_a_row_in_a_table_browser()
    {
        var bag = new PropertyBag()
            .Set("state", "Planned")
            .Set("name", "李雷 \"Leo\"")
            .Set("seq", 3)
            .Set("score", 2d)
            .Set("open", true)
            .Set("paid", 9.90m);
        await _store.CommitAsync(Home, [new("touch|1", Expectation.Absent, bag)]);
        var body = await _database.ReadAsync(handle =>
            handle.Ask("SELECT body FROM open_work WHERE partition = '2026-03-02|07' AND key = 'touch|1'")
        );
        body.ShouldBe("""{"state":"Planned","name":"李雷 \"Leo\"","seq":3,"score":2.0,"open":true,"paid":"9.90"}""");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"a\":null}")]
    [InlineData("{\"a\":{\"b\":1}}")]
    [InlineData("{\"a\":99999999999999999999}")]
    [InlineData("{} {}")]
    public async Task A_body_spoilt_by_hand_is_reported_with_its_row_and_not_guessed_at(string body)
    {
        await _database.WriteAsync(handle =>
        {
            handle.Prepare("INSERT INTO open_work VALUES (?1, 'spoilt', 1, ?2)").Bind(1, Home.Key).Bind(2, body).Run();
            return true;
        });
        var told = await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.ReadRowAsync(Home, "spoilt"));
        told.Message.ShouldContain("row 'spoilt' of OpenWork/2026-03-02|07");
    }

    [Fact]
    public async Task A_page_of_large_rows_ends_early_and_says_there_is_more()
    {
        var big = new PropertyBag().Set("text", new string('x', RowLimits.TextLength));
        for (var i = 0; i < 40; i += 20)
        {
            await _store.CommitAsync(Home, [.. Enumerable.Range(i, 20).Select(n => new RowWrite($"{n:D2}", Expectation.Absent, big))]);
        }

        var page = await _store.ReadAsync(Home, RowRange.All);
        page.Rows.Count.ShouldBeInRange(1, 39);
        page.Rest.ShouldNotBeNull();
        var keys = new List<string>();
        await foreach (var row in _store.ReadAllAsync(Home, RowRange.All))
        {
            keys.Add(row.Key);
        }

        keys.ShouldBe(Enumerable.Range(0, 40).Select(n => $"{n:D2}"));
    }

    [Fact]
    public async Task Catalogue_136_A_backup_taken_while_writing_opens_and_is_whole()
    {
        using var elsewhere = new ScratchFolder();
        var writes = Enumerable
            .Range(0, 300)
            .Select(i => _store.CommitAsync(Home, [new($"{i:D3}", Expectation.Absent, new PropertyBag())]).AsTask())
            .ToList();
        await writes[0];
        await _database.BackUpAsync(elsewhere.File("retention.db"));
        await Task.WhenAll(writes);
        using var copy = SqliteDatabase.Open(elsewhere.Path);
        copy.InstanceId.ShouldBe(_database.InstanceId);
        (await copy.FindDamageAsync()).ShouldBeEmpty();
        (await new SqliteRowStore(copy).ReadAsync(Home, RowRange.All)).Rows.Count.ShouldBeInRange(1, 300);
    }

    [Fact]
    public async Task A_backup_never_overwrites_a_file()
    {
        File.WriteAllText(_folder.File("taken"), "precious");
        await Should.ThrowAsync<StoreUnavailableException>(async () => await _database.BackUpAsync(_folder.File("taken")));
        File.ReadAllText(_folder.File("taken")).ShouldBe("precious");
    }

    [Fact]
    public async Task The_epoch_only_grows_and_is_kept()
    {
        await _database.BeginEpochAsync(5);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await _database.BeginEpochAsync(5));
        _database.Dispose();
        using var again = SqliteDatabase.Open(_folder.Path);
        again.Epoch.ShouldBe(5);
    }

    [Fact]
    public void A_fresh_id_has_26_base32_characters_and_is_never_given_twice()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => new RandomIdSource().NewId()).ToList();
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(10_000);
        ids.ShouldAllBe(id => id.Length == 26 && id.All(c => (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7')));
    }

    [Fact]
    public void Versions_reserved_in_a_transaction_that_was_undone_are_reserved_again()
    {
        using var elsewhere = new ScratchFolder();
        SqliteDatabase.Open(elsewhere.Path).Dispose();
        using var handle = new SqliteHandle(elsewhere.File("retention.db"), create: false);
        var versions = new VersionSource();
        handle.Execute("BEGIN");
        var first = versions.Next(handle);
        handle.Execute("ROLLBACK");
        versions.Undone();
        versions.Next(handle).ShouldBeGreaterThan(first);
        new VersionSource().Next(handle).ShouldBeGreaterThan(first + 1);
    }
}
