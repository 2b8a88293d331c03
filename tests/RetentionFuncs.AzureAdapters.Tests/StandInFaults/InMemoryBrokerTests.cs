using System.Runtime.Serialization;
using Azure.Messaging.ServiceBus;
using AzureSdkStandIns.ServiceBus;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.AzureAdapters.Tests.StandInFaults;

/// <summary>The broker in memory does what the documentation of Service Bus says, so that what passes over it means something.</summary>
public sealed class InMemoryBrokerTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly HandSetClock _clock = new(Noon);
    private readonly InMemoryBroker _broker;
    private readonly ServiceBusClient _client;

    public InMemoryBrokerTests()
    {
        _broker = new InMemoryBroker(_clock, BrokerRules.Default, ["work"]);
        _client = new ServiceBusClient(_broker.ConnectionString, new ServiceBusClientOptions());
    }

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task A_function_that_returns_without_settling_gets_the_message_again_only_when_the_lock_runs_out()
    {
        await SendAsync("a");
        (await _broker.DeliverDueAsync("work", _ => Task.CompletedTask)).ShouldBe(1);
        _clock.Now = Noon.AddSeconds(59);
        (await _broker.DeliverDueAsync("work", _ => Task.CompletedTask)).ShouldBe(0);
        _clock.Now = Noon.AddSeconds(60);
        (await _broker.DeliverDueAsync("work", _ => Task.CompletedTask, autoComplete: true)).ShouldBe(1);
        (await PeekAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_function_that_throws_gets_the_message_again_at_once_ten_times_and_then_never()
    {
        await SendAsync("a");
        var counts = new List<int>();
        await _broker.DeliverDueAsync(
            "work",
            message =>
            {
                counts.Add(message.DeliveryCount);
                throw new InvalidOperationException();
            }
        );
        counts.ShouldBe(Enumerable.Range(1, 10));
        (await PeekDeadAsync()).ShouldHaveSingleItem().DeadLetterReason.ShouldBe("MaxDeliveryCountExceeded");
    }

    [Fact]
    public async Task A_lock_is_renewed_and_after_it_ran_out_nothing_can_be_settled()
    {
        await SendAsync("a");
        var message = (await Receiver().ReceiveMessagesAsync(1)).Single();
        (message.LockedUntil, message.DeliveryCount).ShouldBe((Noon.AddMinutes(1), 1));
        _clock.Now = Noon.AddSeconds(50);
        _broker.Renew(message);
        message.LockedUntil.ShouldBe(Noon.AddSeconds(110));
        _clock.Now = Noon.AddSeconds(110);
        foreach (
            var settle in (Action[])
                [
                    () => _broker.Complete(message),
                    () => _broker.Abandon(message),
                    () => _broker.DeadLetter(message),
                    () => _broker.Renew(message),
                ]
        )
        {
            Should.Throw<ServiceBusException>(settle).Reason.ShouldBe(ServiceBusFailureReason.MessageLockLost);
        }

        (await Receiver().ReceiveMessagesAsync(1)).Single().DeliveryCount.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_is_settled_once()
    {
        await SendAsync("a");
        var message = (await Receiver().ReceiveMessagesAsync(1)).Single();
        await Receiver().CompleteMessageAsync(message);
        await Should.ThrowAsync<ServiceBusException>(async () => await Receiver().CompleteMessageAsync(message));
    }

    [Fact]
    public async Task A_duplicate_is_dropped_without_a_word_within_the_window_also_when_the_first_is_gone_or_scheduled()
    {
        await SendAsync("a");
        await SendAsync("later", Noon.AddHours(1));
        await _broker.DeliverDueAsync("work", _ => Task.CompletedTask, autoComplete: true);
        _clock.Now = Noon.AddMinutes(10).AddTicks(-1);
        await SendAsync("a");
        await SendAsync("later");
        (await PeekAsync()).ShouldHaveSingleItem().State.ShouldBe(ServiceBusMessageState.Scheduled);
        _clock.Now = Noon.AddMinutes(10);
        await SendAsync("a");
        (await PeekAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_scheduled_message_gets_its_number_and_its_moment_when_it_becomes_due()
    {
        await SendAsync("later", Noon.AddHours(1));
        await SendAsync("now");
        (await PeekAsync()).Select(m => m.MessageId).ShouldBe(["later", "now"]);
        _clock.Now = Noon.AddHours(2);
        var due = await PeekAsync();
        due.Select(m => m.MessageId).ShouldBe(["now", "later"]);
        (due[1].EnqueuedTime, due[1].SequenceNumber, due[1].State).ShouldBe((Noon.AddHours(1), 3, ServiceBusMessageState.Active));
    }

    [Fact]
    public async Task A_receiver_that_peeks_without_a_number_goes_on_where_it_was()
    {
        await SendAsync("a");
        await SendAsync("b");
        var receiver = Receiver();
        (await receiver.PeekMessagesAsync(1)).Single().MessageId.ShouldBe("a");
        (await receiver.PeekMessagesAsync(1)).Single().MessageId.ShouldBe("b");
        (await receiver.PeekMessagesAsync(1)).ShouldBeEmpty();
        (await receiver.PeekMessagesAsync(9, 0)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_copy_of_a_dead_letter_drops_what_the_broker_wrote_on_it()
    {
        await SendAsync("a");
        var message = (await Receiver().ReceiveMessagesAsync(1)).Single();
        _broker.DeadLetter(message, new Dictionary<string, object> { ["seen"] = 1 }, "Odd", "because");
        var dead = (await PeekDeadAsync()).Single();
        (dead.DeadLetterReason, dead.DeadLetterErrorDescription).ShouldBe(("Odd", "because"));
        new ServiceBusMessage(dead).ApplicationProperties.ShouldBe([new("seen", 1)]);
    }

    [Fact]
    public async Task What_a_queue_does_not_take_is_refused_as_the_service_does()
    {
        (
            await Should.ThrowAsync<ServiceBusException>(() => SendAsync(new ServiceBusMessage(new string('x', (256 * 1024) + 1))))
        ).Reason.ShouldBe(ServiceBusFailureReason.MessageSizeExceeded);
        var odd = new ServiceBusMessage("a");
        odd.ApplicationProperties["list"] = new List<int>();
        await Should.ThrowAsync<SerializationException>(() => SendAsync(odd));
        Should.Throw<ArgumentOutOfRangeException>(() => new ServiceBusMessage("a") { MessageId = new string('x', 129) });
        (
            await Should.ThrowAsync<ServiceBusException>(() => _client.CreateSender("nothing").SendMessageAsync(new ServiceBusMessage("a")))
        ).Reason.ShouldBe(ServiceBusFailureReason.MessagingEntityNotFound);
        await SendAsync(new ServiceBusMessage(new string('x', 256 * 1024)));
    }

    [Fact]
    public async Task A_namespace_is_reached_by_its_name_and_only_while_it_is_there()
    {
        var client = new ServiceBusClient(_broker.FullyQualifiedNamespace, new NoCredential(), new ServiceBusClientOptions());
        await client.CreateSender("work").SendMessageAsync(new ServiceBusMessage("a"));
        _broker.Dispose();
        (
            await Should.ThrowAsync<ServiceBusException>(() => client.CreateSender("work").SendMessageAsync(new ServiceBusMessage("a")))
        ).Reason.ShouldBe(ServiceBusFailureReason.ServiceCommunicationProblem);
        Should.Throw<FormatException>(() => new ServiceBusClient("nonsense", new ServiceBusClientOptions()));
    }

    private Task SendAsync(string id, DateTimeOffset at = default) =>
        SendAsync(new ServiceBusMessage("body of " + id) { MessageId = id, ScheduledEnqueueTime = at });

    private Task SendAsync(ServiceBusMessage message) => _client.CreateSender("work").SendMessageAsync(message);

    private ServiceBusReceiver Receiver() => _client.CreateReceiver("work");

    private Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync() => Receiver().PeekMessagesAsync(100);

    private Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekDeadAsync() =>
        _client.CreateReceiver("work", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }).PeekMessagesAsync(100);

    private sealed class NoCredential : Azure.Core.TokenCredential
    {
        public override Azure.Core.AccessToken GetToken(
            Azure.Core.TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => throw new InvalidOperationException();

        public override ValueTask<Azure.Core.AccessToken> GetTokenAsync(
            Azure.Core.TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => throw new InvalidOperationException();
    }
}
