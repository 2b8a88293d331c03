namespace RetentionFuncs.Simulation.Live;

/// <summary>One life of a process: when it ends, none of its calls ever comes back, and whoever waits for its work is told.</summary>
public sealed class LiveLife
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsDead => _ended.Task.IsCompleted;

    /// <summary>Ends the process. Await the answer: nothing after it runs.</summary>
    public Task Crash()
    {
        _ended.TrySetResult();
        return new TaskCompletionSource().Task;
    }

    /// <summary>Waits for work of this process; false when the process ended first.</summary>
    public async Task<bool> OutlivesAsync(Task work)
    {
        if (await Task.WhenAny(work, _ended.Task) == work)
        {
            await work;
            return true;
        }

        return false;
    }
}
