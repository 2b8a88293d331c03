using System.Collections.Concurrent;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Stores;

public sealed class GroupCommitTests : IDisposable
{
    private static readonly PartitionId Home = new(StoreTable.Customers, "c1");
    private readonly ScratchFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteRowStore _store;

    public GroupCommitTests()
    {
        _database = SqliteDatabase.Open(_folder.Path, new SqliteOptions { GroupSize = 50, ClaimsPerGroup = 8 });
        _store = new SqliteRowStore(_database);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Waiting_transactions_share_a_flush_and_no_one_is_answered_before_it()
    {
        var groups = await GroupsOf(claims: 0, others: 120);
        groups.ShouldBe([50, 50, 20]);
    }

    [Fact]
    public async Task At_most_eight_claims_share_a_flush_however_many_wait()
    {
        var groups = await GroupsOf(claims: 20, others: 0);
        groups.ShouldBe([8, 8, 4]);
    }

    [Fact]
    public async Task Claims_leave_room_for_other_work_in_their_group()
    {
        var groups = await GroupsOf(claims: 9, others: 60);
        groups.ShouldBe([50, 19]);
    }

    [Fact]
    public async Task The_claims_of_the_row_store_are_grouped_as_claims()
    {
        _store.ShouldBeAssignableTo<IGroupingRowStore>();
        await _store.CommitClaimAsync(Home, [new("a", Expectation.Absent, new PropertyBag())]);
        new CommitWork(Home, [new("a", Expectation.Absent, new PropertyBag())], isClaim: true).IsClaim.ShouldBeTrue();
        new CommitWork(Home, [new("a", Expectation.Absent, new PropertyBag())], isClaim: false).IsClaim.ShouldBeFalse();
    }

    [Fact]
    public async Task No_reader_sees_a_row_before_it_is_on_the_disk()
    {
        using var release = new ManualResetEventSlim();
        var writing = new TaskCompletionSource();
        var held = _database.WriteAsync(handle =>
        {
            handle.Execute("INSERT INTO customers VALUES ('c1', 'a', 1, '{}')");
            writing.SetResult();
            return release.Wait(TimeSpan.FromSeconds(30));
        });
        await writing.Task;
        var reading = _store.ReadAsync(Home, RowRange.All).AsTask();
        reading.IsCompleted.ShouldBeFalse();
        release.Set();
        (await held).ShouldBeTrue();
        (await reading).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_that_fails_takes_none_of_its_group_with_it()
    {
        using var release = new ManualResetEventSlim();
        var blocker = await Held(release);
        var good = _store.CommitAsync(Home, [new("good", Expectation.Absent, new PropertyBag())]).AsTask();
        var bad = _database.WriteAsync(handle =>
        {
            handle.Execute("INSERT INTO customers VALUES ('c1', 'half', 1, '{}')");
            handle.Execute("INSERT INTO no_such_table VALUES (1)");
            return true;
        });
        var alsoGood = _store.CommitAsync(Home, [new("also", Expectation.Absent, new PropertyBag())]).AsTask();
        release.Set();
        await blocker;
        (await good).ShouldBeOfType<CommitResult.Applied>();
        (await alsoGood).ShouldBeOfType<CommitResult.Applied>();
        (await Should.ThrowAsync<StoreUnavailableException>(bad)).Message.ShouldContain("no_such_table");
        (await _store.ReadAsync(Home, RowRange.All)).Rows.Select(r => r.Key).ShouldBe(["also", "good"]);
    }

    [Fact]
    public async Task Catalogue_127_A_full_disk_answers_unknown_keeps_nothing_and_work_goes_on_once_there_is_room()
    {
        await _database.ReadAsync(handle => Limited(handle, handle.AskInteger("PRAGMA page_count") + 4));
        var big = new PropertyBag().Set("text", new string('x', RowLimits.TextLength));
        var answers = new List<CommitResult>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add(await _store.CommitAsync(Home, [new($"big{i}", Expectation.Absent, big)]));
        }

        answers.ShouldAllBe(a => a is CommitResult.Unknown);
        (await _store.ReadAsync(Home, RowRange.All)).Rows.ShouldBeEmpty();
        await _database.ReadAsync(handle => Limited(handle, 1_000_000));
        (await _store.CommitAsync(Home, [new("big", Expectation.Absent, big)])).ShouldBeOfType<CommitResult.Applied>();
        (await _database.FindDamageAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_128_A_file_that_fails_underneath_takes_no_more_writes()
    {
        await _database.ReadAsync(handle =>
            Limited(handle, 1_000_000, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = 0; PRAGMA shrink_memory")
        );
        using (var file = new FileStream(_folder.File("retention.db"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(4096);
        }

        var first = await _store.CommitAsync(Home, [new("a", Expectation.Absent, new PropertyBag())]);
        first.ShouldBeOfType<CommitResult.Unknown>();
        var next = await _store.CommitAsync(Home, [new("b", Expectation.Absent, new PropertyBag())]);
        next.ShouldBeOfType<CommitResult.Unknown>().Reason.ShouldContain("until restarted");
        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.ReadAsync(Home, RowRange.All));
    }

    [Fact]
    public async Task Exactly_one_of_many_threads_at_the_same_version_wins_every_round()
    {
        var version = ((CommitResult.Applied)await _store.CommitAsync(Home, [new("a", Expectation.Absent, new PropertyBag())])).Versions[0];
        for (var round = 0; round < 20; round++)
        {
            var wins = new ConcurrentQueue<RowVersion>();
            await Parallel.ForAsync(
                0,
                16,
                async (i, _) =>
                {
                    var row = await _store.ReadRowAsync(Home, "a");
                    if (
                        await _store.CommitAsync(Home, [new("a", Expectation.At(version), row!.Properties.Copy().Set("by", i))])
                        is CommitResult.Applied won
                    )
                    {
                        wins.Enqueue(won.Versions[0]);
                    }
                }
            );
            version = wins.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task What_was_accepted_before_closing_is_kept_and_nothing_is_accepted_after()
    {
        var commits = Enumerable
            .Range(0, 200)
            .Select(i => _store.CommitAsync(Home, [new($"{i:D3}", Expectation.Absent, new PropertyBag())]).AsTask())
            .ToArray();
        _database.Dispose();
        (await Task.WhenAll(commits)).ShouldAllBe(r => r is CommitResult.Applied);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await _store.CommitAsync(Home, [new("x", Expectation.Any, null)]));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await _store.ReadAsync(Home, RowRange.All));
        using var again = SqliteDatabase.Open(_folder.Path);
        (await new SqliteRowStore(again).ReadAsync(Home, RowRange.All)).Rows.Count.ShouldBe(200);
    }

    /// <summary>Keeps the writer in a group of its own until released, so that what is posted meanwhile waits together.</summary>
    private async Task<Task<bool>> Held(ManualResetEventSlim release)
    {
        var started = new TaskCompletionSource();
        var held = _database.WriteAsync(_ =>
        {
            started.TrySetResult();
            return release.Wait(TimeSpan.FromSeconds(30));
        });
        await started.Task;
        return held;
    }

    private static bool Limited(SqliteHandle handle, long pages, string also = "")
    {
        handle.Execute($"PRAGMA max_page_count = {pages}; {also}");
        return true;
    }

    /// <summary>The sizes of the groups in which so many waiting works were kept; fails when one was answered before its whole group ran.</summary>
    private async Task<int[]> GroupsOf(int claims, int others)
    {
        using var release = new ManualResetEventSlim();
        var first = await Held(release);
        var events = new ConcurrentQueue<char>();
        var works = Enumerable.Range(0, claims + others).Select(i => new Recorded(events, i < claims)).ToArray();
        Array.ForEach(works, _database.Committer.Post);
        release.Set();
        await first;
        await Task.WhenAll(works.Select(w => w.Answer));
        var runs = new string([.. events]).Replace("ka", "k a", StringComparison.Ordinal).Split(' ');
        runs.ShouldAllBe(run => run.Count(c => c == 'a') == run.Count(c => c == 'k'));
        return [.. runs.Select(run => run.Length / 2)];
    }

    private sealed class Recorded(ConcurrentQueue<char> events, bool isClaim) : WriteWork
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Answer => _answer.Task;

        public override bool IsClaim => isClaim;

        public override void Apply(SqliteHandle handle, VersionSource versions) => events.Enqueue('a');

        public override void Kept()
        {
            events.Enqueue('k');
            _answer.SetResult();
        }

        public override void Lost(string reason) => _answer.SetException(new InvalidOperationException(reason));
    }
}
