using System.Collections.Concurrent;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Tests.Contracts;

public abstract partial class WorkQueueContract
{
    [Fact]
    public async Task A_retry_brings_a_copy_with_the_next_seq_at_its_time_and_ends_the_original()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        await DeliverDueAsync(Handler.Answering(new HandlerAnswer.RetryAt(Noon.AddHours(2))), Noon);
        (await Delivered(Noon.AddHours(2).AddTicks(-1))).ShouldBeEmpty();
        (await Delivered(Noon.AddHours(2))).ShouldBe([Message("a").Again()]);
        (await Delivered(Noon.AddDays(3))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_retry_at_once_does_not_keep_a_run_from_ending()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        (await DeliverDueAsync(Handler.Answering(new HandlerAnswer.RetryAt(Noon)), Noon)).ShouldBe(1);
        (await Delivered(Noon.AddSeconds(1))).ShouldBe([Message("a").Again()]);
    }

    [Fact]
    public async Task Retries_do_not_use_up_the_attempts()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        for (var i = 0; i < 20; i++)
        {
            (await DeliverDueAsync(Handler.Answering(new HandlerAnswer.RetryAt(Noon.AddMinutes(i + 1))), Noon.AddMinutes(i))).ShouldBe(1);
        }

        (await Delivered(Noon.AddMinutes(20))).ShouldBe([Message("a") with { Seq = 20 }]);
    }

    [Fact]
    public async Task A_parked_message_is_kept_with_its_reason_and_not_delivered_again()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        await DeliverDueAsync(Handler.Answering(new HandlerAnswer.Park("no such touch")), Noon);
        (await ParkedAsync()).ShouldBe([(Message("a").Id, "no such touch")]);
        (await Delivered(Noon.AddDays(30))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_whose_handler_throws_comes_again_after_10_s_1_min_5_min_30_min_and_is_then_parked()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        var now = Noon;
        foreach (var wait in (int[])[10, 60, 300, 1800])
        {
            (await DeliverDueAsync(Handler.Throwing, now)).ShouldBe(1);
            (await Delivered(now.AddSeconds(wait).AddTicks(-1))).ShouldBeEmpty();
            now = now.AddSeconds(wait);
        }

        (await ParkedAsync()).ShouldBeEmpty();
        (await DeliverDueAsync(Handler.Throwing, now)).ShouldBe(1);
        var parked = (await ParkedAsync()).ShouldHaveSingleItem();
        parked.Id.ShouldBe(Message("a").Id);
        parked.Reason.ShouldContain("the store is away");
        (await Delivered(now.AddDays(30))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_handler_that_throws_harms_no_other_message()
    {
        for (var i = 0; i < 20; i++)
        {
            await Queue.EnqueueAsync(Message($"m{i}"), Noon);
        }

        var done = new ConcurrentQueue<string>();
        await DeliverDueAsync(
            new Handler(message =>
            {
                if (message.Ref == "m7")
                {
                    throw new InvalidOperationException("this one only");
                }

                done.Enqueue(message.Ref);
                return ValueTask.FromResult(HandlerAnswer.Finished);
            }),
            Noon
        );
        done.Count.ShouldBe(19);
        (await Delivered(Noon.AddSeconds(10))).Select(m => m.Ref).ShouldBe(["m7"]);
    }

    [Fact]
    public async Task Catalogue_091_A_message_of_a_newer_schema_is_left_alone()
    {
        await Queue.EnqueueAsync(Message("newer") with { Schema = QueueMessage.CurrentSchema + 1 }, Noon);
        await Queue.EnqueueAsync(Message("ours"), Noon);
        (await Delivered(Noon.AddDays(1))).Select(m => m.Ref).ShouldBe(["ours"]);
        (await ParkedAsync()).ShouldBeEmpty();
    }
}
