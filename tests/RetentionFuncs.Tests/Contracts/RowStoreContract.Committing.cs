using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Contracts;

public abstract partial class RowStoreContract
{
    [Fact]
    public async Task An_insert_of_an_absent_row_is_applied_and_read_back_with_its_version()
    {
        var versions = await Applied(Home, Insert("a", "first"));
        var row = (await Store.ReadRowAsync(Home, "a"))!;
        row.Version.ShouldBe(versions.Single());
        row.Properties.Text("note").ShouldBe("first");
    }

    [Fact]
    public async Task An_insert_of_a_present_row_conflicts_and_changes_nothing()
    {
        await Applied(Home, Insert("a", "first"));
        await Conflicts(Home, "a", Insert("a", "second"));
        (await NoteOf(Home, "a")).ShouldBe("first");
    }

    [Fact]
    public async Task A_replace_at_the_version_read_is_applied_and_the_row_gets_another_version()
    {
        var before = (await Applied(Home, Insert("a"))).Single();
        var after = (await Applied(Home, new RowWrite("a", Expectation.At(before), Note("changed")))).Single();
        after.ShouldNotBe(before);
        var row = (await Store.ReadRowAsync(Home, "a"))!;
        (row.Version, row.Properties.Text("note")).ShouldBe((after, "changed"));
    }

    [Fact]
    public async Task A_replace_at_an_older_version_conflicts()
    {
        var old = (await Applied(Home, Insert("a"))).Single();
        await Applied(Home, new RowWrite("a", Expectation.At(old), Note("second")));
        await Conflicts(Home, "a", new RowWrite("a", Expectation.At(old), Note("third")));
        (await NoteOf(Home, "a")).ShouldBe("second");
    }

