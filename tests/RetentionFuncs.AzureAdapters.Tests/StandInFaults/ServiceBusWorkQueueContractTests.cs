using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.AzureAdapters.Tests.StandInFaults;

public sealed class ServiceBusWorkQueueContractTests : WorkQueueContract
{
    private BrokerHome _home = null!;

    protected override ValueTask<IWorkQueue> OpenAsync(TimeProvider clock)
    {
        _home = new BrokerHome(clock);
        return ValueTask.FromResult<IWorkQueue>(_home.Queue);
    }

    protected override ValueTask<int> DeliverDueAsync(IQueueHandler handler, DateTimeOffset now)
    {
        Clock.Now = now;
        return _home.DeliverDueAsync(handler);
    }

    protected override async ValueTask<IReadOnlyList<(string Id, string Reason)>> ParkedAsync() =>
        [.. (await _home.Letters.ListAsync()).Select(l => (l.Message!.Id, l.Reason))];

    protected override ValueTask CloseAsync()
    {
        _home.Dispose();
        return ValueTask.CompletedTask;
    }
}
