namespace RetentionFuncs.Storage;

/// <summary>Runs independent work side by side, so that stores which group their writes have something to group.</summary>
public static class SideBySide
{
    /// <summary>Calls <paramref name="act"/> for each item, at most <paramref name="width"/> under way; begins them in order.</summary>
    /// <remarks>After a failure nothing new begins, what is under way ends, and the first failure is thrown.</remarks>
    public static async ValueTask ForEachAsync<T>(IAsyncEnumerable<T> items, int width, Func<T, ValueTask> act)
    {
        var underWay = new Queue<Task>(width);
        try
        {
            await foreach (var item in items)
            {
                underWay.Enqueue(act(item).AsTask());
                if (underWay.Count == width)
                {
                    await underWay.Peek();
                    _ = underWay.Dequeue();
                }
            }

            while (underWay.TryPeek(out var oldest))
            {
                await oldest;
                _ = underWay.Dequeue();
            }
        }
        catch
        {
            foreach (var left in underWay)
            {
                await left.ContinueWith(
                    static _ => { },
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
            }

            throw;
        }
    }
}
