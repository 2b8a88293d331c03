namespace RetentionFuncs.Storage;

/// <summary>Lets callers of one process take turns at a row that all of them write, so that they do not meet in conflicts.</summary>
public sealed class Turns
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Begins when the one before has ended, well or not.</summary>
    public Task<T> RunAsync<T>(Func<ValueTask<T>> act)
    {
        lock (_gate)
        {
            var mine = AfterAsync(_last, act);
            _last = mine;
            return mine;
        }
    }

    private static async Task<T> AfterAsync<T>(Task before, Func<ValueTask<T>> act)
    {
        await before.ContinueWith(
            static _ => { },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        return await act();
    }
}
