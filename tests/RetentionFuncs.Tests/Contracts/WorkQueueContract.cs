using System.Collections.Concurrent;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Tests.Contracts;

/// <summary>
/// What every work queue does. A subclass opens an empty queue on <see cref="Clock"/> and says how its host delivers; facts that
/// only a durable queue can show are told apart in its own tests.
/// </summary>
public abstract partial class WorkQueueContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    protected HandSetClock Clock { get; } = new(Noon);

    protected IWorkQueue Queue { get; private set; } = null!;

    /// <summary>Opens an empty queue that takes the time from <paramref name="clock"/>.</summary>
    protected abstract ValueTask<IWorkQueue> OpenAsync(TimeProvider clock);

    /// <summary>Delivers all that is due at <paramref name="now"/>; how many messages were handled.</summary>
    protected abstract ValueTask<int> DeliverDueAsync(IQueueHandler handler, DateTimeOffset now);

    /// <summary>Id and reason of each message put aside for a person.</summary>
    protected abstract ValueTask<IReadOnlyList<(string Id, string Reason)>> ParkedAsync();

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    public async Task InitializeAsync() => Queue = await OpenAsync(Clock);

    public async Task DisposeAsync() => await CloseAsync();

    [Fact]
    public async Task A_message_is_delivered_with_everything_it_says()
    {
        var message = new QueueMessage(QueueMessage.CurrentSchema, "customer.touch", "send", 7);
        await Queue.EnqueueAsync(message, Noon);
        (await Delivered(Noon)).ShouldBe([message]);
    }

    [Fact]
    public async Task A_finished_message_is_not_delivered_again()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        (await Delivered(Noon)).Count.ShouldBe(1);
        (await Delivered(Noon.AddDays(30))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_is_not_delivered_before_its_time_and_is_at_it()
    {
        await Queue.EnqueueAsync(Message("a"), Noon.AddHours(1));
        (await Delivered(Noon.AddHours(1).AddTicks(-1))).ShouldBeEmpty();
        (await Delivered(Noon.AddHours(1))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_offset_of_a_moment_does_not_matter_only_the_instant()
    {
        await Queue.EnqueueAsync(Message("a"), Noon.AddHours(1).ToOffset(TimeSpan.FromHours(9)));
        (await Delivered(Noon.AddMinutes(59).ToOffset(TimeSpan.FromHours(-5)))).ShouldBeEmpty();
        (await Delivered(Noon.AddHours(1).ToOffset(TimeSpan.FromHours(-5)))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_past_moment_means_at_once()
    {
        await Queue.EnqueueAsync(Message("a"), Noon.AddYears(-1));
        (await Delivered(Noon)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_delay_of_24_hours_is_taken_and_a_tick_more_is_refused()
    {
        await Queue.EnqueueAsync(Message("a"), Noon + IWorkQueue.MaxDelay);
        var late = Noon + IWorkQueue.MaxDelay + TimeSpan.FromTicks(1);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Queue.EnqueueAsync(Message("b"), late));
        (await Delivered(late)).Select(m => m.Ref).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_message_whose_id_is_already_queued_is_dropped()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        await Queue.EnqueueAsync(Message("a"), Noon);
        (await Delivered(Noon)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dropped_message_does_not_move_the_one_that_stands()
    {
        await Queue.EnqueueAsync(Message("a"), Noon.AddHours(1));
        await Queue.EnqueueAsync(Message("a"), Noon);
        (await Delivered(Noon)).ShouldBeEmpty();
        (await Delivered(Noon.AddHours(1))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_purpose_or_seq_is_another_message()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        await Queue.EnqueueAsync(Message("a") with { Purpose = Purposes.RunShard }, Noon);
        await Queue.EnqueueAsync(Message("a").Again(), Noon);
        (await Delivered(Noon)).Count.ShouldBe(3);
    }

    /// <summary>How soon, the port does not say: a broker may remember ids for a while, and drops what comes within it.</summary>
    [Fact]
    public async Task An_id_may_be_queued_again_a_day_after_it_is_finished()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        await Delivered(Noon);
        Clock.Now = Noon.AddDays(1);
        await Queue.EnqueueAsync(Message("a"), Clock.Now);
        (await Delivered(Clock.Now)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_093_The_same_message_a_hundred_times_is_delivered_once()
    {
        await Task.WhenAll([.. Enumerable.Range(0, 100).Select(_ => Queue.EnqueueAsync(Message("a"), Noon).AsTask())]);
        (await Delivered(Noon)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_message_of_many_is_delivered()
    {
        await Task.WhenAll([.. Enumerable.Range(0, 500).Select(i => Queue.EnqueueAsync(Message($"m{i}"), Noon).AsTask())]);
        (await Delivered(Noon)).Select(m => m.Ref).ShouldBe(Enumerable.Range(0, 500).Select(i => $"m{i}"), ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_handler_queues_for_now_is_delivered_in_the_same_run()
    {
        await Queue.EnqueueAsync(Message("plan"), Noon);
        var seen = new ConcurrentQueue<string>();
        await DeliverDueAsync(
            new Handler(async message =>
            {
                seen.Enqueue(message.Ref);
                if (message.Ref == "plan")
                {
                    await Queue.EnqueueAsync(Message("send"), Noon);
                }

                return HandlerAnswer.Finished;
            }),
            Noon
        );
        seen.ShouldBe(["plan", "send"]);
    }

    [Fact]
    public async Task The_count_is_of_the_messages_handled()
    {
        for (var i = 0; i < 5; i++)
        {
            await Queue.EnqueueAsync(Message($"m{i}"), Noon.AddMinutes(i));
        }

        (await DeliverDueAsync(Handler.Finishing, Noon.AddMinutes(2))).ShouldBe(3);
        (await DeliverDueAsync(Handler.Finishing, Noon.AddMinutes(2))).ShouldBe(0);
    }

    protected static QueueMessage Message(string reference) => new(QueueMessage.CurrentSchema, reference, "send", 0);

    protected async Task<IReadOnlyList<QueueMessage>> Delivered(DateTimeOffset now)
    {
        var seen = new ConcurrentQueue<QueueMessage>();
        await DeliverDueAsync(
            new Handler(message =>
            {
                seen.Enqueue(message);
                return ValueTask.FromResult(HandlerAnswer.Finished);
            }),
            now
        );
        return [.. seen];
    }

    protected sealed class Handler(Func<QueueMessage, ValueTask<HandlerAnswer>> answer) : IQueueHandler
    {
        public static Handler Finishing { get; } = Answering(HandlerAnswer.Finished);

        public static Handler Throwing { get; } = new(_ => throw new InvalidOperationException("the store is away"));

        public static Handler Answering(HandlerAnswer answer) => new(_ => ValueTask.FromResult(answer));

        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) => answer(message);
    }
}
