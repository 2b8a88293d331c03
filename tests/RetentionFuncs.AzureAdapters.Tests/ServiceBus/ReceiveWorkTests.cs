using Azure.Messaging.ServiceBus;
using RetentionFuncs.AzureAdapters.ServiceBus;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.AzureAdapters.Tests.ServiceBus;

/// <summary>What one message of Service Bus and one answer come to; no broker is asked.</summary>
public sealed class ReceiveWorkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly QueueMessage Work = new(QueueMessage.CurrentSchema, "customer.touch", Purposes.Send, 3);

    [Fact]
    public async Task Done_completes() => (await DecideAsync(Received(Work), HandlerAnswer.Finished)).ShouldBeOfType<WorkEnding.Complete>();

    [Fact]
    public async Task A_park_puts_the_message_aside_with_the_handlers_reason()
    {
        var aside = (await DecideAsync(Received(Work), new HandlerAnswer.Park("no such touch"))).ShouldBeOfType<WorkEnding.PutAside>();
        aside.ShouldBe(new WorkEnding.PutAside("Parked", "no such touch", Noon, 1));
    }

    [Fact]
    public async Task A_retry_becomes_a_copy_with_the_next_seq_under_the_id_that_every_queue_gives_it()
    {
        var again = await AgainAsync(Received(Work), new HandlerAnswer.RetryAt(Noon.AddHours(2)));
        MessageJson.Read(again.Copy.Body.ToString()).ShouldBe(Work with { Seq = 4 });
        (again.Copy.MessageId, again.Copy.Subject, again.At, again.Why).ShouldBe(("customer.touch:send:4", "send", Noon.AddHours(2), null));
    }

    [Theory]
    [InlineData(-3600, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(86_400, 86_400)]
    [InlineData(86_401, 86_400)]
    public async Task A_retry_comes_no_sooner_than_in_a_second_and_no_later_than_in_24_hours(int asked, int given) =>
        (await AgainAsync(Received(Work), new HandlerAnswer.RetryAt(Noon.AddSeconds(asked)))).At.ShouldBe(Noon.AddSeconds(given));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 60)]
    [InlineData(2, 300)]
    [InlineData(3, 1800)]
    public async Task A_failure_becomes_a_copy_that_counts_it_and_waits_longer_each_time(int before, int seconds)
    {
        var again = await AgainAsync(Received(Work, before), null);
        MessageJson.Read(again.Copy.Body.ToString()).ShouldBe(Work);
        again.Copy.ApplicationProperties["failedAttempts"].ShouldBe(before + 1);
        (again.At, again.Why).ShouldBe((Noon.AddSeconds(seconds), "InvalidOperationException: the store is away"));
    }

    [Fact]
    public async Task The_fifth_failure_puts_it_aside()
    {
        var aside = (await DecideAsync(Received(Work, 4), null)).ShouldBeOfType<WorkEnding.PutAside>();
        (aside.Reason, aside.Attempts).ShouldBe(("Failed", 5));
        aside.Description.ShouldBe("It failed 5 times, the last time with InvalidOperationException: the store is away");
    }

    [Fact]
    public async Task Two_deliveries_of_one_message_make_copies_of_one_id_and_two_messages_copies_of_two()
    {
        var first = await AgainAsync(Received(Work, sequence: 7), null);
        (await AgainAsync(Received(Work, sequence: 7), null)).Copy.MessageId.ShouldBe(first.Copy.MessageId);
        (await AgainAsync(Received(Work, sequence: 8), null)).Copy.MessageId.ShouldNotBe(first.Copy.MessageId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("[]")]
    public async Task Catalogue_095_What_cannot_be_read_never_reaches_the_handler(string body)
    {
        var received = ServiceBusModelFactory.ServiceBusReceivedMessage(new BinaryData(body), "odd");
        var ending = await DecideAsync(received, new HandlerAnswer.Park("the handler saw it"));
        ending.ShouldBeOfType<WorkEnding.PutAside>().Reason.ShouldBe("Unreadable");
    }

    [Fact]
    public async Task Catalogue_091_A_newer_body_is_left_for_a_newer_program_word_for_word()
    {
        const string Body = """{"schema":9,"ref":"a","purpose":"fly","seq":0,"height":3}""";
        var again = await AgainAsync(ServiceBusModelFactory.ServiceBusReceivedMessage(new BinaryData(Body), "new"), null);
        (again.Copy.Body.ToString(), again.At).ShouldBe((Body, Noon.AddMinutes(5)));
        again.Copy.ApplicationProperties.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copy_that_is_not_confirmed_leaves_the_original_unsettled()
    {
        // No namespace of this name can be reached.
        await using var client = ServiceBusConnection.Open("Endpoint=sb://nowhere.invalid/;SharedAccessKeyName=any;SharedAccessKey=any");
        var clock = new HandSetClock(Noon);
        var settled = new List<string>();
        var work = new ReceiveWork(
            new Answering(() => new HandlerAnswer.RetryAt(Noon.AddHours(1))),
            new ServiceBusWorkQueue(client, clock),
            clock
        );
        var ending = await work.RunAsync(WorkQueues.Touchpoints, Received(Work), Noting(settled));
        ending.ShouldBeOfType<WorkEnding.LeftLocked>().Cause.ShouldBeOfType<QueueUnavailableException>();
        settled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_settlement_that_fails_is_told_and_not_thrown()
    {
        await using var client = ServiceBusConnection.Open("Endpoint=sb://nowhere.invalid/;SharedAccessKeyName=any;SharedAccessKey=any");
        var clock = new HandSetClock(Noon);
        var work = new ReceiveWork(new Answering(() => HandlerAnswer.Finished), new ServiceBusWorkQueue(client, clock), clock);
        var lost = new WorkSettlement(_ => throw new InvalidOperationException("lock lost"), (_, _, _, _) => Task.CompletedTask);
        (await work.RunAsync(WorkQueues.Touchpoints, Received(Work), lost)).ShouldBeOfType<WorkEnding.LeftLocked>();
    }

    private static WorkSettlement Noting(List<string> settled) =>
        new(
            m =>
            {
                settled.Add("completed");
                return Task.CompletedTask;
            },
            (m, p, r, d) =>
            {
                settled.Add("dead-lettered");
                return Task.CompletedTask;
            }
        );

    private static ServiceBusReceivedMessage Received(QueueMessage work, int failed = 0, long sequence = 1) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(
            new BinaryData(MessageJson.Write(work)),
            work.Id,
            subject: work.Purpose,
            properties: failed == 0 ? null : new Dictionary<string, object> { ["failedAttempts"] = failed },
            deliveryCount: 1,
            sequenceNumber: sequence
        );

    /// <param name="answer">Null: the handler throws.</param>
    private static async Task<WorkEnding> DecideAsync(ServiceBusReceivedMessage received, HandlerAnswer? answer)
    {
        var handler = new Answering(() => answer ?? throw new InvalidOperationException("the store is away"));
        // Deciding sends nothing, so that no queue is needed.
        return await new ReceiveWork(handler, null!, new HandSetClock(Noon)).DecideAsync(received);
    }

    private static async Task<WorkEnding.CopyThenComplete> AgainAsync(ServiceBusReceivedMessage received, HandlerAnswer? answer) =>
        (await DecideAsync(received, answer)).ShouldBeOfType<WorkEnding.CopyThenComplete>();

    private sealed class Answering(Func<HandlerAnswer> answer) : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) => ValueTask.FromResult(answer());
    }
}
