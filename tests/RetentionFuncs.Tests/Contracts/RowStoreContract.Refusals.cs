using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Contracts;

public abstract partial class RowStoreContract
{
    [Fact]
    public async Task The_same_row_twice_in_one_commit_is_refused() =>
        await Refuses(Home, "'a' twice", Insert("a"), Insert("b"), Insert("a"));

    [Fact]
    public async Task A_deletion_that_expects_absence_is_refused() =>
        await Refuses(Home, "deletes row 'a'", new RowWrite("a", Expectation.Absent, null));

    [Fact]
    public async Task A_commit_of_nothing_is_refused() => await Refuses(Home, "0 rows");

    [Fact]
    public async Task Catalogue_119_A_commit_of_100_rows_is_applied_and_one_of_101_is_refused_whole()
    {
        RowWrite[] writes = [.. Enumerable.Range(0, 101).Select(i => Insert($"{i:D3}"))];
        await Refuses(Home, "101 rows", writes);
        (await Keys(Home, RowRange.All)).ShouldBeEmpty();
        await Applied(Home, writes[..100]);
        (await Keys(Home, RowRange.All)).Length.ShouldBe(100);
    }

    [Theory]
    [InlineData("with space", "U+0020")]
    [InlineData("slash/", "U+002F")]
    [InlineData("back\\slash", "U+005C")]
    [InlineData("hash#", "U+0023")]
    [InlineData("what?", "U+003F")]
    [InlineData("nul\0", "U+0000")]
    [InlineData("quote'", "U+0027")]
    [InlineData("名字", "U+540D")]
    [InlineData("", "0 characters")]
    public async Task A_key_with_any_other_character_is_refused_and_the_message_says_which(string key, string told)
    {
        await Refuses(Home, told, Insert(key));
        await Refuses(new PartitionId(StoreTable.Customers, key), told, Insert("a"));
        await Should.ThrowAsync<ArgumentException>(async () =>
            await Store.ReadAsync(new PartitionId(StoreTable.Customers, key), RowRange.All)
        );
    }

    [Fact]
    public async Task A_key_of_513_characters_is_refused() => await Refuses(Home, "513 characters", Insert(new string('k', 513)));

    [Fact]
    public async Task Catalogue_120_A_text_of_more_than_64_KiB_is_refused_and_the_message_names_the_property() =>
        await Refuses(
            Home,
            "'body'",
            new RowWrite("a", Expectation.Any, new PropertyBag().Set("body", new string('x', RowLimits.TextLength + 1)))
        );

    [Fact]
    public async Task Catalogue_120_A_row_of_more_than_1_MiB_is_refused()
    {
        var bag = new PropertyBag();
        for (var i = 0; i < 17; i++)
        {
            bag.Set($"part{i}", new string('x', RowLimits.TextLength));
        }

        await Refuses(Home, "Row 'a' has", new RowWrite("a", Expectation.Any, bag));
    }

    [Fact]
    public async Task Catalogue_119_A_commit_of_more_than_4_MiB_is_refused()
    {
        var bag = new PropertyBag();
        for (var i = 0; i < 15; i++)
        {
            bag.Set($"part{i}", new string('x', RowLimits.TextLength));
        }

        await Refuses(Home, "at most 4194304", [.. Enumerable.Range(0, 5).Select(i => new RowWrite($"{i}", Expectation.Any, bag))]);
    }

    [Fact]
    public async Task A_row_with_one_property_too_many_is_refused()
    {
        var bag = new PropertyBag();
        for (var i = 0; i <= RowLimits.Properties; i++)
        {
            bag.Set($"p{i}", i);
        }

        await Refuses(Home, "253 properties", new RowWrite("a", Expectation.Any, bag));
    }

    [Theory]
    [InlineData("with-dash")]
    [InlineData("1st")]
    [InlineData("名")]
    [InlineData("")]
    [InlineData("RowKey")]
    [InlineData("PartitionKey")]
    [InlineData("Timestamp")]
    public async Task A_property_name_that_a_table_could_not_hold_is_refused(string name) =>
        await Refuses(Home, $"'{name}'", new RowWrite("a", Expectation.Any, new PropertyBag().Set(name, 1)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task A_number_that_is_not_finite_is_refused(double number) =>
        await Refuses(Home, "finite", new RowWrite("a", Expectation.Any, new PropertyBag().Set("score", number)));

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_and_not_silently_replaced() =>
        await Refuses(Home, "surrogate", new RowWrite("a", Expectation.Any, Note("half \uD83D only")));
}