    [Fact]
    public async Task A_replace_with_the_same_properties_still_gets_another_version()
    {
        var first = (await Applied(Home, Insert("a"))).Single();
        var second = (await Applied(Home, new RowWrite("a", Expectation.At(first), Note("new")))).Single();
        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task A_replace_is_of_the_whole_row()
    {
        var version = (await Applied(Home, new RowWrite("a", Expectation.Absent, Note("x").Set("extra", 1)))).Single();
        await Applied(Home, new RowWrite("a", Expectation.At(version), Note("y")));
        (await Store.ReadRowAsync(Home, "a"))!.Properties.Has("extra").ShouldBeFalse();
    }

    [Fact]
    public async Task A_replace_of_an_absent_row_at_a_version_conflicts()
    {
        var version = (await Applied(Home, Insert("a"))).Single();
        await Applied(Home, new RowWrite("a", Expectation.At(version), null));
        await Conflicts(Home, "a", new RowWrite("a", Expectation.At(version), Note("ghost")));
    }

    [Fact]
    public async Task A_version_this_store_never_gave_conflicts()
    {
        await Applied(Home, Insert("a"));
        await Conflicts(Home, "a", new RowWrite("a", Expectation.At(new RowVersion("W/\"datetime'2020'\"")), Note("x")));
        await Conflicts(Home, "a", new RowWrite("a", Expectation.At(new RowVersion("-1")), Note("x")));
    }

    [Fact]
    public async Task A_row_deleted_and_made_again_never_has_its_old_version()
    {
        var old = (await Applied(Home, Insert("a"))).Single();
        await Applied(Home, new RowWrite("a", Expectation.Any, null));
        await Applied(Home, Insert("a"));
        await Conflicts(Home, "a", new RowWrite("a", Expectation.At(old), Note("late")));
    }

    [Fact]
    public async Task A_write_with_Any_puts_a_row_whether_it_is_there_or_not()
    {
        await Applied(Home, new RowWrite("a", Expectation.Any, Note("one")));
        await Applied(Home, new RowWrite("a", Expectation.Any, Note("two")));
        (await NoteOf(Home, "a")).ShouldBe("two");
    }

    [Fact]
    public async Task A_delete_at_the_version_read_removes_the_row_and_yields_no_version()
    {
        var version = (await Applied(Home, Insert("a"))).Single();
        (await Applied(Home, new RowWrite("a", Expectation.At(version), null))).ShouldBe([default]);
        (await Store.ReadRowAsync(Home, "a")).ShouldBeNull();
    }

    [Fact]
    public async Task A_delete_at_an_older_version_conflicts_and_keeps_the_row()
    {
        var old = (await Applied(Home, Insert("a"))).Single();
        await Applied(Home, new RowWrite("a", Expectation.At(old), Note("second")));
        await Conflicts(Home, "a", new RowWrite("a", Expectation.At(old), null));
        (await NoteOf(Home, "a")).ShouldBe("second");
    }

    [Fact]
    public async Task A_delete_with_Any_of_an_absent_row_is_done()
    {
        await Applied(Home, new RowWrite("a", Expectation.Any, null));
        (await Store.ReadRowAsync(Home, "a")).ShouldBeNull();
    }

    [Fact]
    public async Task Deletes_with_Any_of_absent_rows_do_not_keep_the_rest_of_a_commit_from_being_applied()
    {
        await Applied(Home, Insert("there"), Insert("b"));
        var gone = Enumerable.Range(0, 20).Select(i => new RowWrite($"gone{i}", Expectation.Any, null));
        var versions = await Applied(
            Home,
            [.. gone, new("there", Expectation.Any, null), Insert("new"), new("zone", Expectation.Any, null)]
        );
        (await Keys(Home, RowRange.All)).ShouldBe(["b", "new"]);
        versions.Count.ShouldBe(23);
        versions[21].ShouldBe((await Store.ReadRowAsync(Home, "new"))!.Version);
        versions.Where(v => v != default).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_conflict_beside_a_delete_with_Any_of_an_absent_row_is_the_one_that_is_named()
    {
        await Applied(Home, Insert("a"));
        await Conflicts(Home, "a", new("gone", Expectation.Any, null), Insert("b"), Insert("a"));
        (await Keys(Home, RowRange.All)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Many_deletes_with_Any_of_absent_rows_are_done()
    {
        var versions = await Applied(Home, [.. Enumerable.Range(0, 100).Select(i => new RowWrite($"{i:D3}", Expectation.Any, null))]);
        versions.ShouldAllBe(v => v == default);
        (await Keys(Home, RowRange.All)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delete_of_an_absent_row_at_a_version_conflicts()
    {
        var version = (await Applied(Home, Insert("a"))).Single();
        await Applied(Home, new RowWrite("a", Expectation.Any, null));
        await Conflicts(Home, "a", new RowWrite("a", Expectation.At(version), null));
    }

    [Fact]
    public async Task Catalogue_117_One_conflict_leaves_every_row_of_the_commit_as_it_was_and_names_the_row()
    {
        var version = (await Applied(Home, Insert("a"), Insert("c")))[0];
        await Conflicts(
            Home,
            "c",
            new RowWrite("a", Expectation.At(version), Note("changed")),
            Insert("b"),
            Insert("c"),
            new RowWrite("d", Expectation.Any, Note("d"))
        );
        (await Keys(Home, RowRange.All)).ShouldBe(["a", "c"]);
        (await NoteOf(Home, "a")).ShouldBe("new");
    }

    [Fact]
    public async Task Of_two_conflicts_the_first_in_the_commit_is_named()
    {
        await Applied(Home, Insert("a"), Insert("b"));
        await Conflicts(Home, "b", Insert("x"), Insert("b"), Insert("a"));
    }

    [Fact]
    public async Task Versions_come_in_the_order_of_the_writes()
    {
        await Applied(Home, Insert("gone"));
        var versions = await Applied(Home, Insert("z"), new RowWrite("gone", Expectation.Any, null), Insert("a"));
        versions[0].ShouldBe((await Store.ReadRowAsync(Home, "z"))!.Version);
        versions[1].ShouldBe(default);
        versions[2].ShouldBe((await Store.ReadRowAsync(Home, "a"))!.Version);
    }

    [Fact]
    public async Task Exactly_one_of_many_writers_at_the_same_version_wins()
    {
        var version = (await Applied(Home, Insert("a"))).Single();
        var writers = Enumerable
            .Range(0, 50)
            .Select(i => Store.CommitAsync(Home, [new("a", Expectation.At(version), Note($"{i}"))]).AsTask());
        var results = await Task.WhenAll([.. writers]);
        var winner = Array.FindIndex(results, r => r is CommitResult.Applied);
        results.Count(r => r is CommitResult.Applied).ShouldBe(1);
        results.Count(r => r is CommitResult.Conflict { RowKey: "a" }).ShouldBe(49);
        (await NoteOf(Home, "a")).ShouldBe($"{winner}");
    }

    [Fact]
    public async Task Exactly_one_of_many_inserters_of_the_same_row_wins()
    {
        var results = await Task.WhenAll([.. Enumerable.Range(0, 50).Select(i => Store.CommitAsync(Home, [Insert("a", $"{i}")]).AsTask())]);
        results.Count(r => r is CommitResult.Applied).ShouldBe(1);
        results.Count(r => r is CommitResult.Conflict).ShouldBe(49);
    }

    [Fact]
    public async Task A_conflict_among_waiting_commits_harms_none_of_the_others()
    {
        await Applied(Home, Insert("taken"));
        var commits = Enumerable
            .Range(0, 60)
            .Select(i => Store.CommitAsync(Home, i % 3 == 0 ? [Insert($"x{i}"), Insert("taken")] : [Insert($"r{i:D2}")]).AsTask());
        var results = await Task.WhenAll([.. commits]);
        results.Count(r => r is CommitResult.Conflict { RowKey: "taken" }).ShouldBe(20);
        results.Count(r => r is CommitResult.Applied).ShouldBe(40);
        (await Keys(Home, new RowRange("r", "s"))).Length.ShouldBe(40);
        (await Keys(Home, new RowRange("x", null))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_caller_does_to_a_bag_after_the_commit_changes_no_row()
    {
        var bag = Note("as committed");
        var commit = Store.CommitAsync(Home, [new RowWrite("a", Expectation.Absent, bag)]);
        bag.Set("note", "later");
        await commit;
        var read = (await Store.ReadRowAsync(Home, "a"))!;
        Should.Throw<InvalidOperationException>(() => read.Properties.Set("note", "in memory only"));
        read.Properties.Copy().Set("note", "in memory only");
        (await NoteOf(Home, "a")).ShouldBe("as committed");
    }

    [Fact]
    public async Task A_claim_is_a_commit_like_any_other()
    {
        (await Store.CommitClaimAsync(Home, [Insert("a")])).ShouldBeOfType<CommitResult.Applied>();
        (await Store.CommitClaimAsync(Home, [Insert("a")])).ShouldBe(new CommitResult.Conflict("a"));
    }
}
