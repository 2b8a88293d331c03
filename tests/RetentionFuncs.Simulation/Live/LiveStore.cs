using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Live;

/// <summary>The store as one process has it: calls are refused, lost, late, or the last thing the process does.</summary>
internal sealed class LiveStore(ObservedStore store, LiveFaults faults, LiveLife life, LiveLandings landings) : IRowStore
{
    public async ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000)
    {
        var fault = await EnterAsync(faults.Draw($"store.read {partition.Table}", PortFaults.OfReads));
        var page = await store.ReadAsync(partition, range, limit);
        await LeaveAsync(fault);
        return fault == PortFault.LostApplied ? throw new StoreUnavailableException("The answer to a reading was lost.") : page;
    }

    public async ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        var fault = await EnterAsync(faults.Draw($"store.commit {partition.Table}", PortFaults.OfWrites));
        if (fault is PortFault.LostLandsLater)
        {
            landings.Add(partition, writes);
        }

        if (fault is PortFault.LostLandsLater or PortFault.LostNotApplied)
        {
            return new CommitResult.Unknown("the answer was lost");
        }

        var result = await store.CommitAsync(partition, writes);
        await LeaveAsync(fault);
        return fault == PortFault.LostApplied ? new CommitResult.Unknown("the answer was lost") : result;
    }

    private async Task<PortFault> EnterAsync(PortFault fault)
    {
        if (life.IsDead || fault == PortFault.CrashBefore)
        {
            await life.Crash();
        }

        return fault == PortFault.Unavailable ? throw new StoreUnavailableException("The store refused.") : fault;
    }

    private async Task LeaveAsync(PortFault fault)
    {
        if (life.IsDead || fault == PortFault.CrashAfter)
        {
            await life.Crash();
        }
    }
}

/// <summary>Writes that arrive after their caller has given them up.</summary>
internal sealed class LiveLandings(ObservedStore store, LiveFaults faults)
{
    private readonly Lock _gate = new();
    private readonly List<Task> _underWay = [];

    public void Add(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        RowWrite[] kept = [.. writes.Select(w => w with { Properties = w.Properties?.Copy() })];
        lock (_gate)
        {
            _underWay.RemoveAll(t => t.IsCompleted);
            _underWay.Add(LandAsync(partition, kept));
        }
    }

    public Task AllAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_underWay);
        }
    }

    private async Task LandAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        await Task.Delay(1 + faults.Below(40));
        try
        {
            await store.CommitAsync(partition, writes);
        }
        catch (StoreUnavailableException)
        {
            // It never arrives.
        }
    }
}
