using RetentionFuncs.Queues;
using RetentionFuncs.Simulation.Ports;

namespace RetentionFuncs.Tests.Contracts;

public sealed class SimQueueContractTests : WorkQueueContract
{
    private SimQueue _queue = null!;

    protected override ValueTask<IWorkQueue> OpenAsync(TimeProvider clock)
    {
        _queue = SimQueue.Quiet(clock);
        _queue.ThrowsThrough = false;
        return ValueTask.FromResult<IWorkQueue>(_queue);
    }

    protected override ValueTask<int> DeliverDueAsync(IQueueHandler handler, DateTimeOffset now) => _queue.DeliverDueAsync(handler, now);

    protected override ValueTask<IReadOnlyList<(string Id, string Reason)>> ParkedAsync() =>
        ValueTask.FromResult<IReadOnlyList<(string Id, string Reason)>>([.. _queue.Parked.Select(p => (p.Message.Id, p.Reason))]);
}
