using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Contracts;

public abstract partial class RowStoreContract
{
    [Fact]
    public async Task An_empty_partition_has_no_rows_and_no_rest()
    {
        var rows = await All(Home, RowRange.All);
        rows.ShouldBeEmpty();
        (await Store.ReadRowAsync(Home, "none")).ShouldBeNull();
    }

    [Fact]
    public async Task A_range_includes_its_start_and_excludes_its_end()
    {
        await Applied(Home, Insert("a"), Insert("b"), Insert("c"), Insert("d"));
        (await Keys(Home, new RowRange("b", "d"))).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task A_range_without_an_end_runs_to_the_last_row()
    {
        await Applied(Home, Insert("a"), Insert("b"), Insert("~"));
        (await Keys(Home, new RowRange("b", null))).ShouldBe(["b", "~"]);
    }

    [Fact]
    public async Task A_range_whose_end_is_its_start_or_before_it_is_empty()
    {
        await Applied(Home, Insert("a"), Insert("b"));
        (await Keys(Home, new RowRange("b", "b"))).ShouldBeEmpty();
        (await Keys(Home, new RowRange("b", "a"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_prefix_finds_its_own_key_and_what_follows_it_but_not_its_neighbours()
    {
        await Applied(Home, Insert("touch"), Insert("touch|"), Insert("touch|1"), Insert("touch|~"), Insert("touch~"), Insert("touci"));
        (await Keys(Home, RowRange.Prefix("touch|"))).ShouldBe(["touch|", "touch|1", "touch|~"]);
    }

    [Fact]
    public async Task A_prefix_that_ends_in_the_highest_key_character_has_an_end()
    {
        await Applied(Home, Insert("a~"), Insert("a~z"), Insert("b"));
        (await Keys(Home, RowRange.Prefix("a~"))).ShouldBe(["a~", "a~z"]);
    }

    [Fact]
    public async Task A_single_key_finds_no_key_that_begins_with_it()
    {
        await Applied(Home, Insert("a"), Insert("a-"), Insert("a1"));
        (await Keys(Home, RowRange.Single("a"))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Rows_come_in_the_ordinal_order_of_their_keys()
    {
        string[] keys = ["a", "B", "-", "~", "_", "|", "0", "9", "Z", "aa", "a-", ".", ":", "A"];
        await Applied(Home, [.. keys.Select(k => Insert(k))]);
        (await Keys(Home, RowRange.All)).ShouldBe(keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Pages_of_any_size_hold_every_row_once_and_in_order(int limit)
    {
        string[] keys = ["a", "a-", "a0", "b", "b|1", "c~", "d"];
        await Applied(Home, [.. keys.Select(k => Insert(k))]);
        var seen = new List<string>();
        for (RowRange? next = RowRange.All; next is { } range; )
        {
            var page = await Store.ReadAsync(Home, range, limit);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(limit);
            seen.AddRange(page.Rows.Select(r => r.Key));
            next = page.Rest;
        }

        seen.ShouldBe(keys);
    }

    [Fact]
    public async Task The_rest_of_a_page_keeps_the_end_of_the_range()
    {
        await Applied(Home, Insert("a"), Insert("b"), Insert("c"), Insert("d"));
        var first = await Store.ReadAsync(Home, new RowRange("a", "d"), 1);
        first.Rows.Select(r => r.Key).ShouldBe(["a"]);
        (await Keys(Home, first.Rest!.Value)).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task A_row_written_between_two_pages_appears_only_when_it_lies_ahead()
    {
        await Applied(Home, Insert("b"), Insert("d"));
        var first = await Store.ReadAsync(Home, RowRange.All, 1);
        await Applied(Home, Insert("a"), Insert("c"));
        (await Keys(Home, first.Rest!.Value)).ShouldBe(["c", "d"]);
    }

    [Fact]
    public async Task More_rows_than_one_page_may_hold_are_all_read()
    {
        for (var i = 0; i < 1100; i += 100)
        {
            await Applied(Home, [.. Enumerable.Range(i, 100).Select(n => Insert($"{n:D5}"))]);
        }

        (await Keys(Home, RowRange.All)).ShouldBe(Enumerable.Range(0, 1100).Select(n => $"{n:D5}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_page_limit_outside_1_to_1000_is_refused(int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Store.ReadAsync(Home, RowRange.All, limit));

    [Fact]
    public async Task Partitions_do_not_see_each_other()
    {
        var other = new PartitionId(StoreTable.Customers, "c1|x");
        await Applied(Home, Insert("a", "home"));
        await Applied(other, Insert("a", "other"), Insert("b"));
        (await Keys(Home, RowRange.All)).ShouldBe(["a"]);
        (await NoteOf(Home, "a")).ShouldBe("home");
        (await NoteOf(other, "a")).ShouldBe("other");
    }

    [Fact]
    public async Task Every_table_is_there_and_none_sees_another()
    {
        var tables = Enum.GetValues<StoreTable>();
        foreach (var table in tables)
        {
            await Applied(new PartitionId(table, "p"), Insert("row", table.ToString()));
        }

        foreach (var table in tables)
        {
            var rows = await All(new PartitionId(table, "p"), RowRange.All);
            rows.Select(r => r.Properties.Text("note")).ShouldBe([table.ToString()]);
        }
    }
}
