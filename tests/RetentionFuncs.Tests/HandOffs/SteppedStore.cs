using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.HandOffs;

/// <summary>A store where somebody else's turn comes once, right before one call.</summary>
internal sealed class SteppedStore(IRowStore inner) : IRowStore
{
    private int _at = int.MaxValue;
    private Func<Task>? _meanwhile;

    /// <summary>Since the last <see cref="Before"/>, those made meanwhile left out.</summary>
    public int Calls { get; private set; }

    public void Before(int call, Func<Task> meanwhile) => (_at, _meanwhile, Calls) = (call, meanwhile, 0);

    public async ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000)
    {
        await StepAsync();
        return await inner.ReadAsync(partition, range, limit);
    }

    public async ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        await StepAsync();
        return await inner.CommitAsync(partition, writes);
    }

    private async Task StepAsync()
    {
        if (Calls++ == _at && _meanwhile is { } turn)
        {
            _meanwhile = null;
            var calls = Calls;
            await turn();
            Calls = calls;
        }
    }
}
