using System.Net;
using System.Net.Sockets;
using RetentionFuncs.AzureAdapters.Tables;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.AzureAdapters.Tests.Faults;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tests.Tables;

/// <summary>Answers that are lost, late or wrong: what a commit then says, and what is on file.</summary>
public sealed class TableRowStoreFaultTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly PartitionId Home = new(StoreTable.Customers, "c1");
    private FaultProxy _proxy = null!;
    private TableRowStore _truth = null!;
    private TableRowStore _store = null!;

    public async Task InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(azurite.Port);
        var options = new TableRowStoreOptions { ConnectionString = azurite.ConnectionString, TablePrefix = AzuriteFixture.NewPrefix() };
        _truth = new TableRowStore(options);
        await _truth.CreateTablesAsync();
        _store = new TableRowStore(
            options with
            {
                ConnectionString = AzuriteFixture.ConnectionStringAt(_proxy.Port),
                WriteTimeout = TimeSpan.FromSeconds(1),
                BusyPause = TimeSpan.FromMilliseconds(1),
            }
        );
    }

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    public static TheoryData<ProxyFault, bool> LostAnswers =>
        new()
        {
            { ProxyFault.CutBefore, false },
            { ProxyFault.CutAfter, true },
            { ProxyFault.ClosedAfter, true },
            { ProxyFault.SlowAnswer, true },
            { ProxyFault.ErrorBefore, false },
            { ProxyFault.ErrorAfter, true },
            { ProxyFault.Busy, false },
        };

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task Catalogue_118_An_insert_without_a_plain_answer_is_unknown_and_is_sent_once(ProxyFault fault, bool applied)
    {
        await ReuseAConnection();
        _proxy.Script(fault);

        (await _store.CommitAsync(Home, [Insert("a")])).ShouldBeOfType<CommitResult.Unknown>();

        (await IsThere("a")).ShouldBe(applied);
        _proxy.Seen.Count(s => s.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_transaction_without_a_plain_answer_is_unknown_and_applied_whole_or_not_at_all(ProxyFault fault, bool applied)
    {
        await ReuseAConnection();
        _proxy.Script(fault);

        (await _store.CommitAsync(Home, [Insert("a"), Insert("b"), Insert("c")])).ShouldBeOfType<CommitResult.Unknown>();

        (await IsThere("a"), await IsThere("b"), await IsThere("c")).ShouldBe((applied, applied, applied));
        _proxy.Seen.Count(s => s.EndsWith("$batch", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_deletion_at_a_version_without_a_plain_answer_is_unknown_and_never_called_a_conflict_with_itself(
        ProxyFault fault,
        bool applied
    )
    {
        var version = await Put("a");
        await ReuseAConnection();
        _proxy.Script(fault);

        var result = await _store.CommitAsync(Home, [new RowWrite("a", Expectation.At(version), null)]);

        result.ShouldBeOfType<CommitResult.Unknown>();
        (await IsThere("a")).ShouldBe(!applied);
    }

    [Theory]
    [InlineData(ProxyFault.CutAfter)]
    [InlineData(ProxyFault.ClosedAfter)]
    [InlineData(ProxyFault.SlowAnswer)]
    public async Task A_replacement_without_a_plain_answer_is_unknown_and_the_row_has_another_version(ProxyFault fault)
    {
        var version = await Put("a");
        await ReuseAConnection();
        _proxy.Script(fault);

        var result = await _store.CommitAsync(Home, [new RowWrite("a", Expectation.At(version), new PropertyBag().Set("note", "mine"))]);

        result.ShouldBeOfType<CommitResult.Unknown>();
        (await _truth.ReadRowAsync(Home, "a"))!.Properties.Text("note").ShouldBe("mine");
        (await _store.CommitAsync(Home, [new RowWrite("a", Expectation.At(version), null)])).ShouldBe(new CommitResult.Conflict("a"));
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_applied_and_the_store_says_so_by_an_exception()
    {
        var store = Disconnected(TimeSpan.FromSeconds(5));

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(async () => await store.CommitAsync(Home, [Insert("a")]));
        refusal.Message.ShouldContain("Customers/c1");
        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.ReadRowAsync(Home, "a"));
    }

    [Theory]
    [InlineData(ProxyFault.CutBefore)]
    [InlineData(ProxyFault.CutAfter)]
    [InlineData(ProxyFault.ErrorBefore)]
    [InlineData(ProxyFault.Busy)]
    public async Task Catalogue_116_A_reading_without_an_answer_is_asked_again(ProxyFault fault)
    {
        await Put("a");
        _proxy.Script(fault, fault);

        (await _store.ReadRowAsync(Home, "a")).ShouldNotBeNull();
        _proxy.Script(fault);
        (await _store.ReadAsync(Home, RowRange.All)).Rows.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Catalogue_116_A_reading_that_is_never_answered_is_the_stores_failure()
    {
        _proxy.Decide = _ => ProxyFault.Busy;

        var failure = await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.ReadAsync(Home, RowRange.All));
        failure.Message.ShouldContain("Customers/c1");
        _proxy.Seen.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Catalogue_121_An_empty_page_with_a_token_is_not_the_end()
    {
        await Put("a");
        await Put("b");
        var asked = 0;
        _proxy.Instead = request => request.Query.ContainsKey("$filter") && asked++ == 0 ? EmptyPage() : null;

        var page = await _store.ReadAsync(Home, RowRange.All);

        page.Rows.Select(r => r.Key).ShouldBe(["a", "b"]);
        page.Rest.ShouldBeNull();
        asked.ShouldBe(2);
    }

    private static HttpResponseMessage EmptyPage()
    {
        var page = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"value":[]}""") };
        page.Headers.Add("x-ms-continuation-NextPartitionKey", Convert.ToBase64String("c1"u8));
        page.Headers.Add("x-ms-continuation-NextRowKey", Convert.ToBase64String("a"u8));
        return page;
    }

    private static RowWrite Insert(string key) => new(key, Expectation.Absent, new PropertyBag().Set("note", "new"));

    private static TableRowStore Disconnected(TimeSpan timeout)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new TableRowStore(
            new TableRowStoreOptions
            {
                ConnectionString = AzuriteFixture.ConnectionStringAt(port),
                WriteTimeout = timeout,
                ReadRetries = 1,
            }
        );
    }

    /// <summary>A connection that was used before is the one whose requests an HTTP stack likes to repeat.</summary>
    private async Task ReuseAConnection()
    {
        await _store.CommitAsync(Home, [new RowWrite("warm", Expectation.Any, null)]);
        await _store.ReadRowAsync(Home, "warm");
    }

    private async Task<RowVersion> Put(string key) =>
        (await _truth.CommitAsync(Home, [Insert(key)])).ShouldBeOfType<CommitResult.Applied>().Versions[0];

    private async Task<bool> IsThere(string key) => await _truth.ReadRowAsync(Home, key) is not null;
}
