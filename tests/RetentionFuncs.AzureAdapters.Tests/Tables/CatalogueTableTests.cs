using System.Diagnostics;
using System.Net;
using System.Text;
using RetentionFuncs.AzureAdapters.Tables;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.AzureAdapters.Tests.Faults;
using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.AzureAdapters.Tests.Tables;

/// <summary>Part K of the catalogue: what Table Storage does wrong or otherwise than hoped, seen from a claim and from a row.</summary>
public sealed class CatalogueTableTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly PartitionId Home = new(StoreTable.Customers, "c1");
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
    private FaultProxy _proxy = null!;
    private TableRowStoreOptions _options = null!;
    private TableRowStore _store = null!;

    public async Task InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(azurite.Port);
        var options = new TableRowStoreOptions { ConnectionString = azurite.ConnectionString, TablePrefix = AzuriteFixture.NewPrefix() };
        await new TableRowStore(options).CreateTablesAsync();
        _options = options with
        {
            ConnectionString = AzuriteFixture.ConnectionStringAt(_proxy.Port),
            WriteTimeout = TimeSpan.FromSeconds(5),
            BusyPause = TimeSpan.FromMilliseconds(1),
        };
        _store = new TableRowStore(_options);
    }

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Fact]
    public async Task Catalogue_114_of_two_claims_on_one_reading_the_second_meets_412_and_stops()
    {
        var world = await PlannedAsync();
        var claim = new ClaimTouchpoint(_store, world.Clock);
        var (first, second) = (await world.PartitionAsync("c1"), await world.PartitionAsync("c1"));
        var touch = first.Touchpoints().Single();
        var address = world.Secret.AddressKeyOf(first.ContactBy(touch.Contact)!, Channel.Email)!.Value;

        var won = await claim.RunAsync(first, touch, address, "attempt-1", FrequencyCap.Default, world.Clock.Now);
        var lost = await claim.RunAsync(second, touch, address, "attempt-2", FrequencyCap.Default, world.Clock.Now);

        won.ShouldBeOfType<ClaimResult.Claimed>();
        lost.ShouldBeOfType<ClaimResult.NotOurs>();
        (await world.TouchesAsync("c1")).Single().AttemptId.ShouldBe("attempt-1");
        (await new Suppress(_store).ReadAsync(address)).Slots.Taken.Single().Attempt.ShouldBe("attempt-1");
    }

    /// <summary>The customer's transaction, then the address's insert: applied, and the answer lost, so that a repeat would read 409.</summary>
    [Theory]
    [InlineData("$batch")]
    [InlineData("Addresses")]
    public async Task Catalogue_115_a_claim_whose_own_write_was_applied_unheard_is_read_back_and_sent_once(string path)
    {
        var world = await PlannedAsync();
        var struck = 0;
        _proxy.Decide = request =>
            request.Method != "GET" && request.Path.Value!.Contains(path, StringComparison.Ordinal) && struck++ == 0
                ? ProxyFault.CutAfter
                : ProxyFault.None;

        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

        struck.ShouldBeGreaterThan(0);
        world.Provider.Accepted.Count.ShouldBe(1);
        var touch = (await world.TouchesAsync("c1")).Single();
        (touch.State, touch.Attempts).ShouldBe((TouchpointState.Sent, 1));
    }

    [Fact]
    public async Task Catalogue_116_a_busy_write_stands_still_for_its_pause_and_is_not_repeated()
    {
        var store = new TableRowStore(_options with { BusyPause = TimeSpan.FromMilliseconds(150) });
        await store.ReadRowAsync(Home, "warm");
        var before = _proxy.Seen.Count;
        _proxy.Script(ProxyFault.Busy);
        var watch = Stopwatch.StartNew();

        (await store.CommitAsync(Home, [Insert("a")])).ShouldBeOfType<CommitResult.Unknown>();

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(140));
        (_proxy.Seen.Count - before).ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_122_the_services_own_moment_is_no_part_of_a_row()
    {
        _proxy.Instead = request =>
            request.Method == "GET"
                ? Json(
                    HttpStatusCode.OK,
                    """{"odata.etag":"W/\"datetime'2099-01-01T00%3A00%3A00Z'\"","PartitionKey":"c1","RowKey":"a","Timestamp":"2099-01-01T00:00:00Z","note":"mine"}"""
                )
                : null;

        var row = (await _store.ReadRowAsync(Home, "a"))!;

        row.Properties.Entries.Select(e => e.Key).ShouldBe(["note"]);
    }

    [Fact]
    public async Task Catalogue_123_a_table_that_is_being_deleted_is_a_store_that_is_away_and_no_conflict()
    {
        _proxy.Instead = request =>
            request.Method == "GET"
                ? null
                : Json(HttpStatusCode.Conflict, Error("TableBeingDeleted", "The specified table is being deleted."));

        var one = await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.CommitAsync(Home, [Insert("a")]));
        one.Message.ShouldContain("being deleted");
        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.CommitAsync(Home, [Insert("a"), Insert("b")]));
    }

    /// <summary>A secondary lags; what it says of a claim may be an hour old.</summary>
    [Fact]
    public async Task Catalogue_125_a_secondary_named_in_the_connection_is_never_asked()
    {
        await using var secondary = await FaultProxy.StartAsync(azurite.Port);
        var store = new TableRowStore(
            _options with
            {
                ConnectionString =
                    _options.ConnectionString + $"TableSecondaryEndpoint=http://127.0.0.1:{secondary.Port}/devstoreaccount1;",
                ReadRetries = 2,
            }
        );
        _proxy.Decide = _ => ProxyFault.Busy;

        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.ReadRowAsync(Home, "a"));

        _proxy.Seen.Count.ShouldBe(3);
        secondary.Seen.ShouldBeEmpty();
    }

    [Fact]
    public void Catalogue_125_a_secondary_as_the_home_is_refused()
    {
        var options = new TableRowStoreOptions { Endpoint = new Uri("https://shop-secondary.table.core.windows.net") };

        Should
            .Throw<ArgumentException>(() => new TableRowStore(options, new NoCredential()))
            .Message.ShouldContain("https://shop.table.core.windows.net");
    }

    private sealed class NoCredential : Azure.Core.TokenCredential
    {
        public override Azure.Core.AccessToken GetToken(Azure.Core.TokenRequestContext request, CancellationToken cancel) => default;

        public override ValueTask<Azure.Core.AccessToken> GetTokenAsync(Azure.Core.TokenRequestContext request, CancellationToken cancel) =>
            default;
    }

    /// <summary>Customer c1 with a message planned on 29 June at ten, everything in tables behind the proxy.</summary>
    private async Task<TripWorld> PlannedAsync()
    {
        var world = new TripWorld(store: _store);
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickAsync("2026-06-28");
        world.Clock.Now = Morning;
        await world.Product.ReviewDue.RunAsync();
        return world;
    }

    private static RowWrite Insert(string key) => new(key, Expectation.Absent, new PropertyBag().Set("note", "new"));

    private static string Error(string code, string message) =>
        $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"{{{{message}}}}"}}}""";

    private static HttpResponseMessage Json(HttpStatusCode status, string text) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
}
