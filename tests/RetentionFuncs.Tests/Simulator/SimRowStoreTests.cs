using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Simulator;

public sealed class SimRowStoreTests
{
    private static readonly PartitionId Partition = new(StoreTable.Customers, "c1");

    [Fact]
    public void A_quiet_store_answers_before_the_call_returns()
    {
        var store = SimRowStore.Quiet();

        store.CommitAsync(Partition, [Insert("a", "1")]).IsCompletedSuccessfully.ShouldBeTrue();
        store.ReadAsync(Partition, RowRange.All).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Rows_come_in_ordinal_order_and_ranges_are_half_open()
    {
        var store = SimRowStore.Quiet();
        await store.CommitAsync(Partition, [Insert("b", "2"), Insert("a|2", "1"), Insert("B", "0"), Insert("a|1", "1"), Insert("a", "1")]);

        (await KeysAsync(store, RowRange.All)).ShouldBe(["B", "a", "a|1", "a|2", "b"]);
        (await KeysAsync(store, RowRange.Prefix("a|"))).ShouldBe(["a|1", "a|2"]);
        (await KeysAsync(store, new RowRange("a", "b"))).ShouldBe(["a", "a|1", "a|2"]);
        (await KeysAsync(store, RowRange.Single("a"))).ShouldBe(["a"]);
        (await KeysAsync(store, new RowRange("z", "b"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public async Task Pages_of_any_size_hold_the_same_rows(int maxPageRows)
    {
        var store = SimRowStore.Quiet();
        store.MaxPageRows = maxPageRows;
        await store.CommitAsync(Partition, [.. Enumerable.Range(0, 7).Select(i => Insert($"k{i}", "x"))]);

        (await KeysAsync(store, RowRange.All)).ShouldBe(["k0", "k1", "k2", "k3", "k4", "k5", "k6"]);
    }

    [Fact]
    public async Task A_commit_is_all_or_nothing_and_names_the_first_row_that_was_not_as_expected()
    {
        var store = SimRowStore.Quiet();
        await store.CommitAsync(Partition, [Insert("b", "1"), Insert("c", "1")]);

        var result = await store.CommitAsync(Partition, [Insert("a", "2"), Insert("c", "2"), Insert("b", "2")]);

        result.ShouldBe(new CommitResult.Conflict("c"));
        (await KeysAsync(store, RowRange.All)).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task A_version_holds_until_the_next_write_and_never_again()
    {
        var store = SimRowStore.Quiet();
        var first = await WriteAsync(store, new RowWrite("a", Expectation.Absent, Bag("1")));
        var second = await WriteAsync(store, new RowWrite("a", Expectation.At(first), Bag("2")));
        await WriteAsync(store, new RowWrite("a", Expectation.At(second), Bag("1")));

        var stale = await store.CommitAsync(Partition, [new RowWrite("a", Expectation.At(first), Bag("3"))]);

        stale.ShouldBe(new CommitResult.Conflict("a"), "the same content again is still another version");
    }

    [Fact]
    public async Task Deleting_an_absent_row_is_done_under_any_and_a_conflict_under_a_version()
    {
        var store = SimRowStore.Quiet();
        var version = await WriteAsync(store, Insert("a", "1"));

        (await store.CommitAsync(Partition, [new RowWrite("gone", Expectation.Any, null)])).ShouldBeOfType<CommitResult.Applied>();
        (await store.CommitAsync(Partition, [new RowWrite("a", Expectation.At(version), null)])).ShouldBeOfType<CommitResult.Applied>();
        (await store.CommitAsync(Partition, [new RowWrite("a", Expectation.At(version), null)])).ShouldBe(new CommitResult.Conflict("a"));
    }

    [Fact]
    public async Task Rows_are_copied_in_and_frozen()
    {
        var store = SimRowStore.Quiet();
        var bag = Bag("kept");
        await WriteAsync(store, new RowWrite("a", Expectation.Absent, bag));
        bag.Set("value", "changed by the writer");
        var read = (await store.ReadRowAsync(Partition, "a"))!;

        Should
            .Throw<InvalidOperationException>(() => read.Properties.Set("value", "changed by a reader"))
            .Message.ShouldBe("A row that was read is not changed ('value'); change a copy of it.");
        (await store.ReadRowAsync(Partition, "a"))!.Properties.Text("value").ShouldBe("kept");
    }

    [Fact]
    public async Task Work_is_counted_by_table()
    {
        var store = SimRowStore.Quiet();
        await store.CommitAsync(Partition, [Insert("a", "1"), Insert("b", "1")]);
        await store.CommitAsync(Partition, [Insert("a", "1")]);
        await KeysAsync(store, RowRange.All);
        await KeysAsync(store, RowRange.Single("z"));

        var work = store.WorkOn(StoreTable.Customers);
        (work.Commits, work.Conflicts, work.RowsWritten, work.Reads, work.RowsRead).ShouldBe((2, 1, 2, 2, 2));
        store.WorkOn(StoreTable.Addresses).RoundTrips.ShouldBe(0);
        store.Work.RoundTrips.ShouldBe(4);
        store.ResetWork();
        store.Work.RoundTrips.ShouldBe(0);
    }

    private static PropertyBag Bag(string value) => new PropertyBag().Set("value", value);

    private static RowWrite Insert(string key, string value) => new(key, Expectation.Absent, Bag(value));

    private static async Task<RowVersion> WriteAsync(SimRowStore store, RowWrite write) =>
        (await store.CommitAsync(Partition, [write])).ShouldBeOfType<CommitResult.Applied>().Versions.Single();

    private static async Task<List<string>> KeysAsync(SimRowStore store, RowRange range)
    {
        var keys = new List<string>();
        await foreach (var row in store.ReadAllAsync(Partition, range))
        {
            keys.Add(row.Key);
        }

        return keys;
    }
}
