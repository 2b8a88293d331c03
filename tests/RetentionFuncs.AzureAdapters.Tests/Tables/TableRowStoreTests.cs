using System.Diagnostics.CodeAnalysis;
using Azure.Core;
using Azure.Core.Pipeline;
using RetentionFuncs.AzureAdapters.Tables;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tests.Tables;

public sealed class TableRowStoreTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private static readonly PartitionId Home = new(StoreTable.Customers, "c1");

    [Fact]
    public async Task Catalogue_121_A_partition_of_2500_rows_is_read_in_three_pages_of_at_most_1000()
    {
        var requests = new StorageTransactions();
        var store = await azurite.OpenAsync(policies: requests);
        for (var i = 0; i < 2500; i += 100)
        {
            await Applied(store, [.. Enumerable.Range(i, 100).Select(n => Insert($"{n:D5}"))]);
        }

        requests.Writes.ShouldBe(25);
        var keys = new List<string>();
        await foreach (var row in store.ReadAllAsync(Home, RowRange.All))
        {
            keys.Add(row.Key);
        }

        keys.ShouldBe(Enumerable.Range(0, 2500).Select(n => $"{n:D5}"));
        requests.Reads.ShouldBe(3);
    }

    [Fact]
    public async Task One_row_is_one_request_and_so_are_a_hundred_in_one_commit()
    {
        var requests = new StorageTransactions();
        var store = await azurite.OpenAsync(policies: requests);

        var version = (await Applied(store, Insert("a")))[0];
        await Applied(store, new RowWrite("a", Expectation.At(version), new PropertyBag().Set("note", "b")));
        await Applied(store, new RowWrite("a", Expectation.Any, null));
        await Applied(store, [.. Enumerable.Range(0, 100).Select(i => Insert($"{i:D3}"))]);
        requests.Writes.ShouldBe(4);

        await store.ReadRowAsync(Home, "001");
        await store.ReadAsync(Home, RowRange.Prefix("00"));
        await store.ReadAsync(Home, new RowRange("b", "a"));
        requests.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Catalogue_119_A_commit_that_would_exceed_4_MiB_as_json_is_refused_before_it_is_sent()
    {
        var store = await azurite.OpenAsync();
        var bag = new PropertyBag();
        for (var i = 0; i < 7; i++)
        {
            bag.Set($"part{i}", new string('流', 20_000));
        }

        RowWrite[] writes = [.. Enumerable.Range(0, 5).Select(i => new RowWrite($"{i}", Expectation.Any, bag))];
        var refusal = await Should.ThrowAsync<ArgumentException>(async () => await store.CommitAsync(Home, writes));
        refusal.Message.ShouldContain("Commit fewer rows");
        await Applied(store, writes[..4]);
        await Applied(store, writes[4]);
    }

    [Fact]
    public async Task A_store_without_its_tables_says_so_and_calls_nothing_a_conflict()
    {
        var store = new TableRowStore(new() { ConnectionString = azurite.ConnectionString, TablePrefix = AzuriteFixture.NewPrefix() });
        var version = Expectation.At(new RowVersion("W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\""));
        RowWrite[][] commits =
        [
            [Insert("a")],
            [new("a", version, new PropertyBag())],
            [Insert("a"), Insert("b")],
        ];
        foreach (var commit in commits)
        {
            var refusal = await Should.ThrowAsync<StoreUnavailableException>(async () => await store.CommitAsync(Home, commit));
            refusal.Message.ShouldContain("Create the tables first");
        }

        var failure = await Should.ThrowAsync<StoreUnavailableException>(async () => await store.ReadAsync(Home, RowRange.All));
        failure.Message.ShouldContain("Create the tables first");
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_the_message_says_what_to_do()
    {
        var wrong = azurite.ConnectionString.Replace("Eby8", "Abc8", StringComparison.Ordinal);
        var store = new TableRowStore(new() { ConnectionString = wrong });

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(async () => await store.CommitAsync(Home, [Insert("a")]));
        refusal.Message.ShouldContain("Storage Table Data Contributor");
        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.CreateTablesAsync());
    }

    [Fact]
    public async Task Two_prefixes_share_an_account_and_see_nothing_of_each_other()
    {
        var (one, other) = (await azurite.OpenAsync(), await azurite.OpenAsync());
        await Applied(one, Insert("a"));

        (await other.ReadRowAsync(Home, "a")).ShouldBeNull();
    }

    [Fact]
    public async Task Tables_may_be_created_again()
    {
        var options = new TableRowStoreOptions { ConnectionString = azurite.ConnectionString, TablePrefix = AzuriteFixture.NewPrefix() };
        var store = new TableRowStore(options);
        await store.CreateTablesAsync();
        await Applied(store, Insert("a"));

        await store.CreateTablesAsync();

        (await store.ReadRowAsync(Home, "a")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_row_that_somebody_else_wrote_with_a_foreign_type_is_named()
    {
        var options = new TableRowStoreOptions { ConnectionString = azurite.ConnectionString, TablePrefix = AzuriteFixture.NewPrefix() };
        var store = new TableRowStore(options);
        await store.CreateTablesAsync();
        var table = new Azure.Data.Tables.TableServiceClient(options.ConnectionString).GetTableClient(options.TablePrefix + "Customers");
        await table.AddEntityAsync(new Azure.Data.Tables.TableEntity("c1", "a") { ["size"] = 7 });

        var failure = await Should.ThrowAsync<StoreUnavailableException>(async () => await store.ReadRowAsync(Home, "a"));
        failure.Message.ShouldContain("'size' of row 'a'");
    }

    [Fact]
    public async Task With_an_endpoint_every_request_carries_the_token_of_the_credential()
    {
        var seen = new AnswersNotFound();
        var options = new TableRowStoreOptions { Endpoint = new Uri("https://shop.table.core.windows.net") };
        var store = new TableRowStore(options, new FixedToken(), seen);

        (await store.ReadRowAsync(Home, "a")).ShouldBeNull();

        seen.Authorization.ShouldBe("Bearer token for https://storage.azure.com/.default");
        seen.Address.ShouldBe("https://shop.table.core.windows.net/Customers(PartitionKey='c1',RowKey='a')");
        Should.Throw<ArgumentException>(() => new TableRowStore(options)).Message.ShouldContain("credential");
    }

    private static RowWrite Insert(string key) => new(key, Expectation.Absent, new PropertyBag().Set("note", "new"));

    private static async Task<IReadOnlyList<RowVersion>> Applied(IRowStore store, params RowWrite[] writes) =>
        (await store.CommitAsync(Home, writes)).ShouldBeOfType<CommitResult.Applied>().Versions;

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token for {requestContext.Scopes[0]}", DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Ends the way of every request before the network.</summary>
    private sealed class AnswersNotFound : HttpPipelinePolicy
    {
        public string? Authorization { get; private set; }

        public string? Address { get; private set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => Answer(message);

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Answer(message);
            return ValueTask.CompletedTask;
        }

        private void Answer(HttpMessage message)
        {
            Authorization = message.Request.Headers.TryGetValue("Authorization", out var value) ? value : null;
            Address = Uri.UnescapeDataString(message.Request.Uri.ToString()).Split('?')[0];
            message.Response = new NotFound();
        }
    }

    private sealed class NotFound : Azure.Response
    {
        public override int Status => 404;

        public override string ReasonPhrase => "Not Found";

        public override Stream? ContentStream { get; set; } =
            new MemoryStream("""{"odata.error":{"code":"ResourceNotFound","message":{"value":"no"}}}"""u8.ToArray());

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() { }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => (value = null) is not null;

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) =>
            (values = null) is not null;
    }
}
