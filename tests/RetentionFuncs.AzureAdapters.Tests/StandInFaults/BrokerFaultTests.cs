using RetentionFuncs.AzureAdapters.ServiceBus;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.AzureAdapters.Tests.StandInFaults;

/// <summary>What the adapters make of a broker that fails.</summary>
public sealed class BrokerFaultTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly QueueMessage Work = new(QueueMessage.CurrentSchema, "customer.touch", Purposes.Send, 0);
    private readonly HandSetClock _clock = new(Noon);
    private readonly BrokerHome _home;

    public BrokerFaultTests() => _home = new BrokerHome(_clock);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Catalogue_097_A_queue_that_is_away_says_so_everywhere()
    {
        await _home.Queue.EnqueueAsync(Work, Noon);
        _home.Broker.Faults.Unavailable = true;
        var age = new ServiceBusQueueAge(_home.Client, _clock);
        await Should.ThrowAsync<QueueUnavailableException>(async () => await _home.Queue.EnqueueAsync(Work.Again(), Noon));
        await Should.ThrowAsync<QueueUnavailableException>(async () => await _home.Letters.ListAsync());
        await Should.ThrowAsync<QueueUnavailableException>(async () => await _home.Letters.FindAsync("touchpoints.1"));
        await Should.ThrowAsync<QueueUnavailableException>(async () => await _home.Letters.ReplayAsync("touchpoints.1"));
        await Should.ThrowAsync<QueueUnavailableException>(async () => await _home.Letters.DropAsync("touchpoints.1"));
        await Should.ThrowAsync<QueueUnavailableException>(async () => await age.OldestAsync(WorkQueues.Touchpoints));
    }

    [Fact]
    public async Task A_send_whose_answer_is_lost_is_unknown_and_sent_again_makes_no_second_message()
    {
        _home.Broker.Faults.LostSendAnswers.Value = 1;
        await Should.ThrowAsync<QueueUnavailableException>(async () => await _home.Queue.EnqueueAsync(Work, Noon));
        await _home.Queue.EnqueueAsync(Work, Noon);
        (await _home.PeekAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_copy_whose_answer_is_lost_brings_the_original_again_after_its_lock_and_no_second_copy()
    {
        await _home.Queue.EnqueueAsync(Work, Noon);
        _home.Broker.Faults.LostSendAnswers.Value = 1;
        await DeliverAsync(new HandlerAnswer.RetryAt(Noon.AddHours(1)));
        _home.Endings.Single().ShouldBeOfType<WorkEnding.LeftLocked>();
        (await _home.PeekAsync()).Count.ShouldBe(2);
        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(0);

        _clock.Now = Noon.AddMinutes(1);
        (await DeliverAsync(new HandlerAnswer.RetryAt(Noon.AddHours(1)))).ShouldBe(1);
        (await _home.PeekAsync()).ShouldHaveSingleItem().MessageId.ShouldBe("customer.touch:send:1");
    }

    [Fact]
    public async Task A_failure_cut_off_between_its_copy_and_its_end_is_counted_once()
    {
        await _home.Queue.EnqueueAsync(Work, Noon);
        _home.Broker.Faults.LostLocks.Value = 1;
        // The lock is lost, so that the message is there again at once, in the same run.
        (await ThrowAsync()).ShouldBe(2);
        var copy = (await _home.PeekAsync()).ShouldHaveSingleItem();
        (copy.ApplicationProperties["failedAttempts"], copy.ScheduledEnqueueTime).ShouldBe((1, Noon.AddSeconds(10)));
    }

    [Fact]
    public async Task Catalogue_099_A_lock_that_is_lost_brings_the_message_again_and_is_no_failure_of_the_work()
    {
        await _home.Queue.EnqueueAsync(Work, Noon);
        _home.Broker.Faults.LostLocks.Value = 1;
        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(2);
        _home.Endings.Select(e => e.GetType()).ShouldBe([typeof(WorkEnding.LeftLocked), typeof(WorkEnding.Complete)]);
        (await _home.PeekAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_copies_cannot_be_sent_the_lock_is_the_pause_and_in_the_end_the_broker_puts_it_aside()
    {
        await _home.Queue.EnqueueAsync(Work, Noon);
        for (var i = 0; i < 10; i++)
        {
            _home.Broker.Faults.RefusedSends.Value = 1;
            (await ThrowAsync()).ShouldBe(1);
            (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(0);
            _clock.Now += TimeSpan.FromMinutes(1);
        }

        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(0);
        var letter = (await _home.Letters.ListAsync()).ShouldHaveSingleItem();
        letter.Reason.ShouldStartWith("MaxDeliveryCountExceeded: ");
        letter.Attempts.ShouldBe(10);
        (await _home.Letters.ReplayAsync(letter.Id)).ShouldBeTrue();
        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_whose_answer_is_lost_keeps_the_letter_and_a_second_one_makes_no_second_message()
    {
        await _home.Queue.EnqueueAsync(Work, Noon);
        await DeliverAsync(new HandlerAnswer.Park("no"));
        var letter = (await _home.Letters.ListAsync()).Single();
        _home.Broker.Faults.LostSendAnswers.Value = 1;
        await Should.ThrowAsync<QueueUnavailableException>(async () => await _home.Letters.ReplayAsync(letter.Id));
        _clock.Now = Noon.AddMinutes(2);
        (await _home.Letters.ReplayAsync(letter.Id)).ShouldBeTrue();
        (await _home.Letters.ListAsync()).ShouldBeEmpty();
        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(1);
    }

    [Fact]
    public async Task A_letter_that_somebody_else_holds_is_not_replayed_twice()
    {
        await _home.Queue.EnqueueAsync(Work, Noon);
        await DeliverAsync(new HandlerAnswer.Park("no"));
        var letter = (await _home.Letters.ListAsync()).Single();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _home.Letters.ReplayAsync(letter.Id).AsTask()));
        answers.Count(a => a).ShouldBe(1);
        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(1);
    }

    [Fact]
    public void What_a_sweep_queues_is_never_dropped_for_what_was_lost() =>
        ServiceBusWorkQueue.DuplicateWindow.ShouldBeLessThan(SweepOpenWork.RequeueAfter);

    [Fact]
    public async Task An_id_that_is_too_long_for_the_broker_is_told_apart_by_its_hash()
    {
        var work = Work with { Ref = new string('r', 400) };
        await _home.Queue.EnqueueAsync(work, Noon);
        await _home.Queue.EnqueueAsync(work, Noon);
        await _home.Queue.EnqueueAsync(work.Again(), Noon);
        (await _home.PeekAsync()).Select(m => m.MessageId.Length).ShouldBe([52, 52]);
        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(2);
    }

    [Fact]
    public async Task Each_purpose_goes_to_its_queue()
    {
        foreach (var purpose in Purposes.All)
        {
            await _home.Queue.EnqueueAsync(Work with { Purpose = purpose }, Noon);
            (await _home.PeekAsync(WorkQueues.For(purpose))).ShouldContain(m => m.Subject == purpose);
        }

        await Should.ThrowAsync<ArgumentException>(async () => await _home.Queue.EnqueueAsync(Work with { Purpose = "fly" }, Noon));
    }

    [Fact]
    public async Task A_moment_between_two_milliseconds_is_never_early()
    {
        await _home.Queue.EnqueueAsync(Work, Noon.AddTicks(15_001));
        _clock.Now = Noon.AddTicks(15_000);
        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(0);
        _clock.Now = Noon.AddMilliseconds(2);
        (await DeliverAsync(HandlerAnswer.Finished)).ShouldBe(1);
    }

    [Fact]
    public async Task The_age_of_a_queue_is_that_of_its_oldest_due_message()
    {
        var age = new ServiceBusQueueAge(_home.Client, _clock);
        (await age.OldestAsync(WorkQueues.Touchpoints)).ShouldBeNull();
        for (var i = 0; i < 300; i++)
        {
            await _home.Queue.EnqueueAsync(Work with { Seq = i + 10 }, Noon.AddHours(20));
        }

        (await age.OldestAsync(WorkQueues.Touchpoints)).ShouldBeNull();
        await _home.Queue.EnqueueAsync(Work, Noon.AddMinutes(1));
        await _home.Queue.EnqueueAsync(Work.Again(), Noon.AddMinutes(3));
        _clock.Now = Noon.AddMinutes(8);
        (await age.OldestAsync(WorkQueues.Touchpoints)).ShouldBe(TimeSpan.FromMinutes(7));
        (await age.OldestAsync(WorkQueues.ShardRuns)).ShouldBeNull();
    }

    private ValueTask<int> DeliverAsync(HandlerAnswer answer) => _home.DeliverDueAsync(new Answering(() => answer));

    private ValueTask<int> ThrowAsync() =>
        _home.DeliverDueAsync(new Answering(() => throw new InvalidOperationException("the store is away")));

    private sealed class Answering(Func<HandlerAnswer> answer) : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) => ValueTask.FromResult(answer());
    }
}
