using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Runs;

/// <summary>
/// One stretch of work on one shard: where it goes on, what it counts, and when it must stop. Items are worked on side by side in
/// small pages; after each page the position is kept, so that whoever goes on repeats at most one page.
/// </summary>
/// <param name="after">Position of the last item done, empty at the beginning.</param>
/// <param name="runAt">The moment the run speaks for.</param>
public sealed class ShardTurn(string shard, string after, DateTimeOffset runAt, RunTally tally)
{
    /// <summary>Items of a page.</summary>
    public const int PageItems = 256;

    /// <summary>Items under way at once; they share nothing but counters.</summary>
    public const int Width = 32;

    public string Shard => shard;

    public string After { get; private set; } = after;

    public DateTimeOffset RunAt => runAt;

    public RunTally Tally => tally;

    /// <summary>Honoured between items: what has begun ends.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>Hands over what a step gathered since it was last asked, to be kept with the position; null for nothing.</summary>
    public Func<string?>? Part { get; set; }

    /// <summary>Called when a page has ended, before its position is kept: gives back what was only leased.</summary>
    public Func<ValueTask>? PageEnded { get; set; }

    /// <summary>Called after each item.</summary>
    internal Action? Each { get; init; }

    /// <summary>Keeps the position; false when it must not go on here.</summary>
    internal Func<ShardTurn, ValueTask<bool>>? Save { get; init; }

    /// <summary>
    /// Acts on each item. One that fails by itself is counted as broken and passed over; a store or queue that does not answer ends the
    /// turn with its exception.
    /// </summary>
    /// <param name="items">In the order of their positions, from <see cref="After"/> on.</param>
    /// <param name="positionOf">Without personal data; tells where to go on.</param>
    /// <param name="alone">An item that waits for all before it, and all after it for it.</param>
    /// <returns>False when it was told to stop before the end.</returns>
    public async ValueTask<bool> ForEachAsync<T>(
        IAsyncEnumerable<T> items,
        Func<T, string> positionOf,
        Func<T, ValueTask> act,
        int width = Width,
        Func<T, bool>? alone = null
    )
    {
        await using var source = items.GetAsyncEnumerator(CancellationToken.None);
        var pages = new ItemPages<T>(source, alone ?? (_ => false), Stopping);
        while (true)
        {
            await SideBySide.ForEachAsync(pages.NextAsync(), width, item => ActAsync(item, positionOf, act));
            if (pages.Count > 0)
            {
                After = positionOf(pages.Last!);
                await (PageEnded?.Invoke() ?? ValueTask.CompletedTask);
                if (Save is { } save && !await save(this))
                {
                    return false;
                }
            }

            if (pages.Ended || Stopping.IsCancellationRequested)
            {
                return pages.Ended;
            }
        }
    }

    private async ValueTask ActAsync<T>(T item, Func<T, string> positionOf, Func<T, ValueTask> act)
    {
        try
        {
            await act(item);
        }
        catch (Exception e) when (e is not (StoreUnavailableException or QueueUnavailableException or OperationCanceledException))
        {
            tally.PassOver(positionOf(item), e);
        }

        Each?.Invoke();
    }
}

/// <summary>Cuts a stream into pages without reading ahead of them.</summary>
internal sealed class ItemPages<T>(IAsyncEnumerator<T> source, Func<T, bool> alone, CancellationToken stopping)
{
    private bool _waits;

    /// <summary>Items of the page so far.</summary>
    public int Count { get; private set; }

    public T? Last { get; private set; }

    /// <summary>The stream has no more.</summary>
    public bool Ended { get; private set; }

    public async IAsyncEnumerable<T> NextAsync()
    {
        for (Count = 0; Count < ShardTurn.PageItems && !stopping.IsCancellationRequested; )
        {
            if (!_waits && !await source.MoveNextAsync())
            {
                Ended = true;
                yield break;
            }

            var item = source.Current;
            var byItself = alone(item);
            _waits = byItself && Count > 0;
            if (_waits)
            {
                yield break;
            }

            (Last, Count) = (item, Count + 1);
            yield return item;
            if (byItself)
            {
                yield break;
            }
        }
    }
}
