using Azure.Messaging.ServiceBus;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.AzureAdapters.Tests.StandInFaults;

public sealed class ServiceBusDeadLettersContractTests : DeadLettersContract
{
    private BrokerHome _home = null!;

    protected override ValueTask<(IWorkQueue Queue, IDeadLetters Letters)> OpenAsync(TimeProvider clock)
    {
        _home = new BrokerHome(clock);
        return ValueTask.FromResult<(IWorkQueue, IDeadLetters)>((_home.Queue, _home.Letters));
    }

    protected override ValueTask<int> DeliverDueAsync(IQueueHandler handler) => _home.DeliverDueAsync(handler);

    protected override async ValueTask PutAsync(string body) =>
        await _home.Client.CreateSender(WorkQueues.Touchpoints).SendMessageAsync(new ServiceBusMessage(body) { MessageId = "odd" });

    protected override ValueTask CloseAsync()
    {
        _home.Dispose();
        return ValueTask.CompletedTask;
    }
}
