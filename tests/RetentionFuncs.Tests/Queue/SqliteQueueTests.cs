using System.Collections.Concurrent;
using RetentionFuncs.Embedded.Queue;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Queue;

public sealed class SqliteQueueTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly ScratchFolder _folder = new();
    private readonly HandSetClock _clock = new(Noon);
    private SqliteDatabase _database;
    private SqliteQueue _queue;

    public SqliteQueueTests()
    {
        _database = SqliteDatabase.Open(_folder.Path);
        _queue = new SqliteQueue(_database, _clock, new RandomIdSource());
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reopening_keeps_waiting_and_parked_messages()
    {
        await _queue.EnqueueAsync(Message("waits"), Noon.AddHours(1));
        await _queue.EnqueueAsync(Message("parked"), Noon);
        await Deliver(_ => new HandlerAnswer.Park("because"), Noon);
        Reopen();
        (await _queue.CountAsync()).ShouldBe(new QueueCounts(1, 0, 1));
        var parked = (await _queue.Parked.ListAsync()).ShouldHaveSingleItem();
        parked.ShouldBe(new DeadLetter("queue", "parked:send:0", parked.Body, Message("parked"), "because", Noon, 1));
        (await Deliver(Finish, Noon.AddHours(1))).ShouldBe(["waits"]);
    }

    [Fact]
    public async Task Catalogue_099_A_lease_that_ran_out_is_delivered_again_and_the_late_answer_counts_for_nothing()
    {
        await _queue.EnqueueAsync(Message("slow"), Noon);
        var (first, firstAnswer) = await UnderWay(Noon);
        (await Deliver(Finish, Noon.AddMinutes(10).AddTicks(-1))).ShouldBeEmpty();
        var (second, secondAnswer) = await UnderWay(Noon.AddMinutes(10));
        firstAnswer.SetResult(new HandlerAnswer.Park("too late"));
        (await first).ShouldBe(0);
        (await _queue.CountAsync()).ShouldBe(new QueueCounts(0, 1, 0));
        secondAnswer.SetResult(new HandlerAnswer.RetryAt(Noon.AddHours(1)));
        (await second).ShouldBe(1);
        (await _queue.CountAsync()).ShouldBe(new QueueCounts(1, 0, 0));
        (await Deliver(Finish, Noon.AddHours(1))).ShouldBe(["slow"]);
    }

    [Fact]
    public async Task A_late_failure_does_not_take_the_lease_from_the_next_holder()
    {
        await _queue.EnqueueAsync(Message("slow"), Noon);
        var (first, firstAnswer) = await UnderWay(Noon);
        var (second, secondAnswer) = await UnderWay(Noon.AddMinutes(10));
        firstAnswer.SetException(new TimeoutException());
        (await first).ShouldBe(0);
        (await _queue.CountAsync()).ShouldBe(new QueueCounts(0, 1, 0));
        secondAnswer.SetResult(HandlerAnswer.Finished);
        (await second).ShouldBe(1);
    }

    [Fact]
    public async Task A_message_under_way_when_the_program_died_is_delivered_again_at_once()
    {
        await _queue.EnqueueAsync(Message("interrupted"), Noon);
        await LeaseAndDie();
        (await Deliver(Finish, Noon)).ShouldBe(["interrupted"]);
    }

    [Fact]
    public async Task A_message_that_killed_the_program_five_times_is_parked_and_not_tried_a_sixth_time()
    {
        await _queue.EnqueueAsync(Message("deadly"), Noon);
        for (var i = 0; i < 5; i++)
        {
            await LeaseAndDie();
        }

        (await Deliver(Finish, Noon)).ShouldBeEmpty();
        (await _queue.Parked.ListAsync()).ShouldHaveSingleItem().Reason.ShouldContain("5 times");
    }

    [Fact]
    public async Task A_copy_asked_for_beyond_24_hours_counts_as_a_failure()
    {
        await _queue.EnqueueAsync(Message("a"), Noon);
        await Deliver(_ => new HandlerAnswer.RetryAt(Noon.AddHours(24).AddTicks(1)), Noon);
        (await Deliver(_ => new HandlerAnswer.RetryAt(Noon.AddHours(24)), Noon.AddSeconds(10))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task No_more_handlers_run_at_once_than_allowed_and_as_many_as_allowed_do()
    {
        await Task.WhenAll([.. Enumerable.Range(0, 40).Select(i => _queue.EnqueueAsync(Message($"m{i}"), Noon).AsTask())]);
        var (running, most) = (0, 0);
        var handler = new Handler(async _ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Delay(10);
            Interlocked.Decrement(ref running);
            return HandlerAnswer.Finished;
        });
        (await _queue.DeliverDueAsync(handler, Noon, 5)).ShouldBe(40);
        most.ShouldBe(5);
    }

    [Fact]
    public async Task Catalogue_089_a_cancelled_run_ends_after_the_handler_under_way_and_gives_the_rest_back_unharmed()
    {
        await Task.WhenAll([.. Enumerable.Range(0, 30).Select(i => _queue.EnqueueAsync(Message($"m{i}"), Noon).AsTask())]);
        using var stop = new CancellationTokenSource();
        var handler = new Handler(async _ =>
        {
            await stop.CancelAsync();
            return HandlerAnswer.Finished;
        });
        var handled = await _queue.DeliverDueAsync(handler, Noon, 4, stop.Token);
        handled.ShouldBeInRange(1, 5);
        (await _queue.CountAsync()).ShouldBe(new QueueCounts(30 - handled, 0, 0));
        var attempts = await _database.ReadAsync(handle => handle.AskInteger("SELECT max(attempts) FROM queue"));
        attempts.ShouldBe(0);
    }

    [Fact]
    public async Task A_queue_that_cannot_keep_a_message_says_so()
    {
        await _database.ReadAsync(handle =>
        {
            handle.Execute("DROP TABLE queue");
            return true;
        });
        await Should.ThrowAsync<QueueUnavailableException>(async () => await _queue.EnqueueAsync(Message("a"), Noon));
    }

    private static QueueMessage Message(string reference) => new(QueueMessage.CurrentSchema, reference, "send", 0);

    private static HandlerAnswer Finish(QueueMessage message) => HandlerAnswer.Finished;

    private static void InterlockedMax(ref int most, int now)
    {
        for (int seen; (seen = most) < now && Interlocked.CompareExchange(ref most, now, seen) != seen; ) { }
    }

    private async Task<string[]> Deliver(Func<QueueMessage, HandlerAnswer> answer, DateTimeOffset now)
    {
        var seen = new ConcurrentQueue<string>();
        var handler = new Handler(message =>
        {
            seen.Enqueue(message.Ref);
            return ValueTask.FromResult(answer(message));
        });
        await _queue.DeliverDueAsync(handler, now, 1);
        return [.. seen];
    }

    /// <summary>Starts a delivery whose handler waits for the answer it is given.</summary>
    private async Task<(Task<int> Delivery, TaskCompletionSource<HandlerAnswer> Answer)> UnderWay(DateTimeOffset now)
    {
        var (started, answer) = (new TaskCompletionSource(), new TaskCompletionSource<HandlerAnswer>());
        var handler = new Handler(_ =>
        {
            started.TrySetResult();
            return new ValueTask<HandlerAnswer>(answer.Task);
        });
        var delivery = _queue.DeliverDueAsync(handler, now, 1);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return (delivery, answer);
    }

    /// <summary>Takes one message as a handler would, and stops without an answer.</summary>
    private async Task LeaseAndDie()
    {
        var moment = QueueTable.Moment(Noon);
        var leased = await _database.WriteAsync(handle =>
            QueueTable.Lease(handle, moment, QueueTable.Moment(Noon.AddMinutes(10)), "gone", 1)
        );
        leased.Count.ShouldBe(1);
        Reopen();
    }

    private void Reopen()
    {
        _database.Dispose();
        _database = SqliteDatabase.Open(_folder.Path);
        _queue = new SqliteQueue(_database, _clock, new RandomIdSource());
    }

    private sealed class Handler(Func<QueueMessage, ValueTask<HandlerAnswer>> answer) : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) => answer(message);
    }
}
