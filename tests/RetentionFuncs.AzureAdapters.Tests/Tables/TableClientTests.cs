using Azure;
using Azure.Data.Tables;
using RetentionFuncs.AzureAdapters.Tests.Azurite;

namespace RetentionFuncs.AzureAdapters.Tests.Tables;

/// <summary>What the adapter relies on of the package itself: these run the same with the package and with its stand-in.</summary>
public sealed class TableClientTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private TableClient _table = null!;

    public async Task InitializeAsync()
    {
        var service = new TableServiceClient(azurite.ConnectionString);
        var name = AzuriteFixture.NewPrefix() + "raw";
        await service.CreateTableIfNotExistsAsync(name);
        _table = service.GetTableClient(name);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_second_insert_is_409_EntityAlreadyExists()
    {
        await _table.AddEntityAsync(Entity("a"));
        await Fails(409, "EntityAlreadyExists", () => _table.AddEntityAsync(Entity("a")));
    }

    [Fact]
    public async Task An_update_at_another_version_is_412_and_of_nothing_is_404()
    {
        var old = (await _table.AddEntityAsync(Entity("a"))).Headers.ETag!.Value;
        var fresh = (await _table.UpdateEntityAsync(Entity("a"), old, TableUpdateMode.Replace)).Headers.ETag!.Value;
        fresh.ShouldNotBe(old);
        await Fails(412, "UpdateConditionNotSatisfied", () => _table.UpdateEntityAsync(Entity("a"), old, TableUpdateMode.Replace));
        await Fails(404, "ResourceNotFound", () => _table.UpdateEntityAsync(Entity("none"), fresh, TableUpdateMode.Replace));
    }

    [Fact]
    public async Task An_update_without_a_version_is_refused_by_the_client() =>
        await Should.ThrowAsync<ArgumentException>(() => _table.UpdateEntityAsync(Entity("a"), default, TableUpdateMode.Replace));

    [Fact]
    public async Task Deleting_what_is_not_there_does_not_throw_and_its_status_is_404() =>
        (await _table.DeleteEntityAsync("p", "none")).Status.ShouldBe(404);

    [Fact]
    public async Task A_failed_transaction_names_its_action_and_applies_nothing()
    {
        await _table.AddEntityAsync(Entity("b"));
        var failure = await Should.ThrowAsync<TableTransactionFailedException>(() =>
            _table.SubmitTransactionAsync([
                new(TableTransactionActionType.Add, Entity("a")),
                new(TableTransactionActionType.Add, Entity("b")),
            ])
        );
        (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex).ShouldBe((409, "EntityAlreadyExists", 1));
        (await _table.GetEntityIfExistsAsync<TableEntity>("p", "a")).HasValue.ShouldBeFalse();
    }

    [Fact]
    public async Task A_transaction_that_deletes_what_is_not_there_fails_with_404()
    {
        var failure = await Should.ThrowAsync<TableTransactionFailedException>(() =>
            _table.SubmitTransactionAsync([
                new(TableTransactionActionType.UpsertReplace, Entity("a")),
                new(TableTransactionActionType.Delete, Entity("none"), ETag.All),
            ])
        );
        (failure.Status, failure.FailedTransactionActionIndex).ShouldBe((404, 1));
    }

    [Fact]
    public async Task A_transaction_of_nothing_is_refused_by_the_client() =>
        await Should.ThrowAsync<InvalidOperationException>(() => _table.SubmitTransactionAsync([]));

    [Fact]
    public async Task A_quotation_mark_in_a_key_and_in_a_filter_is_no_way_out()
    {
        await _table.AddEntityAsync(new TableEntity("o'neil", "x' or '1' eq '1"));
        await _table.AddEntityAsync(Entity("a"));

        (await _table.GetEntityIfExistsAsync<TableEntity>("o'neil", "x' or '1' eq '1")).HasValue.ShouldBeTrue();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {"' or '1' eq '1"}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter))
        {
            entity.ShouldBeNull("no partition has that key");
        }

        (await _table.DeleteEntityAsync("o'neil", "x' or '1' eq '1")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Every_kind_of_property_comes_back_in_its_own_kind()
    {
        var entity = new TableEntity("p", "a")
        {
            ["text"] = "流失 \"quoted\"",
            ["whole"] = long.MaxValue,
            ["small"] = 7,
            ["number"] = 1.0,
            ["yes"] = true,
        };
        var etag = (await _table.AddEntityAsync(entity)).Headers.ETag!.Value;

        var read = (await _table.GetEntityIfExistsAsync<TableEntity>("p", "a")).Value!;
        read["text"].ShouldBe("流失 \"quoted\"");
        read["whole"].ShouldBeOfType<long>().ShouldBe(long.MaxValue);
        read["small"].ShouldBeOfType<int>().ShouldBe(7);
        read["number"].ShouldBeOfType<double>().ShouldBe(1.0);
        read["yes"].ShouldBe(true);
        read.ETag.ShouldBe(etag);
        (read.PartitionKey, read.RowKey).ShouldBe(("p", "a"));
        read.Timestamp.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_missing_table_is_404_TableNotFound()
    {
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient("nowhere");
        await Fails(404, "TableNotFound", () => table.AddEntityAsync(Entity("a")));
    }

    private static TableEntity Entity(string row) => new("p", row) { ["note"] = "x" };

    private static async Task Fails(int status, string code, Func<Task> act)
    {
        var failure = await Should.ThrowAsync<RequestFailedException>(act);
        (failure.Status, failure.ErrorCode).ShouldBe((status, code));
    }
}
