using RetentionFuncs.Embedded.Queue;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Queue;

public sealed class ParkedMessagesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly ScratchFolder _folder = new();
    private readonly HandSetClock _clock = new(Noon);
    private readonly SqliteDatabase _database;
    private readonly SqliteQueue _queue;

    public ParkedMessagesTests()
    {
        _database = SqliteDatabase.Open(_folder.Path);
        _queue = new SqliteQueue(_database, _clock, new RandomIdSource());
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"schema":1,"ref":"","purpose":"send","seq":0}""")]
    [InlineData("""{"schema":1,"ref":"a","purpose":"send","seq":"x"}""")]
    public async Task Catalogue_095_A_body_that_cannot_be_read_is_parked_at_first_sight(string body)
    {
        await _database.WriteAsync(handle =>
        {
            handle.Prepare("INSERT INTO queue (id, schema, body, not_before) VALUES ('odd', 1, ?1, '2026-01-01')").Bind(1, body).Run();
            return true;
        });
        await _queue.EnqueueAsync(Message("good"), Noon);
        (await Deliver(_ => HandlerAnswer.Finished, Noon)).ShouldBe(["good"]);
        var parked = (await _queue.Parked.ListAsync()).ShouldHaveSingleItem();
        (parked.Id, parked.Body, parked.Message, parked.Attempts).ShouldBe(("odd", body, null, 1));
        (await _queue.Parked.ReplayAsync("odd")).ShouldBeFalse();
        (await _queue.Parked.DropAsync("odd")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_replayed_message_is_due_at_once_with_its_attempts_forgotten()
    {
        await _queue.EnqueueAsync(Message("a"), Noon);
        await Deliver(_ => new HandlerAnswer.Park("look at me"), Noon);
        _clock.Now = Noon.AddDays(2);
        (await _queue.Parked.ReplayAsync("a:send:0")).ShouldBeTrue();
        (await _queue.Parked.ReplayAsync("a:send:0")).ShouldBeFalse();
        (await _queue.Parked.ListAsync()).ShouldBeEmpty();
        for (var i = 0; i < 4; i++)
        {
            await Deliver(_ => throw new InvalidOperationException(), _clock.Now.AddHours(i));
        }

        (await _queue.CountAsync()).ShouldBe(new QueueCounts(1, 0, 0));
    }

    [Fact]
    public async Task A_dropped_message_is_gone()
    {
        await _queue.EnqueueAsync(Message("a"), Noon);
        await Deliver(_ => new HandlerAnswer.Park("no"), Noon);
        (await _queue.Parked.DropAsync("a:send:0")).ShouldBeTrue();
        (await _queue.Parked.DropAsync("a:send:0")).ShouldBeFalse();
        (await _queue.CountAsync()).ShouldBe(new QueueCounts(0, 0, 0));
    }

    [Fact]
    public async Task Parked_messages_are_listed_up_to_a_limit_and_found_by_id()
    {
        for (var i = 0; i < 7; i++)
        {
            await _queue.EnqueueAsync(Message($"m{i}"), Noon);
        }

        await Deliver(_ => new HandlerAnswer.Park("no"), Noon);
        (await _queue.Parked.ListAsync(5)).Select(m => m.Message!.Ref).ShouldBe(Enumerable.Range(0, 5).Select(i => $"m{i}"));
        (await _queue.Parked.ListAsync()).Count.ShouldBe(7);
        (await _queue.Parked.FindAsync("m6:send:0"))!.Message!.Ref.ShouldBe("m6");
        (await _queue.Parked.FindAsync("m7:send:0")).ShouldBeNull();
    }

    private static QueueMessage Message(string reference) => new(QueueMessage.CurrentSchema, reference, "send", 0);

    private async Task<string[]> Deliver(Func<QueueMessage, HandlerAnswer> answer, DateTimeOffset now)
    {
        var handler = new Recording(answer);
        await _queue.DeliverDueAsync(handler, now, 1);
        return [.. handler.Seen];
    }

    private sealed class Recording(Func<QueueMessage, HandlerAnswer> answer) : IQueueHandler
    {
        public List<string> Seen { get; } = [];

        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
        {
            Seen.Add(message.Ref);
            return ValueTask.FromResult(answer(message));
        }
    }
}
